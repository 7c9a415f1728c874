package toolchain

import (
	"context"
	"go/token"
	"maps"
	"slices"
	"strings"
	"testing"

	"lanebook/internal/program"
)

// The outline of a package, read from its source, has the names that its
// export data has: no more, no less.
func TestOutlines(t *testing.T) {
	tc := open(t)
	m := newModule(t, tc)
	if err := tc.Prepare(context.Background()); err != nil {
		t.Fatal(err)
	}
	tb := m.drafting()
	for path, name := range tb.std.Names {
		if got := tc.outlines.names()[path]; got != name {
			t.Errorf("%s is called %q, want %q", path, got, name)
		}
		p := tb.pkg(path)
		if p == nil || p.File == "" || path == "unsafe" {
			continue // not prepared yet
		}
		imported, err := tb.imp.Import(path)
		if err != nil {
			t.Fatal(err)
		}
		want := exported(imported)
		got := slices.Sorted(maps.Keys(tc.outlines.of(path).exports))
		if !slices.Equal(got, want) {
			t.Errorf("%s: in the outline %q\nin the export data %q", path, without(got, want), without(want, got))
		}
		for _, name := range got {
			if have := tc.outlines.of(path).exports[name].Kind; have != kindOf(imported.Scope().Lookup(name)) {
				t.Errorf("%s.%s is a %s", path, name, have)
			}
		}
	}
	for path := range tc.outlines.names() {
		if tb.std.Names[path] == "" {
			t.Errorf("%s cannot be imported", path)
		}
	}
}

// without lists what is in a alone.
func without(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return slices.Contains(b, s) })
}

// On a new machine nothing is compiled yet: names and their documentation are
// there from the start, and nobody waits.
func TestHelpBeforeAnythingIsPrepared(t *testing.T) {
	tc := openAt(t, t.TempDir())
	m := newModule(t, tc)
	for cell, want := range map[string]string{
		"http.StatusO¦":    "StatusOK",
		"fmt.Pri¦":         "Println",
		"rand.IntN¦":       "IntN",
		"import \"net/ht¦": "net/http",
		"htt¦":             "http",
		"kernelext.La¦":    "Lanes",
		"total := 0\nto¦":  "total",
		"type p struct{ size int }\nvar v p\nv.¦": "size",
	} {
		src, offset := cut(cell)
		got, err := m.Complete(context.Background(), program.Session{}, src, offset)
		if err != nil || !slices.ContainsFunc(got.Matches, func(m Match) bool { return m.Text == want }) {
			t.Errorf("%s: no %s in %v, %v", cell, want, got.Matches, err)
		}
		if tc.prepare != nil {
			t.Errorf("%s: help has begun to compile the standard library", cell)
		}
	}
	src, offset := cut("http.Ge¦t(\"\")")
	d, ok, err := m.Inspect(context.Background(), program.Session{}, src, offset)
	if err != nil || !ok || !strings.Contains(d.Text(), "func Get(url string) (resp *Response, err error)") || !strings.Contains(d.Doc, "issues a GET") {
		t.Errorf("got %+v, %v, %v", d, ok, err)
	}
	if tc.prepare != nil {
		t.Error("help has begun to compile the standard library")
	}
}

func TestOutlineOfGroups(t *testing.T) {
	o := &outline{exports: map[string]export{}}
	o.read("x.go", []byte(`package x

const (
	// A is one.
	A, B = 1, 2
	c, D = 3, 4
)

var E = map[string]int{
	"F": 1,
}

type G[T any] struct {
	H int
}

type (
	I int
	j int
)

func (g G[T]) K() {}
func L[T any](x T) (y T) {
	M := x
	return M
}
`))
	got := strings.Join(slices.Sorted(maps.Keys(o.exports)), " ")
	if got != "A B D E G I L" {
		t.Errorf("got %s", got)
	}
	if e := o.exports["L"]; e.Detail != "func[T any](x T) (y T)" || e.declared != (token.Position{Filename: "x.go", Line: 23}) {
		t.Errorf("got %+v", e)
	}
}

func BenchmarkOutline(b *testing.B) {
	tc := open(b)
	for b.Loop() {
		newOutlines(tc.env, nil).of("net/http")
	}
}
