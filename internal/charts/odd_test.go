package charts

import (
	"fmt"
	"strings"
	"testing"

	"lanebook/internal/display"
)

// Numbers at the ends of what there is, no number at all, and no time at all
// make a picture without a place that is no number, or an error.
func TestOddNumbers(t *testing.T) {
	odd := `null,1.7976931348623157e308,-1.7976931348623157e308,5e-324,0,-1`
	var bars, points []string
	for i, v := range strings.Split(odd, ",") {
		bars = append(bars, fmt.Sprintf(`{"name":"%d","value":%s}`, i, v))
		points = append(points, fmt.Sprintf(`{"at":0,"value":%s,"note":"%d"}`, v, i))
	}
	for _, data := range []string{
		`"form":"histogram","unit":"ns","values":[` + odd + `]`,
		`"form":"histogram","unit":"ns","values":[null]`,
		`"form":"histogram","unit":"ns","values":[5e-324,5e-324]`,
		`"form":"bars","unit":"B","bars":[` + strings.Join(bars, ",") + `]`,
		`"form":"bars","unit":"","bars":[{"name":"only","value":null}]`,
		`"form":"gauge","unit":"","end":0,"points":[` + strings.Join(points, ",") + `]`,
		`"form":"waterfall","end":0,"spans":[{"name":"a","from":0,"to":0},{"name":"b","from":0,"to":-1}]`,
	} {
		b, err := Draw([]byte(`{"version":1,"kind":"figure","title":"odd",`+data+`}`), "en")
		if err != nil {
			continue
		}
		for _, bad := range []string{"NaN", "Inf"} {
			if svg := image(t, b); strings.Contains(svg, bad) {
				t.Errorf("%s: the picture has a place that is %s: %s", data, bad, svg[max(0, strings.Index(svg, bad)-120):strings.Index(svg, bad)])
			}
			if text := b[display.Text].(string); strings.Contains(text, "%!") {
				t.Errorf("%s: %s", data, text)
			}
		}
	}
}
