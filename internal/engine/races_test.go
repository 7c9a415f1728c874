package engine

import (
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"lanebook/internal/display"
)

// needCompiler skips where the race detector cannot be built in.
func needCompiler(t *testing.T) {
	t.Helper()
	out, err := exec.Command("go", "env", "CC").Output()
	if err == nil {
		_, err = exec.LookPath(strings.TrimSpace(string(out)))
	}
	if err != nil {
		t.Skip("no C compiler:", err)
	}
}

// shown is a Sink that keeps what a learner sees, displays in their text form.
type shown struct{ text, errors, html strings.Builder }

func (s *shown) Stream(name, text string) {
	if name == "stderr" {
		s.errors.WriteString(text)
		return
	}
	s.text.WriteString(text)
}

func (s *shown) Show(d display.Display) {
	fmt.Fprintf(&s.text, "{%v}\n", d.Data[display.Text])
	fmt.Fprint(&s.html, d.Data[display.HTML])
}

func TestRaceIsTold(t *testing.T) {
	needCompiler(t)
	e := newEngine(t)
	src := `%goflags -race
%%
seen := map[string]int{}
done := make(chan bool)
for i := range 2 {
	go func() { time.Sleep(time.Duration(i) * 100 * time.Millisecond) // or Go itself might see both at the map
		seen["a"]++
		done <- true
	}()
	fmt.Fprintln(os.Stderr, "on")
}
<-done
<-done
fmt.Println("end")`
	var s shown
	res, err := e.Execute(t.Context(), Cell{Name: "cell[7]", Source: src}, &s)
	if err != nil {
		t.Fatal(err)
	}
	if problemName(res) != "DataRace" || res.Problem.Message != "data race between cell[7]:7 and cell[7]:7" || res.Problem.Pos.Line != 7 {
		t.Errorf("problem %+v", res.Problem)
	}
	text := s.text.String()
	for _, want := range []string{"Both are at the same line: one writes to a map, the other ", "  >   7          seen[\"a\"]++", "started at cell[7]:6  go func() {", "Try: a map must not be written"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if !strings.Contains(text, "end\n") || s.errors.String() != "on\non\n" {
		t.Errorf("around the report: %q, on stderr %q", text, s.errors.String())
	}
	if strings.Count(text, "Data race:") != 1 {
		t.Errorf("one pair of places is shown more than once:\n%s", text)
	}

	// The same cell from memory, in Chinese, under another number.
	e.SetLang("zh")
	s = shown{}
	if res, err = e.Execute(t.Context(), Cell{Name: "cell[8]", Source: src}, &s); err != nil {
		t.Fatal(err)
	}
	if res.How != "cached" || res.Problem == nil || res.Problem.Message != "数据竞争：cell[8]:7 与 cell[8]:7" || !strings.Contains(s.html.String(), "<code>cell[8]:7</code>") {
		t.Errorf("%s %+v\n%s", res.How, res.Problem, s.html.String())
	}
}
