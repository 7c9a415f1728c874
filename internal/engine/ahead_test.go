package engine

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// built waits until everything that is built ahead is there.
func built(e *Engine) {
	e.typed.builds.Wait()
	e.queued.builds.Wait()
}

// run executes a cell under a name and returns what it printed and how it was
// built.
func run(t *testing.T, e *Engine, name, source string) (string, string) {
	t.Helper()
	out := &transcript{}
	result, err := e.Execute(t.Context(), Cell{Name: name, Source: source}, out)
	if err != nil {
		t.Fatal(err)
	}
	out.problem(result.Problem)
	return out.result(e), result.How
}

// A cell that was built ahead is the program that running it would have made:
// with the declarations of the session, and with the cell's own number.
func TestAhead(t *testing.T) {
	e := newEngine(t)
	<-e.ready
	run(t, e, "cell[1]", "func greet() string { return \"hello\" }")
	const source = "import \"runtime\"\n_, file, line, _ := runtime.Caller(0)\nfmt.Println(greet(), file, line)"
	e.Ahead(Cell{Name: "cell[2]", Source: source})
	built(e)
	out, how := run(t, e, "cell[2]", source)
	if how != "cached" || out != "[stdout]\nhello cell[2] 2\n" {
		t.Errorf("%s: %s", how, out)
	}
}

// What was built ahead in vain is not run.
func TestAheadStale(t *testing.T) {
	e := newEngine(t)
	<-e.ready
	run(t, e, "cell[1]", "const n = 1")
	const source = "fmt.Println(n)"
	e.Ahead(Cell{Name: "cell[2]", Source: source})
	built(e)
	run(t, e, "cell[2]", "const n = 2")
	if out, _ := run(t, e, "cell[3]", source); out != "[stdout]\n2\n" {
		t.Errorf("got %s", out)
	}
	e.Ahead(Cell{Name: "cell[4]", Source: "fmt.Println(n+1)"})
	e.Ahead(Cell{Name: "cell[4]", Source: "fmt.Println(n+2)"})
	if out, _ := run(t, e, "cell[4]", "fmt.Println(n+3)"); out != "[stdout]\n5\n" {
		t.Errorf("got %s", out)
	}
}

// Cells whose special lines do something are left alone: nothing of a cell
// that nobody has run may happen.
func TestAheadDoesNothing(t *testing.T) {
	e := newEngine(t)
	<-e.ready
	touched := filepath.Join(t.TempDir(), "touched")
	for _, source := range []string{
		"!touch " + touched + "\nfmt.Println(1)",
		"%%bash\ntouch " + touched,
		"%%writefile " + touched + "\nx",
		"%env A B\nfmt.Println(os.Getenv(\"A\"))",
		"x := = 1",
		"// nothing",
	} {
		e.Ahead(Cell{Name: "cell[1]", Source: source})
		built(e)
	}
	if _, err := os.Stat(touched); err == nil {
		t.Error("a special line was carried out")
	}
	if files, _ := os.ReadDir(filepath.Join(e.home, "build", "bin")); len(files) > 0 {
		t.Errorf("built: %v", files)
	}
	if config := e.config(); len(config.Env) > 0 {
		t.Errorf("set: %v", config.Env)
	}
}

// While a cell runs, Built gives the sign to build the next one, unless a
// shell line may still change things.
func TestBuilt(t *testing.T) {
	e := newEngine(t)
	<-e.ready
	const next = "fmt.Println(a + 1)"
	var ready time.Time
	cell := Cell{Name: "cell[1]", Source: "var a = 1\n%%\ntime.Sleep(50 * time.Millisecond)"}
	cell.Built = func() {
		ready = time.Now()
		e.AheadOfTurn(Cell{Name: "cell[2]", Source: next})
	}
	if _, err := e.Execute(t.Context(), cell, &transcript{}); err != nil || ready.IsZero() {
		t.Fatal(err, ready)
	}
	built(e)
	if out, how := run(t, e, "cell[2]", next); how != "cached" || out != "[stdout]\n2\n" {
		t.Errorf("%s: %s", how, out)
	}
	ready = time.Time{}
	cell.Source = "!true\n" + cell.Source
	if _, err := e.Execute(t.Context(), cell, &transcript{}); err != nil || !ready.IsZero() {
		t.Error("a cell with a shell line gave the sign", err)
	}
}

func TestCheck(t *testing.T) {
	e := newEngine(t)
	<-e.ready
	run(t, e, "cell[1]", "func double(n int) int { return 2 * n }")
	const typing, left = "¦", ""
	for _, tt := range []struct {
		name, above, source string
		want                string // line:col-end message, one a line
	}{
		{"right", "", "fmt.Println(double(1))", ""},
		{"undefined", "", "fmt.Println(dobule(1))" + left, "1:13-19 undefined: dobule (did you mean double?)"},
		{"undefined at the cursor", "", "fmt.Println(dobu" + typing + ")", ""},
		{"undefined on another line", "", "fmt.Println(dobule(1))\n" + typing, "1:13-19 undefined: dobule (did you mean double?)"},
		{"declared above, not run yet", "type shape struct{ w int }", "fmt.Println(shape{w: 2}.w)", ""},
		{"declared above with another field", "type shape struct{ w int }", "fmt.Println(shape{}.v)", "1:21-22 shape{}.v undefined (type shape has no field or method v)"},
		{"unused, cursor below", "", "x := 1\n" + typing, ""},
		{"unused, nobody types", "", "x := 1\n", "1:1-2 declared and not used: x (use x, or write _ in its place)"},
		{"open bracket, cursor inside", "", "for i := range 3 {\n\tfmt.Println(i)\n\t" + typing, ""},
		{"open bracket, nobody types", "", "for i := range 3 {\n\tfmt.Println(i)\n", "1:18-19 syntax error: this { is never closed (add the missing })"},
		{"half a statement", "", "x :=" + typing + "\nfmt.Println(x)", ""},
		{"half a selector", "", "fmt." + typing + "\nfmt.Println(1)", ""},
		{"mistake above the cursor", "", "x := := 2\nfmt.Pri" + typing, "1:6-8 syntax error: expected operand, found ':='"},
		{"missing return, cursor inside", "", "func f() int {\n\t" + typing + "\n}", ""},
		{"missing return, nobody types", "", "func f() int {\n\t\n}", "3:1-2 missing return (every way through the function must end in return)"},
		{"unknown package while typing", "", "import \"example.com/not/yet\"\n" + typing, ""},
		{"special line", "", "%evn A B\n" + left, "1:1-2 unknown special line %evn (did you mean %env? %help lists them all)"},
		{"wide characters", "", "s := \"世界\"; fmt.Println(s, t)", "1:31-32 undefined: t (nothing is called t here: declare it with :=, or run the cell that declares it; what is inside main does not carry over)"},
		{"replaces what is remembered", "", "func double(s string) string { return s }\nfunc f() int { return double(1) }", "2:30-31 cannot use 1 (untyped int constant) as string value in argument to double (turn a number into text with strconv.Itoa or fmt.Sprint)\n" +
			"2:23-29 cannot use double(1) (value of type string) as int value in return statement (turn text into a number with strconv.Atoi)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before, after, cursor := strings.Cut(tt.source, typing)
			d := Draft{Name: "cell[2]", Source: before + after, Offset: -1}
			if cursor {
				d.Offset = len(before)
			}
			if tt.above != "" {
				d.Above = []string{tt.above}
			}
			found, err := e.Check(t.Context(), d)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range found {
				line := fmt.Sprintf("%d:%d-%d %s", f.Line, f.Col, f.End, f.Message)
				if f.Hint != "" {
					line += " (" + f.Hint + ")"
				}
				got = append(got, line)
			}
			if text := strings.Join(got, "\n"); text != tt.want {
				t.Errorf("got  %s\nwant %s", text, tt.want)
			}
		})
	}
}
