package stuck

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const embrace = `watch: 1
state: suspect
caller: 1
holders: runtime
held: 4096100 7 w cell[1]:3
held: 4096200 8 w /somewhere/cell[1]:3
held: junk
held: 1 2
held: 1 2 w nowhere
label: 4096200 the second

goroutine 7 [sync.Mutex.Lock]:
internal/sync.(*Mutex).lockSlow(0x3e80c8)
	/go/src/internal/sync/mutex.go:149 +0x15d
main.transfer(0x1?, 0x2?)
	cell[1]:4 +0x1

goroutine 8 [sync.Mutex.Lock]:
internal/sync.(*Mutex).lockSlow(0x3e8064)
	/go/src/internal/sync/mutex.go:149 +0x15d
main.transfer(0x1?, 0x2?)
	cell[1]:4 +0x1
`

// What the runtime knows of holders is taken instead of what the source says.
func TestHolders(t *testing.T) {
	r, err := Parse([]byte(embrace))
	if err != nil {
		t.Fatal(err)
	}
	want := []Held{{4096100, 7, false, "cell[1]", 3}, {4096200, 8, false, "cell[1]", 3}}
	if diff := cmp.Diff(want, r.Held); diff != "" || !r.Holders {
		t.Fatal(diff)
	}
	source := "\nfunc transfer(from, to *account) {\n\tfrom.mu.Lock()\n\tto.mu.Lock()\n}\n"
	g := newGraph(r, func(string) string { return source })
	if diff := cmp.Diff([]int64{7, 8}, g.Cycle); diff != "" {
		t.Error(diff)
	}
	var held []string
	for _, n := range g.Nodes {
		for _, h := range n.Holds {
			held = append(held, h.Object+" "+h.At.Text)
		}
	}
	if diff := cmp.Diff([]string{"from.mu from.mu.Lock()", "the second from.mu.Lock()"}, held); diff != "" {
		t.Error(diff)
	}
	// Without the table both are "from.mu", and nobody can tell them apart.
	r, err = Parse([]byte(strings.ReplaceAll(embrace, "holders: runtime\n", "")))
	if err != nil {
		t.Fatal(err)
	}
	if g := newGraph(r, func(string) string { return source }); g.Cycle != nil {
		t.Errorf("a circle made up from the source: %v", g.Cycle)
	}
}
