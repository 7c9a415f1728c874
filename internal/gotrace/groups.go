package gotrace

import (
	"cmp"
	"slices"
	"time"
)

// How many goroutines get a lane of their own. Above maxLanes, the picture
// shows groups of goroutines that do the same, and of single ones the few most
// telling.
const (
	maxLanes   = 200
	crowdLanes = 12
	maxGroups  = 10
)

// groupColumns is into how many moments a group's life is cut.
const groupColumns = 340

// group is goroutines that started at the same line with the same function.
type group struct {
	name    string
	created *Pos
	members []*Goroutine
	most    float64                           // of them at once
	columns map[string]*[groupColumns]float64 // by look: how many, on average, in each column
	spent   map[string]time.Duration          // by look
	life    time.Duration                     // of all together
}

// groups puts the goroutines of a crowd together by what they do, largest
// groups first. What does not fit into so many groups is one more.
func (t *Timeline) groups() []*group {
	type key struct {
		entry   string
		created *Pos
	}
	byKey := map[key]*group{}
	var gs []*group
	for _, g := range t.Goroutines[1:] {
		k := key{g.Entry, g.Created}
		gr := byKey[k]
		if gr == nil {
			gr = &group{name: shortName(g.Entry), created: g.Created}
			byKey[k] = gr
			gs = append(gs, gr)
		}
		gr.members = append(gr.members, g)
	}
	slices.SortStableFunc(gs, func(a, b *group) int { return cmp.Compare(len(b.members), len(a.members)) })
	if len(gs) > maxGroups {
		rest := &group{}
		for _, gr := range gs[maxGroups-1:] {
			rest.members = append(rest.members, gr.members...)
		}
		gs = append(gs[:maxGroups-1], rest)
	}
	for _, gr := range gs {
		gr.count(t.End)
	}
	return gs
}

// count adds up what the members do in every column.
func (gr *group) count(end time.Duration) {
	gr.columns, gr.spent = map[string]*[groupColumns]float64{}, map[string]time.Duration{}
	for _, l := range looks {
		gr.columns[l] = new([groupColumns]float64)
	}
	scale := float64(groupColumns) / float64(end)
	for _, g := range gr.members {
		gr.life += g.Life()
		for _, i := range g.Intervals {
			look := i.look()
			gr.spent[look] += i.Len()
			addTo(gr.columns[look][:], float64(i.From)*scale, float64(i.To)*scale, 1)
		}
	}
	for c := range groupColumns {
		sum := 0.0
		for _, l := range looks {
			sum += gr.columns[l][c]
		}
		gr.most = max(gr.most, sum)
	}
}

// mostly are the looks in which a group spent its time, with their shares in
// per cent, largest first.
func (gr *group) mostly() (what []string, shares []int) {
	for _, l := range looks {
		if share(gr.spent[l], gr.life) >= 5 {
			what = append(what, l)
		}
	}
	slices.SortStableFunc(what, func(a, b string) int { return cmp.Compare(gr.spent[b], gr.spent[a]) })
	what = what[:min(len(what), 3)]
	for _, l := range what {
		shares = append(shares, share(gr.spent[l], gr.life))
	}
	return what, shares
}

// crowded reports whether there are more goroutines than lanes.
func (t *Timeline) crowded() bool { return len(t.Goroutines) > maxLanes }
