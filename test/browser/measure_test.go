package browser

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// While something is measured a bar moves; then the picture takes its place.
func TestMeasuring(t *testing.T) {
	tb := open(t, chapter)
	// The second call waits until the bar was seen: there is one after 0.4 s.
	seen := filepath.Join(t.TempDir(), "seen")
	tb.paste("unbounded", `calls := 0
long := func() {
	if calls++; calls == 1 {
		time.Sleep(500 * time.Millisecond)
	}
	for calls == 2 {
		if _, err := os.Stat(`+strconv.Quote(seen)+`); err == nil {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	time.Sleep(30 * time.Millisecond)
}
short := func() { time.Sleep(10 * time.Millisecond) }
kernelext.Compare(kernelext.Case("long", long), kernelext.Case("short", short), kernelext.Budget(time.Hour), kernelext.Samples(20))`)
	tb.keys("Ctrl+Enter")
	tb.until(`document.querySelector("#cell-unbounded .outputs [role=progressbar][aria-valuenow][aria-label]")`)
	if err := os.WriteFile(seen, nil, 0o600); err != nil {
		t.Fatal(err)
	}
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
