package browser

import (
	"os/exec"
	"strings"
	"testing"
)

// A program that reads its input is asked for a line in the page, with what it
// printed above the question; nothing in the cell says that it will.
func TestInputWithoutSpecialLine(t *testing.T) {
	tb := open(t, chapter)
	tb.write("unbounded", `fmt.Print("who? "); var name string; fmt.Fscan(os.NewFile(0, "input"), &name); fmt.Println("hello", name)`)
	tb.keys("Ctrl+Enter")
	tb.until(`document.querySelector("#cell-unbounded .outputs input") === document.activeElement`)
	if got := tb.outputs("unbounded"); !strings.Contains(got, "who?") {
		t.Errorf("above the question: %q", got)
	}
	tb.keys("A", "d", "a", "Enter")
	if state := tb.ended("unbounded"); state != "done" {
		t.Fatalf("%s: %s", state, tb.outputs("unbounded"))
	}
	if got := tb.outputs("unbounded"); !strings.Contains(got, "hello Ada") {
		t.Errorf("got %q", got)
	}
}

// A race is told in the page with its styles: the accused line stands out.
func TestRaceInThePage(t *testing.T) {
	if _, err := exec.LookPath("gcc"); err != nil {
		t.Skip("the race detector needs a C compiler")
	}
	tb := open(t, chapter)
	// Typed, the Enter after the first line might take a completion.
	tb.paste("unbounded", "%%race\nn := 0; done := make(chan bool)\ngo func() { n++; close(done) }()\nfmt.Println(n); <-done")
	tb.keys("Ctrl+Enter")
	if state := tb.ended("unbounded"); state != "failed" {
		t.Fatalf("%s: %s", state, tb.outputs("unbounded"))
	}
	tb.until(`document.querySelector("#cell-unbounded .outputs .html pre span")`) // what cleans HTML is loaded now
	if n := tb.number(`[...document.querySelectorAll("#cell-unbounded .outputs .html pre span")].filter((s) => getComputedStyle(s).backgroundColor !== "rgba(0, 0, 0, 0)").length`); n != 2 {
		t.Errorf("%v lines stand out, want one on each side", n)
	}
	for _, want := range []string{"Data race:", "One goroutine writes:", "Another goroutine reads:", "Try:"} {
		if got := tb.outputs("unbounded"); !strings.Contains(got, want) {
			t.Errorf("no %q in %q", want, got)
		}
	}
	tb.shot("race")
}
