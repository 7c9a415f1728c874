package charts

import (
	"fmt"
	"math"
	"strings"
	"time"

	"lanebook/internal/measure"
)

// timings is what a measurement becomes as data: what the cell sent, and what
// was found out.
type timings struct {
	*measure.Run
	Doubt     string            `json:"doubt,omitempty"` // why there is no verdict
	Summaries []measure.Summary `json:"summaries"`
	Ratios    []measure.Ratio   `json:"ratios,omitempty"` // compare: from the second case on; sweep: every case
	Law       *measure.Amdahl   `json:"amdahl,omitempty"`
	Sentences []string          `json:"sentences"`
}

// readTimings decodes and summarises.
func readTimings(data []byte) (*timings, error) {
	run, err := read[measure.Run](data)
	if err != nil {
		return nil, err
	}
	if len(run.Cases) == 0 {
		return nil, errEmpty
	}
	t := &timings{Run: run, Doubt: run.Doubt()}
	for i, c := range run.Cases {
		if len(c.Samples) == 0 {
			return nil, errEmpty
		}
		for j := range c.Samples {
			c.Samples[j].Wall = max(c.Samples[j].Wall, 1)
		}
		run.Cases[i].Loops = max(c.Loops, 1)
		t.Summaries = append(t.Summaries, measure.Summarise(run.Cases[i]))
	}
	return t, nil
}

// drawCompare draws every sample of every case on one axis.
func drawCompare(data []byte, w *words) (*picture, error) {
	t, err := readTimings(data)
	if err != nil {
		return nil, err
	}
	t.Ratios = t.Against()
	return t.strips(w), nil
}

// strips is the picture of samples, one row a case.
func (t *timings) strips(w *words) *picture {
	t.Sentences = t.compared(w)
	return &picture{title: t.Name, image: t.stripImage(w), told: t.Sentences, table: t.caseTable(w), data: t}
}

// compared says who is faster, how long each takes, and what to mistrust.
func (t *timings) compared(w *words) []string {
	var told []string
	first := t.Cases[0].Name
	if len(t.Cases) > 1 {
		if t.Doubt != "" {
			told = append(told, t.doubtText(w))
		}
		for i, r := range t.Ratios {
			told = append(told, verdictText(r, t.Cases[i+1].Name, first, w)...)
		}
	} else if t.Doubt == measure.Busy {
		told = append(told, t.doubtText(w))
	}
	return append(append(told, t.mediansText(w)), t.cautions(w)...)
}

func (t *timings) mediansText(w *words) string {
	var medians []string
	for i, c := range t.Cases {
		medians = append(medians, fmt.Sprintf(w.caseTime, c.Name, timeText(t.Summaries[i].Median)))
	}
	return fmt.Sprintf(w.medians, strings.Join(medians, w.comma))
}

// verdictText says who is faster; nothing where there is no verdict.
func verdictText(r measure.Ratio, name, than string, w *words) []string {
	switch r.Verdict {
	case measure.Faster:
		return []string{fmt.Sprintf(w.faster, name, times(r.Ratio), than, times(r.Lo), times(r.Hi))}
	case measure.Slower:
		return []string{fmt.Sprintf(w.slower, name, times(1/r.Ratio), than, times(1/r.Hi), times(1/r.Lo))}
	case measure.Unclear:
		return []string{fmt.Sprintf(w.unclear, than, name, times(r.Lo), times(r.Hi))}
	}
	return nil
}

// cautions says what else to mistrust.
func (t *timings) cautions(w *words) []string {
	var told, far []string
	if t.Cold {
		told = append(told, w.cold)
	}
	for i, c := range t.Cases {
		s := t.Summaries[i]
		if n := len(s.Outliers); n > 0 {
			worst := 0.0
			for _, k := range s.Outliers {
				worst = max(worst, c.Times()[k])
			}
			far = append(far, fmt.Sprintf(w.farCase, n, c.Name, timeText(worst)))
		}
		if t.Call > 0 && s.Median < t.Call+0.5 {
			told = append(told, fmt.Sprintf(w.hollow, c.Name, timeText(t.Call)))
		}
	}
	if len(far) > 0 {
		told = append(told, fmt.Sprintf(w.outliers, strings.Join(far, w.comma)))
	}
	return told
}

// doubtText says why there is no verdict.
func (t *timings) doubtText(w *words) string {
	switch t.Doubt {
	case measure.OneCore:
		return w.oneCore
	case measure.Busy:
		return fmt.Sprintf(w.busy, t.Wanted(), t.Probe.Least())
	case measure.Few:
		fewest, round := math.MaxInt, 0.0
		for i, c := range t.Cases {
			fewest = min(fewest, len(c.Samples))
			round += t.Summaries[i].Median * float64(c.Loops)
		}
		if t.Took < t.Budget*3/4 { // it was not for lack of time
			return fmt.Sprintf(w.fewAsked, fewest)
		}
		seconds := int(math.Ceil(10*round/float64(time.Second))) + 1
		return fmt.Sprintf(w.few, fewest, seconds)
	}
	return w.unprobed
}

// against says how a case compares with the yardstick, and its interval: 0.0054
// times as fast is easier to grasp as 185 times as long.
func (w *words) against(r measure.Ratio) (ratio, interval string) {
	if r.Ratio >= 1 {
		return fmt.Sprintf(w.asFast, times(r.Ratio)), times(r.Lo) + " – " + times(r.Hi)
	}
	return fmt.Sprintf(w.asLong, times(1/r.Ratio)), times(1/r.Hi) + " – " + times(1/r.Lo)
}

// caseTable is the numbers.
func (t *timings) caseTable(w *words) table {
	tab := table{header: w.timeColumns}
	for i, c := range t.Cases {
		s := t.Summaries[i]
		interval, against := w.none, w.none
		if s.Hi > 0 {
			interval = timeText(s.Lo) + " – " + timeText(s.Hi)
		}
		if i > 0 && t.Doubt == "" && len(t.Ratios) == len(t.Cases)-1 {
			r := t.Ratios[i-1]
			ratio, interval := w.against(r)
			against = ratio + " (" + interval + ")"
		}
		tab.rows = append(tab.rows, []string{
			c.Name, timeText(s.Median), interval, against, fmt.Sprintf("%.2f", s.Cores), count(s.Allocs), bytesText(s.Bytes),
			thousands(int64(len(c.Samples))), thousands(int64(c.Loops)),
		})
	}
	return tab
}
