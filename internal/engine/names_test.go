package engine

import (
	"fmt"
	"strings"
	"testing"

	"lanebook/internal/display"
)

// rerun is a learner who runs cells, counted as a kernel does.
type rerun struct {
	*testing.T
	*Engine
	count int
}

func (r *rerun) run(src string) (Result, *transcript) {
	r.Helper()
	r.count++
	s := &transcript{}
	res, err := r.Execute(r.Context(), Cell{Name: fmt.Sprintf("cell[%d]", r.count), Source: src}, s)
	if err != nil {
		r.Fatal(err)
	}
	return res, s
}

func (r *rerun) wantHow(res Result, how string) {
	r.Helper()
	if res.How != how {
		r.Errorf("in[%d]: built by %q, want %q", r.count, res.How, how)
	}
}

func TestSameTextIsNotBuiltAgain(t *testing.T) {
	r := &rerun{T: t, Engine: newEngine(t)}
	const panics = "func f() {\n\tpanic(\"no\")\n}\n%%\nf()\n"
	r.run(panics)
	res, _ := r.run(panics)
	r.wantHow(res, "cached")
	p := res.Problem
	if p == nil || p.Pos.Cell != "cell[2]" || p.Pos.Line != 2 {
		t.Fatalf("got %+v, want a panic at cell[2]:2", p)
	}
	told := strings.Join(p.Traceback, "\n")
	for _, want := range []string{`cell[2]:2  panic("no")`, "cell[2]:5  f()"} {
		if !strings.Contains(told, want) {
			t.Errorf("%q is missing in\n%s", want, told)
		}
	}
	if strings.Contains(told, "cell[1]") {
		t.Errorf("cell[1] in\n%s", told)
	}

	// A caller of f sees where f stands now.
	res, _ = r.run("%%\nf()\n")
	if p := res.Problem; p == nil || p.Pos.Cell != "cell[2]" {
		t.Errorf("got %+v, want cell[2]", p)
	}
}

func TestDeclarationsRunAgainChangeNothing(t *testing.T) {
	r := &rerun{T: t, Engine: newEngine(t)}
	const (
		one = "import \"fmt\"\n\nfunc one() { fmt.Println(1) }"
		two = "import \"fmt\"\n\nvar count = 2\n\nfunc two() { fmt.Println(count) }"
		use = "%%\none()\ntwo()"
	)
	r.run(one)
	r.run(two)
	res, _ := r.run(use)
	r.wantHow(res, "direct")
	for _, again := range []string{one, two} {
		r.run(again)
		res, s := r.run(use)
		r.wantHow(res, "cached")
		if s.String() != "[stdout]\n1\n2\n" {
			t.Error(s)
		}
	}
	_, s := r.run("%list")
	if got := s.String(); !strings.Contains(got, "one    cell[4]") || !strings.Contains(got, "two    cell[6]") {
		t.Error(got)
	}
	res, s = r.run("func one() { fmt.Println(11) }\n" + use)
	r.wantHow(res, "direct")
	if s.String() != "[stdout]\n11\n2\n" {
		t.Error(s)
	}
}

// A front end that counts from one again gives old numbers to new texts.
func TestNumbersComeAgain(t *testing.T) {
	r := &rerun{T: t, Engine: newEngine(t)}
	r.run("func f(i int) int {\n\treturn 1 / i\n}")
	r.count = 0
	res, _ := r.run("%%\n// nothing\n\nf(0)")
	p := res.Problem
	if p == nil || len(p.Traceback) == 0 {
		t.Fatalf("got %+v", p)
	}
	told := ansi.ReplaceAllString(strings.Join(p.Traceback, "\n"), "")
	for _, want := range []string{"cell[1]:2  return 1 / i", "cell[1]:4  f(0)"} {
		if !strings.Contains(told, want) {
			t.Errorf("%q is missing in\n%s", want, told)
		}
	}
}

// Everything that names a place says the number the learner saw last.
func TestPlacesHaveTheLatestNumber(t *testing.T) {
	r := &rerun{T: t, Engine: newEngine(t)}
	var data string
	for range 2 {
		_, s := r.run("log.SetFlags(log.Lshortfile)\nlog.Print(\"cell[1] or 2?\")\nfmt.Println(\"cell[1]:1\")")
		for _, want := range []string{fmt.Sprintf("[stderr]\ncell[%d]:2: cell[1] or 2?\n", r.count), "[stdout]\ncell[1]:1\n"} {
			if !strings.Contains(s.String(), want) {
				t.Errorf("got %q, want %q in it", s, want)
			}
		}
	}
	wrong := "func g() {}\nfunc g() {}"
	r.run(wrong)
	res, _ := r.run(wrong)
	if told := strings.Join(res.Problem.Traceback, "\n"); strings.Contains(told, "cell[3]") || !strings.Contains(told, "cell[4]:2:6") {
		t.Error(told)
	}
	const lanes = "import \"lanebook/kernelext\"\n%%\nkernelext.Lanes(func() {\n\tvar wg sync.WaitGroup\n\twg.Go(func() {})\n\twg.Wait()\n\ttime.Sleep(time.Millisecond) // always a wait\n})"
	r.run(lanes)
	sink := &pictures{}
	if _, err := r.Execute(t.Context(), Cell{Name: "cell[6]", Source: lanes}, sink); err != nil {
		t.Fatal(err)
	}
	for _, d := range sink.shown {
		text, _ := d.Data[display.Data].(string)
		data += text
	}
	if strings.Contains(data, "cell[5]") || !strings.Contains(data, `"file":"cell[6]"`) || !strings.Contains(data, "time.Sleep(") {
		t.Error(data)
	}
}

// pictures is a Sink that keeps what is shown.
type pictures struct{ shown []display.Display }

func (*pictures) Stream(_, _ string)       {}
func (p *pictures) Show(d display.Display) { p.shown = append(p.shown, d) }

func TestTranslate(t *testing.T) {
	n := newNames()
	for i, src := range []string{"a", "b", "c", "a", "b"} {
		n.enter(Cell{Name: fmt.Sprintf("cell[%d]", i+1), Source: src})
	}
	n.enter(Cell{Name: "cell[1]", Source: "z"})
	for in, want := range map[string]string{
		"":                                "",
		"cell[":                           "cell[",
		"cell[1]":                         "cell[1]",
		"cell[1]:":                        "cell[1]:",
		"cell[1]: 1":                      "cell[1]: 1",
		"cell[1]:12 and cell[2]:3:4":      "cell[4]:12 and cell[5]:3:4",
		"\tcell[3]:1 +0x1d, cell[9]:1":    "\tcell[3]:1 +0x1d, cell[9]:1",
		"cell[cell[1]:1":                  "cell[cell[4]:1",
		"cell[1]':3":                      "cell[1]:3",
		"cell[" + strings.Repeat("1", 99): "cell[" + strings.Repeat("1", 99),
	} {
		if got := n.translate(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
