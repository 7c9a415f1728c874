package program

import (
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestComplete(t *testing.T) {
	tests := []struct{ src, want string }{
		{"", "complete"},
		{"x := 1", "complete"},
		{"fmt.Println(1)\n", "complete"},
		{"!ls", "complete"},
		{"%args 1\n", "complete"},
		{"!ls \\", "incomplete"},
		{"!ls \\\\", "complete"},
		{"%%", "incomplete"},
		{"%%\n// note\n", "incomplete"},
		{"%%\nx := 1\n_ = x", "complete"},
		{"%%bash\necho", "incomplete"},
		{"%%bash\necho\n", "complete"},
		{"%%bahs\necho", "invalid"},
		{"%nosuch", "invalid"},
		{"func f() {", "incomplete+    "},
		{"func f() {\n\tif true {", "incomplete+\t\t"},
		{"func f() {\n    g()", "incomplete+    "},
		{"f(1,", "incomplete+    "},
		{"x := []int{\n    1,\n", "incomplete+    "},
		{"x := 1 +", "incomplete+    "},
		{"a.\r\n", "incomplete+    "},
		{"switch x {\ncase 1:", "incomplete+    "},
		{"outer:", "complete"},
		{"x++", "complete"},
		{"return", "complete"},
		{"if x { } else", "incomplete+    "},
		{"}", "invalid"},
		{"f(}", "invalid"},
		{"x := `abc", "incomplete"},
		{"/* note", "incomplete"},
		{`x := "abc`, "invalid"},
		{"x := (1 2)", "invalid"},
		{"func f() {\n%%", "invalid"},
		{"// only a comment", "complete"},
		{"/* 中文 */ f（", "invalid"},
	}
	for _, tt := range tests {
		t.Run(tt.src, func(t *testing.T) {
			got := Complete(tt.src)
			text := got.Status
			if got.Indent != "" {
				text += "+" + got.Indent
			}
			if text != tt.want {
				t.Errorf("Complete(%q) = %q, want %q", tt.src, text, tt.want)
			}
		})
	}
}

// A program that may read its input is known by what it mentions, whatever it
// calls the package, in this cell or in one that it uses.
func TestStdin(t *testing.T) {
	tests := []struct {
		name  string
		cells []string
		want  bool
	}{
		{"os.Stdin", []string{"io.Copy(os.Stdout, os.Stdin)"}, true},
		{"fmt.Scanln", []string{"fmt.Scanln()"}, true},
		{"fmt.Sscan", []string{"var n int\nfmt.Sscan(\"1\", &n)"}, false},
		{"another name", []string{"import in \"os\"\n%%\n_ = in.Stdin"}, true},
		{"no name", []string{"import . \"fmt\"\n%%\nScan()"}, true},
		{"an earlier cell", []string{"func line() { fmt.Scanln() }", "line()"}, true},
		{"an earlier cell that is not used", []string{"func line() { fmt.Scanln() }", "fmt.Println()"}, false},
		{"a type of that name", []string{"type os struct{ Stdin int }\n%%\nfmt.Println(os{}.Stdin)"}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var s Session
			var p *Program
			for i, source := range tt.cells {
				script, problems := Parse(Cell{Name: fmt.Sprintf("cell[%d]", i+1), Source: source})
				if len(problems) == 0 {
					s, p, problems = s.Add(script, someStd{})
				}
				if len(problems) > 0 {
					t.Fatal(problems)
				}
			}
			if p.Stdin != tt.want {
				t.Errorf("got %t\n%s", p.Stdin, p.Source)
			}
		})
	}
}

func TestSplitArgs(t *testing.T) {
	tests := []struct {
		in   string
		want []string
		ok   bool
	}{
		{"", nil, true},
		{" \t ", nil, true},
		{"a  b\tc", []string{"a", "b", "c"}, true},
		{`"a b" 'c "d"' e"f g"h`, []string{"a b", `c "d"`, "ef gh"}, true},
		{`"a\tb\n\"\\\d"`, []string{"a\tb\n\"\\\\d"}, true},
		{`a\ b \" c:\dir \`, []string{"a b", `"`, `c:\dir`, `\`}, true},
		{`O'Brien`, []string{"O'Brien"}, true},
		{`"" ''`, []string{"", ""}, true},
		{`中文 "ü ß" 🙂`, []string{"中文", "ü ß", "🙂"}, true},
		{`a "b`, []string{"a"}, false},
	}
	for _, tt := range tests {
		got, ok := splitArgs(tt.in)
		if d := cmp.Diff(tt.want, got); d != "" || ok != tt.ok {
			t.Errorf("splitArgs(%q) = %q, %t; want %q, %t", tt.in, got, ok, tt.want, tt.ok)
		}
	}
}

func TestCaret(t *testing.T) {
	tests := []struct {
		line string
		col  int
		want string
	}{
		{"abc", 1, "^"},
		{"abc", 3, "  ^"},
		{"abc", 99, "   ^"},
		{"abc", 0, "^"},
		{"\tx := 1", 2, "\t^"},
		{`s := "中文" + 1`, 14, strings.Repeat(" ", 11) + "^"},
		{"中文", 2, "^"},
		{"e\u0301x", 4, " ^"},
		{"🙂x", 5, "  ^"},
		{"\xff\xffx", 3, "  ^"},
	}
	for _, tt := range tests {
		if got := Caret(tt.line, tt.col); got != tt.want {
			t.Errorf("Caret(%q, %d) = %q, want %q", tt.line, tt.col, got, tt.want)
		}
	}
}

func TestSourceLine(t *testing.T) {
	for n, want := range []string{"", "one", "two", "", ""} {
		if got := SourceLine("one\r\ntwo\n", n); got != want {
			t.Errorf("line %d = %q, want %q", n, got, want)
		}
	}
}

// mustAdd adds cells that have to be right.
func mustAdd(t *testing.T, s Session, cells ...string) (Session, *Program) {
	t.Helper()
	var p *Program
	for i, src := range cells {
		script, problems := Parse(Cell{Name: fmt.Sprintf("cell[%d]", i+1), Source: src})
		if len(problems) == 0 {
			s, p, problems = s.Add(script, someStd{})
		}
		if len(problems) > 0 {
			t.Fatalf("cell %q: %+v", src, problems)
		}
	}
	return s, p
}

func keys(s Session) string {
	var all []string
	for _, d := range s.Decls() {
		all = append(all, d.Key)
	}
	return strings.Join(all, ", ")
}

func TestRemove(t *testing.T) {
	full, _ := mustAdd(t, Session{}, `import ("strings"; r "math/rand"; _ "image/png")
type T int
func (T) M() {}
func (*T) N() {}
var a, b = 1, 2
func f() {}`)
	tests := []struct {
		names []string
		want  string
		hint  string
	}{
		{nil, "strings, r math/rand, _ image/png, T, T~M, T~N, a, b, f", ""},
		{[]string{"f", "a"}, "strings, r math/rand, _ image/png, T, T~M, T~N, b", ""},
		{[]string{"a", "b"}, "strings, r math/rand, _ image/png, T, T~M, T~N, f", ""},
		{[]string{"T"}, "strings, r math/rand, _ image/png, a, b, f", ""},
		{[]string{"T~N"}, "strings, r math/rand, _ image/png, T, T~M, a, b, f", ""},
		{[]string{"strings", "r", "image/png"}, "T, T~M, T~N, a, b, f", ""},
		{[]string{"strigns", "f"}, "strings, r math/rand, _ image/png, T, T~M, T~N, a, b", "did you mean strings? %list shows all names"},
	}
	for _, tt := range tests {
		s, problems := full.Remove(tt.names...)
		hint := ""
		for _, d := range problems {
			hint += d.Hint
		}
		if got := keys(s); got != tt.want || hint != tt.hint {
			t.Errorf("after removing %q: %s; hint %q\nwant %s; hint %q", tt.names, got, hint, tt.want, tt.hint)
		}
	}
	if got := keys(full.Reset()); got != "" {
		t.Errorf("after Reset: %s", got)
	}
	if got := keys(full); got != tests[0].want {
		t.Errorf("the session itself has changed: %s", got)
	}
}

// A session is a value: adding to it twice must not mix the two.
func TestSessionIsAValue(t *testing.T) {
	s, _ := mustAdd(t, Session{}, "func a() {}", "func b() {}", "func c() {}")
	one, _ := mustAdd(t, s, "func one() {}")
	two, _ := mustAdd(t, s, "func two() {}")
	if keys(s) != "a, b, c" || keys(one) != "a, b, c, one" || keys(two) != "a, b, c, two" {
		t.Errorf("%s; %s; %s", keys(s), keys(one), keys(two))
	}
}

// Equal input must give equal bytes: built programs are found by them.
func TestSameBytes(t *testing.T) {
	cells := []string{"import \"strings\"\nvar a, b = strings.ToUpper(\"\"), time.Now()", "%%\nfmt.Println(os.Args, a, b, sync.Mutex{})"}
	_, first := mustAdd(t, Session{}, cells...)
	for range 20 {
		if _, p := mustAdd(t, Session{}, cells...); string(p.Source) != string(first.Source) {
			t.Fatalf("got\n%s\nbefore\n%s", p.Source, first.Source)
		}
	}
}

// Big cells must not take time out of proportion: sixteen times the text in
// one cell may not cost much more than sixteen cells. What is compared is
// processor time, which other programs on the machine hardly change.
func TestBigCells(t *testing.T) {
	const pieces, small = 16, 8 << 10
	for name, cell := range map[string]struct{ before, unit, after string }{
		"statements":       {"", "fmt.Println(\"中文\", 1)\n", ""},
		"one line":         {"", "f(); ", ""},
		"functions":        {"", "func f() { g.H() }\n", ""},
		"no bodies":        {"", "func f()\n", ""},
		"variables":        {"var (\n", "x, y = 1, a.B\n", ")\n"},
		"imports":          {"import (\n", "\"a/b\"\n", ")\n"},
		"shell lines":      {"", "!x\n", ""},
		"shell, comments":  {"", "!x\n//\n", ""},
		"unknown":          {"", "%x\n", ""},
		"raw string":       {"s := `", "!x\n%%\n", "`\n_ = s"},
		"comment":          {"/*", "%x\n", "*/"},
		"illegal":          {"", "#", ""},
		"open":             {"", "{\n", ""},
		"blocks":           {"", "{\n}\n", ""},
		"continued":        {"!x", "\\\n", ""},
		"blank":            {"", " \n", ""},
		"zero":             {"", "\x00", ""},
		"junk":             {"", "\xff\xfe", ""},
		"embeds":           {"var (\n", "//go:embed x\ny []byte\n", ")\n"},
		"loose, functions": {"x := 1\n", "func f() { x++ }\n", ""},
		"bash":             {"%%bash\n", "echo\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			fill := func(size int) string {
				return cell.before + strings.Repeat(cell.unit, size/len(cell.unit)) + cell.after
			}
			few, many := fill(small), fill(small*pieces)
			for tries := 3; ; tries-- {
				apart := cpuTime(t, func() {
					for range pieces {
						addTwice(few)
					}
				})
				together := cpuTime(t, func() { addTwice(many) })
				if together < 6*max(apart, 20*time.Millisecond) {
					return
				}
				if tries == 0 {
					t.Fatalf("%d cells take %v, their text in one cell %v", pieces, apart, together)
				}
			}
		})
	}
}

// What is nested deeper than go/parser goes must not end in a stack overflow.
func TestDeepCells(t *testing.T) {
	const depth = 1 << 18
	addTwice(strings.Repeat("(", depth) + strings.Repeat(")", depth))
	addTwice("x := 1" + strings.Repeat("+1", depth))
}

// addTwice parses a cell and runs it twice, as learners do.
func addTwice(src string) {
	script, problems := Parse(Cell{Name: "cell[1]", Source: src})
	if len(problems) == 0 {
		s, _, _ := Session{}.Add(script, someStd{})
		s.Add(script, someStd{})
	}
}

// cpuTime is the processor time that f takes.
func cpuTime(t *testing.T, f func()) time.Duration {
	t.Helper()
	now := func() time.Duration {
		var r syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
			t.Fatal(err)
		}
		return time.Duration(r.Utime.Nano() + r.Stime.Nano())
	}
	start := now()
	f()
	return now() - start
}

// BenchmarkCell parses and adds a 20-line cell to a session of 200 functions.
func BenchmarkCell(b *testing.B) {
	var s Session
	for i := range 200 {
		script, _ := Parse(Cell{Name: fmt.Sprintf("cell[%d]", i), Source: fmt.Sprintf("func f%d(x int) int { return f%d(x) + len(strings.ToUpper(\"\")) }", i, i/2)})
		s, _, _ = s.Add(script, someStd{})
	}
	src := "%% -n 3\n" + strings.Repeat("for i := range 3 {\n\tfmt.Println(i, f199(i), time.Now())\n}\nvar mu sync.Mutex\nmu.Lock()\n", 4)
	for b.Loop() {
		script, _ := Parse(Cell{Name: "cell[300]", Source: src})
		if _, p, _ := s.Add(script, someStd{}); !p.Runs {
			b.Fatal("does not run")
		}
	}
}
