package figure

import (
	"strings"
	"sync"

	"lanebook/internal/cell"
)

// Tree records things that come out of one another: calls, contexts, processes.
// Its methods may be called from any goroutine.
type Tree struct {
	all   *forest
	index int
}

// forest is a whole tree, which its nodes share.
type forest struct {
	mu    sync.Mutex
	title string
	nodes []node
	lost  int
}

type node struct {
	parent            int // -1: the root
	label, note, kind string
}

// NewTree begins a recording. The tree it returns is the root.
func NewTree(title, label string, note ...string) *Tree {
	return &Tree{all: &forest{title: title, nodes: []node{{-1, label, strings.Join(note, ", "), ""}}}}
}

// Add puts a child under t and returns it.
func (t *Tree) Add(label string, note ...string) *Tree {
	return t.add(label, strings.Join(note, ", "), "")
}

// Note replaces what stands beside t.
func (t *Tree) Note(note string) {
	t.all.mu.Lock()
	defer t.all.mu.Unlock()
	t.all.nodes[t.index].note = note
}

func (t *Tree) add(label, note, kind string) *Tree {
	f := t.all
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.nodes) >= most {
		f.lost++
		return t
	}
	f.nodes = append(f.nodes, node{t.index, label, note, kind})
	return &Tree{f, len(f.nodes) - 1}
}

// Draw shows the whole tree so far.
func (t *Tree) Draw() { t.all.draw("tree") }

func (f *forest) draw(about string, fields ...any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var nodes cell.List
	for _, n := range f.nodes {
		nodes = append(nodes, cell.Object{"parent", n.parent, "label", n.label, "note", n.note, "kind", n.kind})
	}
	draw("tree", f.title, append([]any{"about", about, "nodes", nodes, "lost", f.lost}, fields...)...)
}
