package engine

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"lanebook/internal/crash"
	"lanebook/internal/display"
	"lanebook/internal/process"
	"lanebook/internal/program"
)

// watcher passes a program's output on to the sink, with some exceptions: the
// runtime's last words are kept back, because the learner gets them as a
// verdict; reports of the race detector and of checkers are told in words;
// recordings are drawn; and a cell may ask to be built in another way.
type watcher struct {
	*execution
	program *program.Program // nil unless it is a cell's
	builds  *builds
	tests   *tests // nil unless it is a test
	races   *races // nil unless the program has the race detector built in
	midLine bool   // stderr does not stand at the beginning of a line
	held    strings.Builder
	since   time.Time // when holding began
	lost    int       // bytes of a dump too large to keep
}

// lastWords are the beginnings of lines by which the runtime says goodbye.
var lastWords = []string{"panic: ", "fatal error: ", "runtime: ", "SIGSEGV: ", "SIGQUIT: ", "SIGABRT: ", "SIGBUS: ", "SIGFPE: ", "unexpected fault address "}

const (
	// holdTime is how long a program may go on after what looked like a panic
	// before that is taken for ordinary text. Other last words are hardly
	// ever ordinary, and the stacks after them can take long to print (10 s
	// were seen for a stack overflow on a busy machine).
	panicHoldTime = 5 * time.Second
	holdTime      = time.Minute
	// maxHeld bounds what is kept of a dump: a deadlock of 100,000 goroutines
	// prints 30 MB. // arbitrary
	maxHeld = 4 << 20
)

// Output implements process.Handler.
func (w *watcher) Output(stream, text string) {
	if w.held.Len() > 0 && time.Since(w.since) > w.patience() {
		w.release()
	}
	if stream != "stderr" {
		if w.tests != nil { // the positions in it are those of testing
			w.tests.add(text)
			text = w.shownText(text)
		}
		w.sink.Stream(stream, text)
		return
	}
	if w.races == nil {
		w.errors(text)
		return
	}
	text = w.races.rest + text
	for {
		before, race, after, ok := crash.CutRace(text)
		if !ok {
			break
		}
		w.errors(before)
		if race != nil {
			w.race(*race)
		}
		text = after
	}
	cut := crash.RaceBegins(text)
	if len(text)-cut > maxHeld {
		cut = len(text)
	}
	if len(w.races.places) > 0 {
		w.errors(crash.WithoutCount(text[:cut])) // at the end the detector counts
	} else {
		w.errors(text[:cut])
	}
	w.races.rest = text[cut:]
}

// errors takes text of stderr that is no report of the race detector.
func (w *watcher) errors(text string) {
	if text == "" {
		return
	}
	const stream = "stderr"
	if held := w.held.String(); !complete(held) { // nothing, or the beginning of a word
		text = held + text
		w.held.Reset()
		n := w.farewell(text)
		if n > 0 {
			w.sink.Stream(stream, w.shownText(text[:n]))
			w.midLine = text[n-1] != '\n'
		}
		if text = text[n:]; text == "" {
			return
		}
		w.since = time.Now()
	}
	keep := min(len(text), maxHeld-w.held.Len())
	w.held.WriteString(text[:keep])
	w.lost += len(text) - keep
}

// patience is how long the held text is held.
func (w *watcher) patience() time.Duration {
	if strings.HasPrefix(w.held.String(), "panic: ") {
		return panicHoldTime
	}
	return holdTime
}

// complete reports whether text begins with one of the last words, not just
// with a part of one.
func complete(text string) bool {
	return slices.ContainsFunc(lastWords, func(s string) bool { return strings.HasPrefix(text, s) })
}

// farewell is the offset of the first line that may be the runtime's, or of
// an unfinished line that may become one; len(text) if there is none.
func (w *watcher) farewell(text string) int {
	at := 0
	if w.midLine {
		nl := strings.IndexByte(text, '\n')
		if nl < 0 {
			return len(text)
		}
		at = nl + 1
	}
	for at < len(text) {
		rest := text[at:]
		if slices.ContainsFunc(lastWords, func(s string) bool { return strings.HasPrefix(rest, s) || strings.HasPrefix(s, rest) }) {
			return at
		}
		nl := strings.IndexByte(rest, '\n')
		if nl < 0 {
			break
		}
		at += nl + 1
	}
	return len(text)
}

// release gives up holding.
func (w *watcher) release() {
	text := w.held.String()
	w.held.Reset()
	if text == "" {
		return
	}
	w.sink.Stream("stderr", w.shownText(text))
	if w.lost > 0 {
		w.sink.Stream("stderr", fmt.Sprintf("\n"+w.say.outputCut+"\n", size(w.lost)))
	}
	w.lost, w.midLine = 0, !strings.HasSuffix(text, "\n")
}

// end decides what the held text was.
func (w *watcher) end(exit process.Exit) (crash.Report, bool) {
	if w.races != nil {
		w.errors(w.races.rest)
		w.races.rest = ""
	}
	parse := crash.Parse
	if exit.Reason == process.Stuck {
		parse = crash.ParseQuit
	}
	if (exit.Reason == "" || exit.Reason == process.Stuck) && exit.Code != 0 {
		before, report, ok := parse(w.held.String())
		if ok {
			if before != "" {
				w.sink.Stream("stderr", w.shownText(before))
			}
			return report, true
		}
	}
	w.release()
	return crash.Report{}, false
}

// Display implements process.Handler.
func (w *watcher) Display(d display.Display) {
	for mime, handle := range map[string]func(text string, d display.Display){
		display.Recording: w.drawAnnounced,
		display.Draw:      w.drawData,
		display.Check:     w.showCheck,
		display.Build:     w.build,
	} {
		if text, ok := d.Data[mime].(string); ok {
			handle(text, d)
			return
		}
	}
	w.sink.Show(d)
}

// Notice implements process.Handler.
func (w *watcher) Notice(n process.Notice) {
	var text string
	switch n.Kind {
	case process.OutputLimit, process.OutputCut:
		text = w.flooded(n)
	case process.Junk:
		text = fmt.Sprintf(w.say.junk, n.Detail)
	case process.NoAnswer:
		text = fmt.Sprintf(w.say.noAnswer, n.Detail)
	case process.NoWidgets:
		text = w.say.noWidgets
	}
	w.sink.Stream("stderr", "\n"+text+"\n")
}

func size(n int) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%.1f KiB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%d bytes", n)
}
