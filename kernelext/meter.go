package kernelext

import "time"

// meter shows that a measurement is under way, when it takes long. The picture
// takes its place in the end.
type meter struct{ bar *Bar }

// meterAfter is how long a learner waits without asking why.
const meterAfter = 400 * time.Millisecond

// meterSteps: the bar counts per cent.
const meterSteps = 100

// show moves the bar, between two samples: while one is taken nothing of ours
// runs.
func (m *meter) show(share float64, since time.Time) {
	if m.bar == nil {
		if time.Since(since) < meterAfter || !inNotebook() {
			return
		}
		m.bar = newBar(meterSteps, say("measuring", "正在测量"))
		m.bar.start = since
	}
	m.bar.reach(int(min(max(share, 0), 0.99) * meterSteps))
}

// id is under what the picture is shown: in the place of the bar, or on its own.
func (m *meter) id() string {
	if m.bar == nil {
		return ""
	}
	return m.bar.id
}
