package charts

import (
	"fmt"
	"html"
	"strings"

	"lanebook/internal/measure"
)

// drawTiming shows one run as figures, several as a comparison of one case.
func drawTiming(data []byte, w *words) (*picture, error) {
	t, err := readTimings(data)
	if err != nil {
		return nil, err
	}
	if len(t.Cases) > 1 || len(t.Cases[0].Samples) > 1 {
		return t.strips(w), nil
	}
	t.Doubt = measure.Few // a single run proves nothing, and the picture need not say so every time
	t.Sentences = t.once(w)
	return &picture{body: t.figures(w), text: t.line(w) + "\n", told: t.Sentences, data: t}, nil
}

// shortRun is below what one run says little: reading the clock, and the
// first call of everything, weigh too much.
const shortRun = 20e3

// once says what to mistrust in a single run.
func (t *timings) once(w *words) []string {
	told := []string{}
	probed := t.Probe != nil && t.Probe.Before > 0
	if probed && t.Procs > 1 && (&measure.Run{Procs: t.Procs, Probe: t.Probe}).Doubt() == measure.Busy {
		told = append(told, fmt.Sprintf(w.busyOnce, t.Wanted(), t.Probe.Least()))
	}
	if t.Summaries[0].Median < shortRun {
		told = append(told, w.tooShort)
	}
	return told
}

// line is a single run in one line of text.
func (t *timings) line(w *words) string {
	s := t.Cases[0].Samples[0]
	return fmt.Sprintf(w.onceLine, t.Name, timeText(float64(s.Wall)), timeText(float64(s.User)), timeText(float64(s.System)),
		min(t.Summaries[0].Cores, float64(t.Procs)), t.Procs, thousands(s.Allocs), bytesText(float64(s.Bytes)))
}

// figures is a single run as a row of numbers. The cores are small glasses,
// filled as far as they were busy.
func (t *timings) figures(w *words) string {
	s, cores := t.Cases[0].Samples[0], min(t.Summaries[0].Cores, float64(t.Procs))
	var glasses strings.Builder
	for i := range min(t.Procs, 64) {
		full := min(max(cores-float64(i), 0), 1) * 100
		fmt.Fprintf(&glasses, `<span style="display:inline-block;width:14px;height:14px;margin-right:2px;border:1px solid #0072b2;border-radius:2px;vertical-align:-2px;background:linear-gradient(to top,#0072b2 %.0f%%,transparent %.0f%%)"></span>`, full, full)
	}
	figure := func(value, what string) string {
		return fmt.Sprintf(`<div style="margin-right:22px"><div style="font-size:120%%;font-weight:600;font-variant-numeric:tabular-nums">%s</div><div style="font-size:85%%;opacity:.75">%s</div></div>`, value, what)
	}
	return fmt.Sprintf(`<div style="margin:4px 0"><div style="font-weight:600;margin-bottom:2px">%s</div><div style="display:flex;flex-wrap:wrap;align-items:flex-end">%s%s%s%s%s</div></div>`,
		html.EscapeString(t.Name),
		figure(timeText(float64(s.Wall)), w.byClock),
		figure(timeText(float64(s.User)), w.user),
		figure(timeText(float64(s.System)), w.system),
		figure(fmt.Sprintf(`%s %.2f`, glasses.String(), cores), fmt.Sprintf(w.coresBusy, t.Procs)),
		figure(thousands(s.Allocs), fmt.Sprintf(w.allocations, bytesText(float64(s.Bytes)))))
}
