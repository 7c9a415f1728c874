package stuck

import (
	"fmt"
	"strings"
	"time"
)

// waits says what n does: "waits for the lock `mu` at cell[3]:10 `mu.Lock()`".
func (t *teller) waits(n *Node) string {
	if format := t.w.waits[n.Kind]; format != "" && n.Object != "" {
		return fmt.Sprintf(format, n.Object, t.place(n.At))
	}
	return fmt.Sprintf(t.w.plain[n.Kind], t.place(n.At))
}

// plural makes what one does what several do, in English.
func plural(does string) string {
	if rest, ok := strings.CutPrefix(does, "waits "); ok {
		return "wait " + rest
	}
	return does
}

// names lists several that wait alike.
func (t *teller) names(group []*Node) string {
	var names []string
	for _, n := range group {
		names = append(names, n.Name)
	}
	if len(names) > 4 {
		names = append(names[:3], fmt.Sprintf("+%d", len(group)-3))
	}
	if len(names) == 1 {
		return names[0]
	}
	return strings.Join(names[:len(names)-1], t.w.join) + t.w.and + names[len(names)-1]
}

// alike groups goroutines that wait in the same line for the same.
func alike(ns []*Node) [][]*Node {
	type key struct {
		kind, object string
		at           Place
	}
	index := map[key]int{}
	var groups [][]*Node
	for _, n := range ns {
		k := key{n.Kind, n.Object, n.At}
		if len(n.Holds) > 0 {
			k.object += n.Name // what it holds makes it special
		}
		i, ok := index[k]
		if !ok {
			i = len(groups)
			index[k] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], n)
	}
	return groups
}

// place is " at cell[3]:12 `mu.Lock()`", or nothing if it is not known.
func (t *teller) place(p Place) string {
	if text := t.placeText(p); text != "" {
		return t.w.at + text
	}
	return ""
}

func (t *teller) placeText(p Place) string {
	var parts []string
	if where := t.opt.where(p); where != "" {
		parts = append(parts, where)
	}
	if p.Text != "" {
		parts = append(parts, "`"+strings.ReplaceAll(p.shown(), "`", "'")+"`")
	}
	return strings.Join(parts, " ")
}

// short writes d as people say it: "1.23 ms".
func short(d time.Duration) string {
	switch v := float64(d); {
	case d < time.Microsecond:
		return fmt.Sprintf("%d ns", d)
	case v < 999.5e3:
		return fmt.Sprintf("%.3g µs", v/1e3)
	case v < 999.5e6:
		return fmt.Sprintf("%.3g ms", v/1e6)
	}
	return fmt.Sprintf("%.3g s", d.Seconds())
}
