package study

import "slices"

// tabs remembers who saved each notebook last. A page that is left in the
// middle of a save sends once more what may not have arrived, and cannot know
// the version that its own save made; it is not in conflict with itself.
// The zero value is ready.
type tabs struct {
	last map[string]lastSave // by key
}

// lastSave is a row of saves by one tab with nobody in between.
type lastSave struct {
	tab  string
	from []string // the versions that it replaced, oldest first
	to   string   // the version that it made
	seq  int      // the number of the save that made it
}

// maxReplaced versions are remembered of one tab; arbitrary, far more than can
// be on their way at once.
const maxReplaced = 8

// mayReplace reports whether an edit of tab, made from version match, may
// replace the version now.
func (t *tabs) mayReplace(key, tab, match, now string) bool {
	if match == "*" || match == now {
		return true
	}
	last := t.last[key]
	return tab != "" && tab == last.tab && now == last.to && slices.Contains(last.from, match)
}

// overtaken reports whether a later save of the same tab has made the version
// now: what a page sends as it is left may arrive before what it sent earlier.
func (t *tabs) overtaken(key string, e edit, now string) bool {
	last := t.last[key]
	return e.Tab != "" && e.Tab == last.tab && now == last.to && e.Seq < last.seq
}

// saved notes that e has replaced one version by another.
func (t *tabs) saved(key string, e edit, from, to string) {
	tab := e.Tab
	next := lastSave{tab: tab, from: []string{from}, to: to, seq: e.Seq}
	if last := t.last[key]; last.tab == tab && last.to == from {
		next.from = append(slices.Clone(last.from[max(0, len(last.from)-maxReplaced):]), from)
	}
	if t.last == nil {
		t.last = map[string]lastSave{}
	}
	t.last[key] = next
}
