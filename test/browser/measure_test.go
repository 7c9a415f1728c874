package browser

import (
	"strings"
	"testing"
)

// While something is measured a bar moves; then the picture takes its place.
func TestMeasuring(t *testing.T) {
	tb := open(t, chapter)
	tb.write("unbounded", `kernelext.Compare(kernelext.Case("long", func() { time.Sleep(30*time.Millisecond) }), kernelext.Case("short", func() { time.Sleep(10*time.Millisecond) }))`)
	tb.keys("Ctrl+Enter")
	tb.until(`document.querySelector("#cell-unbounded .outputs [role=progressbar][aria-valuenow][aria-label]")`)
	if state := tb.ended("unbounded"); state != "done" {
		t.Fatalf("%s: %s", state, tb.outputs("unbounded"))
	}
	tb.until(`document.querySelector("#cell-unbounded .outputs figure img")?.naturalWidth > 0`)
	tb.shot("measuring")
	if n := tb.number(`document.querySelectorAll("#cell-unbounded .outputs [role=progressbar]").length`); n != 0 {
		t.Errorf("%v bars are left", n)
	}
	for _, want := range []string{"“long”", "“short”", "median"} {
		if alt := tb.text(`document.querySelector("#cell-unbounded .outputs figure img").alt`); !strings.Contains(alt, want) {
			t.Errorf("%q is missing in %q", want, alt)
		}
	}
}

// The learner says first, then sees.
func TestPredictThenReveal(t *testing.T) {
	tb := open(t, chapter)
	tb.write("unbounded", `g := kernelext.Predict("Who is first?", "sing", "dance"); g.Reveal("dance", "It was faster.")`)
	tb.keys("Ctrl+Enter")
	tb.until(`document.querySelector("#cell-unbounded .outputs input") === document.activeElement`)
	tb.until(`document.querySelector("#cell-unbounded .outputs").innerText.includes("Who is first?")`)
	if got := tb.outputs("unbounded"); strings.Contains(got, "It was faster") {
		t.Errorf("before the answer: %s", got)
	}
	tb.keys("1", "Enter")
	if state := tb.ended("unbounded"); state != "done" {
		t.Fatalf("%s: %s", state, tb.outputs("unbounded"))
	}
	tb.until(`document.querySelector("#cell-unbounded .outputs").innerText.includes("You said: sing. It came out: dance.")`)
	tb.shot("predict")
}
