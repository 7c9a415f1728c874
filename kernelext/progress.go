package kernelext

import (
	"fmt"
	"html"
	"os"
	"strings"
	"sync"
	"time"

	"lanebook/internal/display"
)

// Bar is a progress bar. Its methods may be called from any goroutine.
type Bar struct {
	mu     sync.Mutex
	id     string
	what   string // of what, for those who cannot see the bar
	total  int
	done   int
	start  time.Time
	shown  time.Time // last time the learner saw something new
	tenth  int       // last step that was printed where bars cannot move
	closed bool
}

// barEvery is how often a bar may move: smooth to the eye, cheap for the page.
const barEvery = 100 * time.Millisecond

// Progress shows a progress bar that counts to total. Call Add for every step;
// the bar closes by itself when the last step is in, or earlier with Done.
func Progress(total int) *Bar {
	return newBar(total, say("progress", "进度"))
}

// newBar shows a bar; what says what it is the progress of.
func newBar(total int, what string) *Bar {
	b := &Bar{total: max(total, 0), start: time.Now(), what: what}
	b.id = fmt.Sprintf("lanebook-progress-%d-%d", os.Getpid(), b.start.UnixNano())
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.total == 0 {
		b.closed = true
	}
	b.draw()
	return b
}

// Add moves the bar n steps on.
func (b *Bar) Add(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return
	}
	b.done = max(0, b.done+n)
	if b.done >= b.total {
		b.done, b.closed = b.total, true
	}
	if b.closed || time.Since(b.shown) >= barEvery {
		b.draw()
	}
}

// reach moves the bar on to a step.
func (b *Bar) reach(step int) {
	b.mu.Lock()
	n := step - b.done
	b.mu.Unlock()
	if n > 0 {
		b.Add(n)
	}
}

// Done ends the bar where it is. Calling it again, or after the last step, does nothing.
func (b *Bar) Done() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.closed {
		b.closed = true
		b.draw()
	}
}

// draw shows the bar as it is now. The caller holds b.mu.
func (b *Bar) draw() {
	first := b.shown.IsZero()
	b.shown = time.Now()
	if !inNotebook() {
		b.print()
		return
	}
	show(display.Display{
		Data:   display.Bundle{display.HTML: b.html(), display.Text: b.text()},
		ID:     b.id,
		Update: !first,
	})
}

// print writes a line for every tenth of the way, and one at the end.
func (b *Bar) print() {
	tenth := 10
	if b.total > 0 {
		tenth = b.done * 10 / b.total
	}
	if tenth == b.tenth && !b.closed {
		return
	}
	b.tenth = tenth
	fmt.Println(b.text())
}

func (b *Bar) percent() int {
	if b.total == 0 {
		return 100
	}
	return b.done * 100 / b.total
}

func (b *Bar) text() string {
	const cells = 30
	full := cells * b.percent() / 100
	return fmt.Sprintf("%s%s %3d %%  %d/%d  %s",
		strings.Repeat("█", full), strings.Repeat("░", cells-full), b.percent(), b.done, b.total, b.clock())
}

// clock says how long it took, or about how long it will still take.
func (b *Bar) clock() string {
	spent := time.Since(b.start)
	switch {
	case b.closed && b.done == b.total:
		return fmt.Sprintf(say("done in %s", "完成，用时 %s"), durationText(spent))
	case b.closed:
		return fmt.Sprintf(say("stopped after %s", "停止，用时 %s"), durationText(spent))
	case b.done == 0:
		return ""
	}
	left := time.Duration(float64(spent) / float64(b.done) * float64(b.total-b.done))
	return fmt.Sprintf(say("about %s left", "大约还要 %s"), durationText(left))
}

func (b *Bar) html() string {
	colour := "#0072b2"
	if b.closed && b.done < b.total {
		colour = "#8a8f98"
	}
	return fmt.Sprintf(`<div role="progressbar" aria-label="%s" aria-valuemin="0" aria-valuemax="%d" aria-valuenow="%d" style="display:flex;align-items:center;gap:10px;max-width:640px">`+
		`<div style="flex:1;height:10px;border-radius:5px;background:rgba(128,128,128,.25);overflow:hidden"><div style="width:%d%%;height:10px;background:%s"></div></div>`+
		`<div style="white-space:nowrap;font-variant-numeric:tabular-nums">%d&#8239;%% · %d/%d · %s</div></div>`,
		html.EscapeString(b.what), b.total, b.done, b.percent(), colour, b.percent(), b.done, b.total, b.clock())
}
