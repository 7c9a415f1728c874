package charts

import (
	"fmt"

	"lanebook/internal/measure"
)

// observed is what looking costs: a comparison whose cases are the same
// function, not recorded, under Go's tracer, and recorded by us.
type observed struct {
	*timings
	// Beyond is how many times as fast our recordings are as Go's tracer
	// alone: from the third case on.
	Beyond []measure.Ratio `json:"beyond,omitempty"`
}

// drawObserver draws every sample of every way to look.
func drawObserver(data []byte, w *words) (*picture, error) {
	t, err := readTimings(data)
	if err != nil {
		return nil, err
	}
	if len(t.Cases) < 3 {
		return nil, errEmpty
	}
	t.Ratios = t.Against()
	rest := *t.Run
	rest.Cases = rest.Cases[1:]
	o := &observed{t, rest.Against()}
	p := t.strips(w)
	t.Sentences = o.sentences(w)
	p.told, p.data = t.Sentences, o
	return p, nil
}

// sentences say what a recording costs, what of it is ours, and what that
// means for a picture.
func (o *observed) sentences(w *words) []string {
	var told []string
	if o.Doubt != "" {
		told = append(told, o.doubtText(w))
	}
	ours := o.Ratios[1] // of Lanes
	switch ours.Verdict {
	case measure.Slower:
		told = append(told, fmt.Sprintf(w.observed, times(1/ours.Ratio), times(1/ours.Hi), times(1/ours.Lo)))
	case measure.Unclear:
		told = append(told, fmt.Sprintf(w.unobserved, times(1/ours.Hi), times(1/ours.Lo)))
	case measure.Faster:
		told = append(told, verdictText(ours, o.Cases[2].Name, o.Cases[0].Name, w)...)
	}
	for i, r := range o.Beyond {
		told = append(told, verdictText(r, o.Cases[i+2].Name, o.Cases[1].Name, w)...)
	}
	return append(append(told, o.mediansText(w)), o.cautions(w)...)
}
