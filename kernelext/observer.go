package kernelext

import (
	"io"
	"runtime/trace"
)

// Observer measures what looking costs: f as it is, f while Go's own execution
// tracer records, and f while Lanes records, in turns and in random order, like
// Compare. The picture says how much longer f takes under a recording, and
// what of that is Go's tracer and what is ours. To begin and to end a recording
// is not counted: that happens once, before and after f.
//
// In a cell that mentions Deep there is one more case, with a deep recording;
// all cases run on its runtime then. The result is what one call of each costs.
func Observer(f func(), options ...Option) []Timing {
	p := planFor(options)
	p.alike = true
	p.cases = []*timed{
		{name: say("not recorded", "不记录"), f: f},
		{name: say("Go's tracer", "Go 的 tracer"), f: f, under: underTracer},
		{name: "Lanes", f: f, under: underLanes},
	}
	if knowsHolders {
		p.cases = append(p.cases, &timed{name: "Deep", f: f, under: func(run func()) {
			deepReports(true)
			defer deepReports(false)
			underLanes(run)
		}})
	}
	if !p.complete("Observer") {
		return nil
	}
	if trace.IsEnabled() {
		complain("Observer runs the function without measuring: %v", "Observer 照常运行函数，但不测量：%v", errRunning())
		f()
		return nil
	}
	deepReports(false)
	defer deepReports(true)
	m := p.measure()
	m.draw("observer", "")
	return m.timings()
}

// underTracer runs something while Go's tracer is at work, and nothing of ours.
func underTracer(run func()) {
	if err := trace.Start(io.Discard); err == nil {
		defer trace.Stop()
	}
	run()
}

// underLanes runs something while Lanes would record it. Nobody sees the recording.
func underLanes(run func()) {
	rec, err := record("")
	if err != nil {
		complain("this sample was not recorded: %v", "这个样本没有被记录：%v", err)
		run()
		return
	}
	ended := "panic"
	defer func() {
		rec.end(ended)
		rec.out.drop()
	}()
	run()
	ended = "returned"
}
