package gotrace

import (
	"fmt"
	"strings"
)

// adoptEntries gives goroutines that were never seen in the learner's code (they
// ran to their end without a stop) the function of others started on the same line.
func (b *builder) adoptEntries() {
	known := map[*Pos]string{}
	for _, g := range b.order {
		if g.outer != "" {
			known[g.Created] = g.outer
		}
	}
	for _, g := range b.order {
		if g.Created == b.places.nowhere() {
			continue // the first one, or started by a timer: of no line
		}
		if g.outer == "" && kindOf(g.entry) != learners || strings.Contains(g.entry, ".gowrap") && g.outer == "" {
			g.outer = known[g.Created]
		}
	}
}

// nameAll gives a name to goroutines that have none: their function's if it has
// one, with a number where several run the same, or what a timer was set by.
func nameAll(gs []*Goroutine) {
	count := map[string]int{}
	for i, g := range gs {
		if i > 0 && !g.named {
			count[g.bareName()]++
		}
	}
	next := map[string]int{}
	for i, g := range gs {
		switch {
		case g.named:
		case i == 0 && g.ID == 1:
			g.Name = "main"
		case i == 0:
			g.Name = "caller"
		default:
			short := g.bareName()
			next[short]++
			g.Name = short
			if count[short] > 1 || short == "goroutine" {
				g.Name = fmt.Sprintf("%s %d", short, next[short])
			}
		}
	}
}

// bareName is what a goroutine is called without a number.
func (g *Goroutine) bareName() string {
	short := shortName(g.Entry)
	if short == "goroutine" && g.timer != "" {
		return fmt.Sprintf(english.timer, g.timer)
	}
	return short
}

// nameTimers says in the learner's language what a timer's goroutine is.
func (t *Timeline) nameTimers(w *words) {
	for _, g := range t.Goroutines {
		if g.timer != "" && !g.named {
			g.Name = strings.Replace(g.Name, fmt.Sprintf(english.timer, g.timer), fmt.Sprintf(w.timer, g.timer), 1)
		}
	}
}

// shortName is "worker" for "main.worker" and "goroutine" for a function that
// has no name, such as "main.main.func2".
func shortName(entry string) string {
	if entry == coroutineEntry {
		return "coroutine"
	}
	name := entry[strings.LastIndex(entry, "/")+1:]
	if _, rest, ok := strings.Cut(name, "."); ok {
		name = rest
	}
	name = strings.TrimSuffix(strings.TrimSuffix(name, "-fm"), "[...]")
	last := name[strings.LastIndex(name, ".")+1:]
	for _, made := range []string{"func", "gowrap"} { // names the compiler makes
		if rest, ok := strings.CutPrefix(last, made); ok && strings.Trim(rest, "0123456789") == "" {
			return "goroutine"
		}
	}
	if last == "" || strings.Trim(last, "0123456789") == "" { // main.main.func1.2
		return "goroutine"
	}
	return last
}
