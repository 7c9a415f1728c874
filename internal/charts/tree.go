package charts

import (
	"fmt"
	"strings"

	"lanebook/internal/paper"
)

// tree is things that come out of one another.
type tree struct {
	About string `json:"about"` // tree, selector, processes
	Nodes []node `json:"nodes"` // parents before their children
	Lost  int    `json:"lost"`
	Name  string `json:"name"`  // of a selector
	Found int    `json:"found"` // how often, at the depth that decides
	Depth int    `json:"depth"`
}

type node struct {
	Parent int    `json:"parent"` // index; -1: the root
	Label  string `json:"label"`
	Note   string `json:"note"`
	Kind   string `json:"kind"` // of a selector: method, field, seen (and not there), unseen
	order  int    // of the search, from 1
}

const (
	treeWidth = 720
	treeRow   = 34
	maxNodes  = 60 // in the picture
)

func drawTree(data []byte, w *words) (*picture, error) {
	t, err := read[tree](data)
	if err != nil {
		return nil, err
	}
	if len(t.Nodes) == 0 {
		return nil, errEmpty
	}
	for i, n := range t.Nodes {
		if n.Parent >= i || n.Parent < -1 || n.Parent < 0 && i > 0 {
			return nil, errEmpty
		}
		if t.About == "selector" {
			t.Nodes[i].order = i + 1 // nodes are recorded in the order of the search
		}
	}
	p := &picture{told: t.tell(w), text: t.outline(w)}
	p.image = t.image(w)
	return p, nil
}

func (t *tree) tell(w *words) []string {
	var told []string
	switch t.About {
	case "selector":
		var places []string
		for _, n := range t.Nodes {
			if n.Kind == "method" || n.Kind == "field" {
				places = append(places, "“"+n.Label+"”")
			}
		}
		switch {
		case t.Found == 0:
			told = append(told, fmt.Sprintf(w.fig.selectNone, t.Name))
		case t.Found == 1:
			told = append(told, fmt.Sprintf(w.fig.selectOne, t.Name, strings.Join(places, w.listed), t.Depth))
		default:
			told = append(told, fmt.Sprintf(w.fig.selectClash, t.Name, strings.Join(places, w.listed), t.Depth))
		}
	case "processes":
		told = append(told, fmt.Sprintf(w.fig.processes, len(t.Nodes)))
	default:
		told = append(told, fmt.Sprintf(w.fig.nodes, len(t.Nodes)+t.Lost, t.deepest()))
	}
	if hidden := len(t.Nodes) + t.Lost - maxNodes; hidden > 0 {
		told = append(told, fmt.Sprintf(w.fig.moreSteps, hidden))
	}
	return told
}

func (t *tree) depth(i int) int {
	d := 0
	for t.Nodes[i].Parent >= 0 {
		i = t.Nodes[i].Parent
		d++
	}
	return d
}

func (t *tree) deepest() int {
	most := 0
	for i := range t.Nodes[:min(len(t.Nodes), maxNodes)] {
		most = max(most, t.depth(i))
	}
	return most + 1
}

// rows are the nodes in the order of reading: children under their parents.
func (t *tree) rows() []int {
	children := make([][]int, len(t.Nodes))
	for i, n := range t.Nodes[1:] {
		children[n.Parent] = append(children[n.Parent], i+1)
	}
	var rows []int
	var walk func(i int)
	walk = func(i int) {
		if len(rows) >= maxNodes {
			return
		}
		rows = append(rows, i)
		for _, k := range children[i] {
			walk(k)
		}
	}
	walk(0)
	return rows
}

// remark is what stands beside a node.
func (t *tree) remark(n node, w *words) string {
	if t.About != "selector" {
		return n.Note
	}
	switch n.Kind {
	case "method", "field":
		if t.Found > 1 {
			return fmt.Sprintf(w.fig.clashes, n.order, t.Name)
		}
		return fmt.Sprintf(w.fig.foundHere, n.order, t.Name)
	case "seen":
		return fmt.Sprintf(w.fig.notHere, n.order, t.Name)
	}
	return w.fig.notSearched
}

func (t *tree) outline(w *words) string {
	var b strings.Builder
	for _, i := range t.rows() {
		line := strings.Repeat("   ", t.depth(i)) + t.Nodes[i].Label
		if note := t.remark(t.Nodes[i], w); note != "" {
			line += "  – " + note
		}
		b.WriteString(line + "\n")
	}
	return b.String()
}

func (t *tree) image(w *words) *canvas {
	c := newCanvas(treeWidth)
	rows := t.rows()
	indent := min(34, 380/float64(t.deepest()))
	at := make(map[int]int, len(rows)) // row of a node
	for row, i := range rows {
		at[i] = row
	}
	x := func(i int) float64 { return margin + indent*float64(t.depth(i)) }
	y := func(i int) float64 { return margin + treeRow*float64(at[i]) }
	for _, i := range rows {
		if parent := t.Nodes[i].Parent; parent >= 0 {
			c.printf(`<path class="life" fill="none" d="M%.1f %.1fV%.1fH%.1f"/>`, x(parent)+12, y(parent)+26, y(i)+13, x(i))
		}
	}
	for _, i := range rows {
		n := t.Nodes[i]
		width := min(max(paper.Wide(n.Label, 13)+20, 50), 330)
		c.boxed(t.look(n), x(i), y(i), width, 26, "small", n.Label)
		left := x(i) + width + 12
		c.text(left, y(i)+18, "small dim", "", fit(t.remark(n, w), treeWidth-margin-left, 13))
	}
	c.height = margin + treeRow*float64(len(rows)) - 8 + margin
	return c
}

// look is the class of a node's box.
func (t *tree) look(n node) string {
	switch {
	case t.About != "selector":
		return "c0"
	case n.Kind == "method" || n.Kind == "field":
		if t.Found > 1 {
			return "c3"
		}
		return "c2"
	case n.Kind == "seen":
		return "c4"
	}
	return "free"
}
