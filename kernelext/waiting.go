package kernelext

import "time"

// longWait is how long a goroutine must have waited, as far as the guard's
// looks tell, to be worth a note.
const longWait = time.Second // arbitrary

// note writes down who waits for somebody although nobody can say whether it is
// for ever, so that there is something to show if the program is interrupted.
func (g *guard) note(s snapshot) {
	now := time.Now()
	since := make(map[uint64]time.Time, len(g.waits))
	var long, others []stacked
	for _, x := range s.gs {
		if x.id != g.caller && g.before[x.id] {
			continue
		}
		if waits, _ := x.stuckable(); !waits {
			others = append(others, x) // who may hold the lock
			continue
		}
		from, known := g.waits[x.id]
		if !known {
			from = now
		}
		since[x.id] = from
		if now.Sub(from) >= longWait {
			long = append(long, x)
		}
	}
	g.waits = since
	if len(long) > 0 && now.Sub(g.noted) >= longWait {
		g.noted = now
		g.out.put(g.report("waiting", "", append(long, others...)))
	}
}
