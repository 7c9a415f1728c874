package toolchain

import (
	"context"
	"slices"
	"strings"
	"testing"

	"lanebook/internal/program"
)

// remember returns a session that has added one cell.
func remember(t testing.TB, m *Module, src string) program.Session {
	t.Helper()
	script, diags := program.Parse(program.Cell{Name: "cell[1]", Source: src})
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	session, _, diags := program.Session{}.Add(script, m.Packages())
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	return session
}

const remembered = `import "strings"

// point is a place on the plane.
type point struct {
	x, y int
	name string // what it is called
}

// Len returns how far p is from the origin.
func (p point) Len() int { return p.x }

func (p *point) move(dx int) {}

type named struct {
	*point
	tag string
}

// double returns twice n.
func double(n int) int { return 2 * n }

var counter int
`

// cut splits a cell at its cursor.
func cut(src string) (string, int) {
	before, after, _ := strings.Cut(src, "¦")
	return before + after, len(before)
}

func TestComplete(t *testing.T) {
	m := newModule(t, open(t))
	session := remember(t, m, remembered)
	for _, tt := range []struct {
		name, cell string
		start      int // negative: from the cursor
		want       string
		not        string
	}{
		{"package", "strings.ToU¦", -3, "ToUpper", "ToLower"},
		{"package, nothing typed", "strings.¦", 0, "Builder Contains ToLower", ""},
		{"package never imported", "http.¦", 0, "Get Handler StatusOK", ""},
		{"package never imported, prefix", "x := 1\nhttp.StatusO¦\ny()", -7, "StatusOK", "Get"},
		{"course", "kernelext.¦", 0, "Lanes Time", ""},
		{"third party", "var g errgroup.¦", 0, "Group WithContext", ""},
		{"fields and methods", "p := point{}\np.¦", 0, "Len move name x y", ""},
		{"embedded", "var n named\nn.¦", 0, "Len move name point tag x y", ""},
		{"chain", "var r *http.Request\nr.URL.¦", 0, "Host Path String", "host"},
		{"call result", "strings.NewReader(\"\").¦", 0, "Len ReadByte", "s i prevRune"},
		{"index", "ps := []point{}\nps[0].¦", 0, "Len x", ""},
		{"channel element", "c := make(chan point)\n(<-c).¦", 0, "Len", ""},
		{"in a call", "fmt.Println(strings.ToUp¦", -4, "ToUpper", ""},
		{"in a block", "for i := range 3 {\n\tif i > 1 {\n\t\tfmt.Pri¦", -3, "Print Printf Println", "Errorf"},
		{"broken before", "x := := 2\nfmt.Pri¦", -3, "Println", ""},
		{"broken after", "fmt.Pri¦\nx := := 2", -3, "Println", ""},
		{"locals", "coffee := 1\nco¦", -2, "coffee copy complex const continue context counter", ""},
		{"not yet declared", "co¦\ncoffee := 1", -2, "counter", "coffee"},
		{"remembered function", "dou¦", -3, "double", ""},
		{"any case", "COU¦", -3, "counter", ""},
		{"parameters", "func f(alpha int) {\n\tal¦\n}", -2, "alpha", ""},
		{"closure", "func() {\n\tbeta := 1\n\tgo func() { be¦ }()\n}()", -2, "beta", ""},
		{"keyword", "swi¦", -3, "switch", ""},
		{"package name", "htt¦", -3, "http httptest", "internal"},
		{"struct keys", "p := point{na¦", -2, "name", ""},
		{"struct keys, not values", "p := point{name: na¦", -2, "named", "name"},
		{"generic", "s := []int{}\nslices.So¦", -2, "Sort SortFunc", ""},
		{"type", "var wg sync.Wa¦", -2, "WaitGroup", ""},
		{"method value", "var wg sync.WaitGroup\nwg.¦\nwg.Wait()", 0, "Add Done Go Wait", "noCopy"},
		{"special line", "%li¦", -3, "%list", "%env"},
		{"body line", "%%b¦", -3, "%%bash", ""},
		{"import path", "import \"net/ht¦", -6, "net/http", "net/mail"},
		{"import path in a group", "import (\n\t\"enc¦\n)", -3, "encoding/json", ""},
		{"unicode", "größe := 1\nfmt.Println(\"ä\", gr¦)", -2, "größe", ""},
		{"in a string", "x := \"fmt.¦\"", 0, "", "Println"},
		{"after a number", "x := 1.¦", 0, "", "Println"},
		{"empty", "¦", 0, "counter double", "break"},
		{"labels of nothing", "nothingAtAll.¦", 0, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			src, offset := cut(tt.cell)
			got, err := m.Complete(context.Background(), session, src, offset)
			if err != nil {
				t.Fatal(err)
			}
			var texts []string
			for _, match := range got.Matches {
				texts = append(texts, match.Text)
			}
			for _, want := range strings.Fields(tt.want) {
				if !slices.Contains(texts, want) {
					t.Errorf("no %s in %.300q", want, texts)
				}
			}
			for _, not := range strings.Fields(tt.not) {
				if slices.Contains(texts, not) {
					t.Errorf("%s is in %.300q", not, texts)
				}
			}
			if tt.want == "" && len(texts) > 0 {
				t.Errorf("got %.300q, want nothing", texts)
			}
			if got.Start != offset+tt.start || got.End != offset {
				t.Errorf("replaces %d to %d, want %d to %d", got.Start, got.End, offset+tt.start, offset)
			}
		})
	}
}

func TestCompleteOrderAndDetail(t *testing.T) {
	m := newModule(t, open(t))
	session := remember(t, m, remembered)
	src, offset := cut("counts := map[string]int{}\ncoun¦")
	got, err := m.Complete(context.Background(), session, src, offset)
	if err != nil || len(got.Matches) < 2 {
		t.Fatal(got, err)
	}
	want := []Match{{"counts", "var", "map[string]int"}, {"counter", "var", "int"}}
	if !slices.Equal(got.Matches[:2], want) {
		t.Errorf("got %v, want %v", got.Matches[:2], want)
	}
}

func TestInspect(t *testing.T) {
	m := newModule(t, open(t))
	session := remember(t, m, remembered)
	for _, tt := range []struct {
		name, cell string
		want       []string // nil: nothing to say
	}{
		{"function", "strings.ToUp¦per(\"a\")", []string{"func strings.ToUpper(s string) string", "all Unicode letters mapped to their upper case", "(strings)"}},
		{"in a call", "strings.Repeat(\"a\", ¦)", []string{"func strings.Repeat(s string, count int) string", "returns a new string"}},
		{"open call", "strings.Repeat(¦", []string{"func strings.Repeat"}},
		{"innermost call", "strings.Repeat(strings.ToUpper(¦), 2)", []string{"func strings.ToUpper"}},
		{"package", "str¦ings.ToUpper(\"\")", []string{`import "strings"`, "simple functions to manipulate UTF-8"}},
		{"package never imported", "htt¦p.Get(\"\")", []string{`import "net/http"`, "HTTP client and server"}},
		{"type", "var wg sync.Wait¦Group", []string{"type sync.WaitGroup struct", "(*sync.WaitGroup) Wait()", "counting semaphore", "not exported"}},
		{"method", "var wg sync.WaitGroup\nwg.W¦ait()", []string{"Wait()", "Wait blocks until"}},
		{"field", "var r http.Request\nr.Hea¦der.Get(\"\")", []string{"field Header http.Header", "request header fields"}},
		{"remembered", "dou¦ble(2)", []string{"func double(n int) int", "returns twice n", "cell[1]:"}},
		{"remembered type", "var p po¦int", []string{"type point struct", "x int", "func (point) Len() int", "func (*point) move(dx int)", "a place on the plane"}},
		{"field comment", "p := point{}\np.na¦me = \"\"", []string{"field name string", "what it is called"}},
		{"local", "x := []int{}\nfmt.Println(¦x)", []string{"var x []int"}},
		{"builtin", "xs := ma¦ke([]int, 3)", []string{"make", "allocates and initializes"}},
		{"constant", "time.Sec¦ond", []string{"const time.Second time.Duration"}},
		{"broken around", "x := := 1\nstrings.ToUp¦per(\"\")", []string{"func strings.ToUpper"}},
		{"course", "kernelext.La¦nes(func() {})", []string{"func kernelext.Lanes"}},
		{"nothing", "x := 1 ¦ + 2", nil},
		{"special line", "%li¦st", nil},
		{"unknown", "nothingAt¦All()", nil},
		{"empty", "¦", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			src, offset := cut(tt.cell)
			d, ok, err := m.Inspect(context.Background(), session, src, offset)
			if err != nil {
				t.Fatal(err)
			}
			if ok != (tt.want != nil) {
				t.Fatalf("got %v, %+v", ok, d)
			}
			for _, want := range tt.want {
				if !strings.Contains(d.Text(), want) {
					t.Errorf("no %q in\n%s", want, d.Text())
				}
			}
		})
	}
}

// FuzzComplete wants an answer, and no crash, for whatever is typed.
func FuzzComplete(f *testing.F) {
	f.Add("fmt.Println(strings.", 20)
	f.Add("x := point{", 11)
	f.Add("for {{{ }", 5)
	f.Add("%%\nimport \"", 11)
	m := newModule(f, open(f))
	session := remember(f, m, remembered)
	f.Fuzz(func(t *testing.T, src string, offset int) {
		got, err := m.Complete(context.Background(), session, src, offset)
		if err != nil {
			t.Fatal(err)
		}
		if got.Start < 0 || got.Start > got.End || got.End > len(src) {
			t.Errorf("replaces %d to %d of %d bytes", got.Start, got.End, len(src))
		}
		if _, _, err := m.Inspect(context.Background(), session, src, offset); err != nil {
			t.Fatal(err)
		}
	})
}

func BenchmarkComplete(b *testing.B) {
	m := newModule(b, open(b))
	session := remember(b, m, remembered)
	n := 0
	for b.Loop() {
		n++
		src, offset := cut(strings.Repeat("x++\n", n%50) + "var r *http.Request\nfmt.Println(r.URL.¦")
		if _, err := m.Complete(context.Background(), session, src, offset); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkInspect(b *testing.B) {
	m := newModule(b, open(b))
	session := remember(b, m, remembered)
	n := 0
	for b.Loop() {
		n++
		src, offset := cut(strings.Repeat("x++\n", n%50) + "var s http.Server\ns.Serv¦e(nil)")
		if _, _, err := m.Inspect(context.Background(), session, src, offset); err != nil {
			b.Fatal(err)
		}
	}
}
