package browser

import (
	"fmt"
	"slices"
	"testing"
)

// BenchmarkRunToFirstOutput measures what a learner feels: a lesson's cell is
// edited, a moment of reading passes, Run is pressed, and the first output is
// painted. It reports the median and the slowest of ten.
func BenchmarkRunToFirstOutput(b *testing.B) {
	for _, cell := range []string{"unbounded", "trygo-run", "errgroup-run"} {
		b.Run(cell, func(b *testing.B) {
			tb := open(b, chapter)
			tb.eval(nil, measureRuns)
			tb.eval(nil, `document.querySelector("#cell-`+cell+`").focus()`)
			tb.keys("Enter")
			tb.until(`document.querySelector("#cell-` + cell + ` .cm-editor.cm-focused")`)
			var times []float64
			for b.Loop() {
				times = times[:0]
				for i := range 10 {
					tb.keys("Ctrl+End", fmt.Sprintf(" // %d", i))
					// The pause of somebody who looks at what they typed.
					tb.eval(nil, `new Promise((go) => setTimeout(go, 1500))`)
					times = append(times, tb.number(`measureRun("`+cell+`")`))
				}
			}
			slices.Sort(times)
			b.ReportMetric(times[len(times)/2], "ms/run(median)")
			b.ReportMetric(times[len(times)-1], "ms/run(slowest)")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// measureRun presses Run and resolves with the milliseconds until the frame
// that shows the first output of this run.
const measureRuns = `window.measureRun = (id) => new Promise((done) => {
	const section = document.querySelector("#cell-" + id), box = section.querySelector(".outputs");
	const start = performance.now();
	const watch = new MutationObserver(() => {
		watch.disconnect();
		requestAnimationFrame(() => {
			const took = performance.now() - start;
			const ended = setInterval(() => {
				if (!["done", "failed", "stopped"].includes(section.dataset.state)) return;
				clearInterval(ended);
				done(took);
			}, 5);
		});
	});
	// Old outputs stay until the first new one takes their place.
	watch.observe(box, {childList: true, subtree: true, characterData: true});
	section.querySelector(".run").click();
})`
