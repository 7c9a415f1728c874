package kernelext

import "sync/atomic"

// marking is where Mark notes its texts while Tally runs: marks are made in any
// goroutine, so this belongs to the process, as a recording does.
var marking atomic.Pointer[notes]

// maxNotes is how many marks of one run tell schedules apart. // arbitrary
const maxNotes = 32

// notes are the marks of one run, in the order in which they were made. Taking
// a place is one atomic step and no lock, so as not to put the goroutines in
// an order of our own. A goroutine that outlives its run writes into the notes
// of that run, never into the next one's.
type notes struct {
	next  atomic.Int32
	texts [maxNotes]atomic.Pointer[string]
}

func (n *notes) add(text string) {
	if i := n.next.Add(1) - 1; i < maxNotes {
		n.texts[i].Store(&text)
	}
}

func (n *notes) taken() []string {
	var texts []string
	for i := range n.texts {
		if text := n.texts[i].Load(); text != nil {
			texts = append(texts, *text)
		}
	}
	return texts
}
