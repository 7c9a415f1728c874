package stuck

import (
	"fmt"
	"strings"
)

// teller says in sentences what the matter is. Source text stands between
// backquotes.
type teller struct {
	r       *Report
	g       *Graph
	w       *vocabulary
	opt     Options
	verdict string
	out     []string
}

// most is how many goroutines are spoken of one by one.
const most = 6

func (t *teller) sayf(format string, args ...any) {
	t.out = append(t.out, fmt.Sprintf(format, args...))
}

// tell returns the sentences.
func (t *teller) tell() []string {
	w := t.w
	stuck := t.stuck()
	switch t.verdict {
	case "ok":
		t.okay()
	case "panic":
		t.panicked()
	case "exit":
		t.sayf("%s", w.exited)
		if len(stuck) > 0 {
			t.sayf("%s", w.waited)
		}
	case "deadlock":
		switch {
		case t.unsure():
			t.sayf("%s", w.allUnsure)
		case t.r.Total == 1:
			t.sayf("%s", w.allOne)
		default:
			t.sayf(w.all, t.r.Total)
		}
	case "partial-deadlock":
		t.sayf(w.partial, len(stuck), t.r.Total)
	case "leak":
		t.leak(stuck)
	}
	read := t.each(stuck)
	if t.verdict == "leak" || t.verdict == "partial-deadlock" {
		t.busy()
	}
	t.hints()
	switch {
	case t.verdict == "deadlock" || len(stuck) == 0:
	case never(stuck):
		t.sayf("%s", w.proven)
	case t.r.Collector:
		t.sayf("%s", w.unproven)
	default:
		t.sayf("%s", w.unasked)
	}
	if t.g.Hidden > 0 {
		t.sayf(w.more, t.g.Hidden)
	}
	if read {
		source := w.source
		if t.r.Holders {
			source = w.holders
		}
		t.sayf("%s", source)
	}
	if t.opt.HideLines && len(t.g.Nodes) > 0 {
		t.sayf("%s", w.noNumber)
	}
	return t.out
}

// unsure is true as long as nobody has confirmed that it is a deadlock.
func (t *teller) unsure() bool { return t.r.State == "suspect" && t.opt.End != "deadlock" }

// stuck are the goroutines that the verdict is about.
func (t *teller) stuck() []*Node {
	var ns []*Node
	for _, n := range t.g.Nodes {
		if t.verdict == "partial-deadlock" && !n.Never {
			continue
		}
		if n.Waits() && t.verdict != "ok" && t.verdict != "panic" {
			ns = append(ns, n)
		}
	}
	return ns
}

func never(ns []*Node) bool {
	for _, n := range ns {
		if !n.Never {
			return false
		}
	}
	return len(ns) > 0
}

func (t *teller) okay() {
	if len(t.g.Nodes) > 0 {
		t.sayf(t.w.okAlone, short(t.r.After))
		t.busy()
		return
	}
	t.sayf(t.w.ok, short(t.r.After))
}

func (t *teller) panicked() {
	if len(t.g.Nodes) == 0 || t.opt.Message == "" {
		t.sayf("%s", t.w.panicPlain)
		return
	}
	n := t.g.Nodes[0]
	t.sayf(t.w.panicked, n.Name, t.place(n.At), strings.ReplaceAll(firstLine(t.opt.Message), "`", "'"))
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

func (t *teller) leak(stuck []*Node) {
	w := t.w
	switch sure := never(stuck); {
	case sure && len(stuck) == 1:
		t.sayf("%s", w.leakOne)
	case sure:
		t.sayf(w.leak, len(stuck))
	case len(stuck) == 1:
		t.sayf("%s", w.leakOneMay)
	default:
		t.sayf(w.leakMaybe, len(stuck))
	}
}

// each speaks of every stuck goroutine; of several that are alike only once.
// It returns whether it said something that it read from the source.
func (t *teller) each(stuck []*Node) (read bool) {
	said := 0
	for _, group := range alike(stuck) {
		if said++; said > most {
			break
		}
		n := group[0]
		if own, ok := t.g.selfEdge(n); ok {
			t.sayf(t.w.selfLock, t.names(group), n.Object, t.place(own.Held))
			read = true
			continue
		}
		does := t.waits(n)
		if len(group) > 1 {
			does = plural(does)
		}
		t.sayf(t.w.says, t.names(group), does)
		read = t.why(n) || read
	}
	if len(t.g.Cycle) > 1 {
		var names []string
		for _, id := range append(t.g.Cycle, t.g.Cycle[0]) {
			names = append(names, t.g.node(id).Name)
		}
		t.sayf(t.w.circle, strings.Join(names, " → "))
	}
	return read
}

// why says who could have woken n.
func (t *teller) why(n *Node) (read bool) {
	told := 0
	for _, e := range t.g.Edges {
		if e.From != n.ID || told == 2 {
			continue
		}
		told++
		to := t.g.node(e.To)
		switch {
		case e.Do == "unlock" && e.At.Line == 0:
			t.sayf(t.w.forgot, to.Name, n.Object)
		case to.Waits():
			t.sayf(t.w.onlyBy, to.Name, t.w.does[e.Do], t.place(e.At))
		default:
			t.sayf(t.w.orBy, to.Name, t.w.does[e.Do], t.place(e.At))
		}
	}
	if told > 0 {
		return true
	}
	switch nothing := t.w.nothing[n.Kind]; {
	case n.Object == "" || n.Kind == "select" || n.Kind == "forever":
		return false
	case len(n.Sites) > 0:
		var places []string
		for _, s := range n.Sites[:min(len(n.Sites), 3)] {
			places = append(places, t.placeText(s.At))
		}
		format := t.w.noOneBy
		if !n.Never && t.verdict != "deadlock" {
			format = t.w.onlyAt
		}
		t.sayf(format, strings.Join(places, t.w.join))
		return true
	case nothing != "" && n.object != 0 && t.declaredHere(n):
		t.sayf(nothing, n.Object)
		return true
	}
	return false
}

// declaredHere reports whether all uses of what n waits for are in the text we
// have: it was declared there, and not handed to somebody else's code.
func (t *teller) declaredHere(n *Node) bool { return n.object > 0 && n.object < 1_000_000 }

// busy speaks of those who are there and not stuck.
func (t *teller) busy() {
	told := 0
	for _, n := range t.g.Nodes {
		if t.verdict == "partial-deadlock" && n.Never || t.verdict != "partial-deadlock" && n.Waits() {
			continue
		}
		if told++; told > 3 {
			break
		}
		format := t.w.stillBusy
		if t.verdict == "partial-deadlock" {
			format = t.w.somebody
		}
		t.sayf(format, n.Name, t.waits(n))
	}
}

// hints say what to try.
func (t *teller) hints() {
	locks := 0
	for _, e := range t.g.Edges {
		if e.Cycle && e.Do == "unlock" && e.From != e.To {
			locks++
		}
	}
	if locks > 1 {
		t.sayf("%s", t.w.order)
	}
	told := map[string]bool{}
	for _, n := range t.stuck() {
		closes := false
		for _, s := range n.Sites {
			closes = closes || s.Do == "close"
		}
		if n.Ranges && !closes && n.Object != "" && !told[n.Object] {
			told[n.Object] = true
			t.sayf(t.w.closeIt, n.Object)
		}
	}
}

func (g *Graph) node(id int64) *Node {
	for _, n := range g.Nodes {
		if n.ID == id {
			return n
		}
	}
	return &Node{}
}

// selfEdge is the line from a goroutine that waits for itself.
func (g *Graph) selfEdge(n *Node) (Edge, bool) {
	for _, e := range g.Edges {
		if e.From == n.ID && e.To == n.ID {
			return e, true
		}
	}
	return Edge{}, false
}
