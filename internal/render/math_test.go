package render

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestMathML(t *testing.T) {
	tests := []struct{ tex, want string }{
		{`x^2`, `<msup><mi>x</mi><mrow><mn>2</mn></mrow></msup>`},
		{`a_{ij}`, `<msub><mi>a</mi><mrow><mrow><mi>i</mi><mi>j</mi></mrow></mrow></msub>`},
		{`x_i^2`, `<msubsup><mi>x</mi><mrow><mi>i</mi></mrow><mrow><mn>2</mn></mrow></msubsup>`},
		{`\frac{1}{1-p}`, `<mfrac><mrow><mn>1</mn></mrow><mrow><mn>1</mn><mo>−</mo><mi>p</mi></mrow></mfrac>`},
		{`\sqrt[3]{x}`, `<mroot><mrow><mi>x</mi></mrow><mrow><mn>3</mn></mrow></mroot>`},
		{`\sum_{i=1}^n i`, `<munderover><mo>∑</mo><mrow><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow></mrow><mrow><mi>n</mi></mrow></munderover><mi>i</mi>`},
		{`O(n \log n)`, `<mi>O</mi><mo>(</mo><mi>n</mi><mi mathvariant="normal">log</mi><mspace width="0.17em"></mspace><mi>n</mi><mo>)</mo>`},
		{`S \le \frac{1}{(1-p)+\frac{p}{s}}`, `<mo>≤</mo><mfrac>`},
		{`\text{wall time} < 3.5`, `<mtext>wall time</mtext><mo>&lt;</mo><mn>3.5</mn>`},
		{`f'(x)`, `<msup><mi>f</mi><mrow><mo>′</mo></mrow></msup>`},
		{`\left\{ x \mid y \right.`, `<mo stretchy="true">{</mo>`},
		{`\begin{cases} 1 & x>0 \\ 0 & \text{else} \end{cases}`, `<mtable><mtr><mtd><mrow><mn>1</mn></mrow></mtd><mtd>`},
		{`\hat{x} \cdot \vec v`, `<mover><mrow><mi>x</mi></mrow><mo>^</mo></mover>`},
		{`{n \choose k} p^k`, `<mo>(</mo><mfrac linethickness="0"><mrow><mi>n</mi></mrow><mrow><mi>k</mi></mrow></mfrac><mo>)</mo>`},
		{`{1 \over 2}`, `<mfrac><mrow><mn>1</mn></mrow><mrow><mn>2</mn></mrow></mfrac>`},
		{`\overline{x}`, `<mover>`},
		{`\begin{equation*} x = 1 \end{equation*}`, `<mi>x</mi><mo>=</mo><mn>1</mn>`},
		{`\unknown{x}`, `<mtext>\unknown</mtext>`},
		{`速度 = 1`, `<mtext>速</mtext>`},
		{`\text{</math><script>}`, `<mtext>&lt;/math&gt;&lt;script&gt;</mtext>`},
	}
	for _, tt := range tests {
		got, ok := mathML(tt.tex, false)
		if !ok || !strings.Contains(got, tt.want) {
			t.Errorf("%s: %v\n got %s\nwant %s", tt.tex, ok, got, tt.want)
		}
		if _, err := html.Parse(strings.NewReader(got)); err != nil {
			t.Errorf("%s: %v", tt.tex, err)
		}
	}
	for _, tex := range []string{`{`, `}`, `x^`, `\frac{1}`, `\begin{cases} 1`, `\begin{nothing}\end{nothing}`, `\left( x`, `\end{cases}`, strings.Repeat("{", 10_000), strings.Repeat(`\frac`, 10_000)} {
		if got, ok := mathML(tex, false); ok {
			t.Errorf("%.40s: understood as %s", tex, got)
		}
	}
}

// MathML is ours alone: what a notebook brings is taken out.
func TestMathInMarkdown(t *testing.T) {
	got := string(Markdown("Amdahl: $S = 1$\n\n$$\\sum x$$\n\n<math><mtext><img src=x onerror=alert(1)></mtext></math> and $x^$"))
	for _, want := range []string{`<span class="math"><math display="inline" alttext="S = 1">`, `<p class="math"><math display="block"`, `$x^$`} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
	if strings.Contains(got, "onerror") || strings.Count(got, "<math") != 2 {
		t.Errorf("foreign markup came through:\n%s", got)
	}
}

func FuzzMathML(f *testing.F) {
	f.Add(`\frac{1}{2} \begin{cases} 1 & 2 \\ 3 \end{cases} x_i^2`)
	f.Fuzz(func(t *testing.T, tex string) {
		got, ok := mathML(tex, true)
		if ok && (strings.Contains(got, "<script") || strings.Count(got, "<math") != 1 || strings.Count(got, "</math>") != 1) {
			t.Errorf("%q: %s", tex, got)
		}
	})
}
