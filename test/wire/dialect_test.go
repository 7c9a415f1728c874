package wire

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"lanebook/internal/jupyter"
	"lanebook/internal/jupytertest"
)

// line is one special line at work: cells in order, and what the last of them
// must put out or end with.
type line struct {
	cells []string
	want  string // part of the output of the last cell
	fails string // the name of the error it ends with; empty: none
}

// dialect has every special line that GoNB documents.
var dialect = map[string]line{
	"%%":                 {[]string{"%% -n=3\nfmt.Println(os.Args[1:])"}, "[-n=3]", ""},
	"%main":              {[]string{"%main a b\nfmt.Println(os.Args[1:])"}, "[a b]", ""},
	"%args":              {[]string{"%args \"x y\"\n%%\nfmt.Println(len(os.Args))"}, "2", ""},
	"%exec":              {[]string{"var who = flag.String(\"who\", \"\", \"\")\nfunc greet() { fmt.Println(\"hi\", *who) }", "%exec greet -who=Ada"}, "hi Ada", ""},
	"%test":              {[]string{"%test\nfunc TestOne(t *testing.T) { t.Log(\"said\") }"}, "--- PASS: TestOne", ""},
	"%test that fails":   {[]string{"%test\nfunc TestTwo(t *testing.T) { t.Error(\"no\") }"}, ":2: no", "TestFailed"},
	"%test -flags":       {[]string{"func TestA(t *testing.T) {}\nfunc TestB(t *testing.T) {}", "%test -test.v -test.run=B"}, "--- PASS: TestB", ""},
	"%test benchmark":    {[]string{"%test\nfunc BenchmarkX(b *testing.B) { for b.Loop() {} }"}, "ns/op", ""},
	"%goflags":           {[]string{"%goflags -tags=special", "%goflags"}, "-tags=special", ""},
	"%goflags wrong":     {[]string{"%goflags -rcae", "fmt.Println(1)"}, "", "CompileError"},
	"%goflags empty":     {[]string{"%goflags -rcae", "%goflags \"\"", "fmt.Println(1)"}, "1", ""},
	"%env":               {[]string{"%env GREETING \"hello there\"", "!echo $GREETING"}, "hello there", ""},
	"environment":        {[]string{"!echo $GONB_VERSION $GONB_JUPYTER_KERNEL_ID $(test \"$GONB_DIR\" = \"$PWD\" && test -d \"$GONB_TMP_DIR\" && echo both)"}, "lanebook of-a-test both", ""},
	"%cd":                {[]string{"!mkdir sub", "%cd sub", "!pwd"}, "/sub", ""},
	"%autoget":           {[]string{"%noautoget\n%autoget\nfmt.Println(1)"}, "1", ""},
	"%noautoget":         {[]string{"%noautoget\nimport \"example.com/nothing\"\n%%\nnothing.F()"}, "", "CompileError"},
	"%list":              {[]string{"func remembered() {}", "%list"}, "remembered", ""},
	"%ls":                {[]string{"var a, b = 1, 2", "%ls"}, "var", ""},
	"%rm":                {[]string{"func f() {}\nfunc g() {}", "%rm f", "%list"}, "func  g", ""},
	"%remove":            {[]string{"func f() {}", "%remove f", "%list"}, "nothing is remembered", ""},
	"%reset":             {[]string{"func f() {}", "%reset", "%list"}, "nothing is remembered", ""},
	"%reset go.mod":      {[]string{"func f() {}", "%reset go.mod", "%list"}, "func  f", ""},
	"%capture":           {[]string{"%capture out.txt\n%%\nfmt.Println(\"kept\")", "!cat out.txt"}, "kept", ""},
	"%capture -a":        {[]string{"%capture out.txt\n!echo one", "%capture -a out.txt\n!echo two", "!cat out.txt"}, "one\ntwo", ""},
	"%track":             {[]string{"%track"}, "go.mod replaces no module", ""},
	"%untrack":           {[]string{"%untrack example.com/m"}, "example.com/m", ""},
	"%goworkfix":         {[]string{"!mkdir m && cd m && go mod init example.com/m\n!*go work init . \"$GONB_DIR/m\"\n%goworkfix"}, "go.mod: example.com/m", ""},
	"%version":           {[]string{"%version"}, "lanebook ", ""},
	"%help":              {[]string{"%help"}, "%capture", ""},
	"!cmd":               {[]string{"!echo \\\n  joined"}, "joined", ""},
	"!*cmd":              {[]string{"!*cat go.mod"}, "module ", ""},
	"%%writefile":        {[]string{"%%writefile a.txt\nwritten", "!cat a.txt"}, "written", ""},
	"%%writefile -a":     {[]string{"%%writefile a.txt\none", "%%writefile -a a.txt\ntwo", "!cat a.txt"}, "one\ntwo", ""},
	"%%script":           {[]string{"%%script cat\nas it is"}, "as it is", ""},
	"%%bash":             {[]string{"%%bash\n[[ a == a ]] && echo yes"}, "yes", ""},
	"%%sh":               {[]string{"%%sh\nX=19\necho $X"}, "19", ""},
	"func main":          {[]string{"import \"fmt\"\nfunc main() { fmt.Println(\"whole\") }"}, "whole", ""},
	"init_ alone":        {[]string{"func init_a() { fmt.Println(\"ready\") }"}, "ready", ""},
	"init_":              {[]string{"func init_a() { fmt.Println(\"ready\") }", "%%"}, "ready", ""},
	"tuple":              {[]string{"func two() (int, string) { return 1, \"b\" }\nvar a, b = two()", "fmt.Println(a, b)"}, "1 b", ""},
	"methods":            {[]string{"type T int\nfunc (t T) F() int { return 1 }", "func (t T) F() int { return 2 }", "fmt.Println(T(0).F())"}, "2", ""},
	"generics":           {[]string{"type L[T any] struct{ v T }\nfunc (l L[T]) get() T { return l.v }", "fmt.Println(L[int]{7}.get())"}, "7", ""},
	"iota":               {[]string{"const (\n\tA, B = iota, iota * 10\n\tC, D\n)", "fmt.Println(C, D)"}, "1 10", ""},
	"flags":              {[]string{"var n = flag.Int(\"n\", 1, \"\")\n%% -n=5\nfmt.Println(*n)"}, "5", ""},
	"embed":              {[]string{"!*printf inside > note.txt\nimport _ \"embed\"\n//go:embed note.txt\nvar note string\n%%\nfmt.Println(note)"}, "inside", ""},
	"broken declaration": {[]string{"func f(x int) int { return x }\nfunc g() int { return f(1) }", "func f() int { return 0 }", "fmt.Println(g())"}, "", "CompileError"},
}

func TestDialect(t *testing.T) {
	c := start(t).connect("me")
	for name, l := range dialect {
		t.Run(name, func(t *testing.T) { l.try(t, c) })
	}
}

// Special lines of GoNB can be written as comments.
func TestDialectAsComments(t *testing.T) {
	c := start(t).connect("me")
	for _, name := range []string{"%%", "%args", "%exec", "%test", "%goflags", "%env", "%list", "%rm", "%capture", "!cmd", "%%writefile", "%%sh", "%version"} {
		t.Run(name, func(t *testing.T) {
			l := dialect[name]
			l.cells = slices.Clone(l.cells)
			for i, cell := range l.cells {
				lines := strings.Split(cell, "\n")
				for j, line := range lines {
					if strings.HasPrefix(line, "%") || strings.HasPrefix(line, "!") {
						lines[j] = "//gonb:" + line
					}
				}
				l.cells[i] = strings.Join(lines, "\n")
			}
			l.try(t, c)
		})
	}
}

// try runs the cells in a fresh session of the kernel and a fresh folder.
func (l line) try(t *testing.T, c *client) {
	c.Execute(fmt.Sprintf("%%reset\n%%goflags \"\"\n%%autoget\n%%cd %q\n!*rm -f go.work", t.TempDir()))
	var got string
	var reply jupyter.ExecuteReply
	for _, cell := range l.cells {
		var outputs []jupyter.Content
		reply, outputs = c.Execute(cell)
		got = jupytertest.Text(outputs, "stdout") + jupytertest.Text(outputs, "stderr")
	}
	name := ""
	if reply.Error != nil {
		name = reply.Name
	}
	if name != l.fails || !strings.Contains(got, l.want) {
		t.Errorf("got %q, ends with %q; want %q and %q", got, name, l.want, l.fails)
	}
}

// With a C compiler, cells may use C.
func TestCgo(t *testing.T) {
	needCompiler(t)
	c := start(t).connect("me")
	line{[]string{"// static int seven(void) { return 7; }\nimport \"C\"\n%%\nfmt.Println(C.seven())"}, "7", ""}.try(t, c)
}

// %%race tells where goroutines race, %%time how long a cell took, and %%watch
// what a deadlock is about.
func TestHowToRun(t *testing.T) {
	needCompiler(t)
	c := start(t).connect("me")
	for src, want := range map[string]string{
		"%%race\nx := 0\nc := make(chan bool)\ngo func() { x++; c <- true }()\nx++\n<-c": "DataRace",
		"%%watch\n<-make(chan int)":      "Deadlock",
		"%%time\nfmt.Println(\"timed\")": "",
	} {
		reply, outputs := c.Execute(src)
		name := ""
		if reply.Error != nil {
			name = reply.Name
		}
		if shown := jupytertest.Types(outputs); name != want || !strings.Contains(shown, "display_data") {
			t.Errorf("%s\ngot %q, %s", src, name, shown)
		}
	}
}

// A program that reads its input is asked for a line without any sign of it in
// the cell.
func TestStdinWithoutSpecialLine(t *testing.T) {
	c := start(t).connect("me")
	src := "%%\nfmt.Print(\"name? \")\nb, _ := io.ReadAll(os.NewFile(0, \"input\"))\nfmt.Printf(\"%q\", b)"
	cell := c.Send(jupyter.Shell, jupyter.ExecuteRequest{Code: src, StoreHistory: true, AllowStdin: true})
	first := c.Wait("input_request", func(m jupyter.Message) bool { return m.Type() == jupyter.TypeInputRequest })
	c.WaitOutput(cell) // what it printed stands above the question
	c.Deliver(c.Author.Child(first, jupyter.Stdin, jupyter.InputReply{Value: "Ada"}))
	second := c.Wait("another input_request", func(m jupyter.Message) bool {
		return m.Type() == jupyter.TypeInputRequest && m.Header.ID != first.Header.ID
	})
	c.Deliver(c.Author.Child(second, jupyter.Stdin, jupyter.InputReply{Value: "\x04"})) // Ctrl-D
	if got := jupytertest.Text(c.Collect(cell).IOPub, "stdout"); got != "name? \"Ada\\n\"" {
		t.Errorf("got %q", got)
	}
	if _, outputs := c.Execute(src); jupytertest.Text(outputs, "stdout") != "name? \"\"" {
		t.Errorf("nobody to ask: got %s", jupytertest.Types(outputs))
	}
}

// %with_inputs and %with_password let the next shell command ask, and only it.
func TestShellInput(t *testing.T) {
	for mode, password := range map[string]bool{"%with_inputs": false, "%with_password": true} {
		t.Run(mode, func(t *testing.T) {
			c := start(t).connect("me")
			cell := c.Send(jupyter.Shell, jupyter.ExecuteRequest{Code: mode + "\n!read x; echo \"<$x>\"\n!read y; echo \"<$y>\"", AllowStdin: true})
			asked := c.Wait("input_request", func(m jupyter.Message) bool { return m.Type() == jupyter.TypeInputRequest })
			if asked.Content.(jupyter.InputRequest).Password != password {
				t.Errorf("asked %+v", asked.Content)
			}
			c.Deliver(c.Author.Child(asked, jupyter.Stdin, jupyter.InputReply{Value: "said"}))
			if got := jupytertest.Text(c.Collect(cell).IOPub, "stdout"); got != "<said>\n<>\n" {
				t.Errorf("got %q", got)
			}
		})
	}
}
