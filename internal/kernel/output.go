package kernel

import (
	"strings"
	"sync"
	"time"

	"lanebook/internal/display"
	"lanebook/internal/jupyter"
)

// A program may print a million lines; a front end should not get a million
// messages. A cell's first text leaves at once, as somebody waits for it; later
// text is collected until it is maxText long, older than maxAge, or followed by
// something else.
const (
	maxText = 128 << 10
	maxAge  = 20 * time.Millisecond
)

// maxPlain is how much of a cell's text the history keeps. Arbitrary.
const maxPlain = 4 << 10

// output publishes what one cell puts out, in order. It is the engine's sink.
type output struct {
	k       *Kernel
	request jupyter.Message
	silent  bool // publish nothing

	mu       sync.Mutex
	name     string // of the stream that text belongs to
	text     []byte
	timer    *time.Timer // flushes text of age maxAge; nil when text is empty
	shown    bool        // something was published
	progress string      // display id of the status line; empty when none is shown
	head     strings.Builder
}

func newOutput(k *Kernel, request jupyter.Message, silent bool) *output {
	return &output{k: k, request: request, silent: silent}
}

// Stream takes a piece of text.
func (o *output) Stream(name, text string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if name != o.name {
		o.flushLocked()
		o.name = name
	}
	if room := maxPlain - o.head.Len(); name == "stdout" && room > 0 {
		o.head.WriteString(text[:min(room, len(text))])
	}
	o.text = append(o.text, text...)
	switch {
	case len(o.text) >= maxText || !o.shown:
		o.flushLocked()
	case o.timer == nil:
		o.timer = time.AfterFunc(maxAge, o.flush)
	}
}

// Show takes a display.
func (o *output) Show(d display.Display) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.flushLocked()
	data, metadata, transient := bundle(d.Data), d.Metadata, jupyter.Transient{DisplayID: d.ID}
	if metadata == nil {
		metadata = map[string]any{}
	}
	if d.Update {
		o.publish(jupyter.UpdateDisplayData{Data: data, Metadata: metadata, Transient: transient})
		return
	}
	o.publish(jupyter.DisplayData{Data: data, Metadata: metadata, Transient: transient})
}

// Progress shows a passing line of status that leaves nothing behind.
func (o *output) Progress(text string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.flushLocked()
	data := map[string]any{display.Text: text}
	transient := jupyter.Transient{DisplayID: o.progress}
	switch {
	case o.progress != "" && text == "" && !o.shown:
		o.k.publish(o.request, jupyter.ClearOutput{})
		o.progress = ""
	case o.progress != "":
		o.k.publish(o.request, jupyter.UpdateDisplayData{Data: data, Metadata: map[string]any{}, Transient: transient})
	case text != "" && !o.silent:
		o.progress = "progress-" + o.request.Header.ID
		transient.DisplayID = o.progress
		o.k.publish(o.request, jupyter.DisplayData{Data: data, Metadata: map[string]any{}, Transient: transient})
	}
}

// flush publishes the text collected so far.
func (o *output) flush() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.flushLocked()
}

// plain is the beginning of what the cell printed, for the history.
func (o *output) plain() string { return strings.ToValidUTF8(o.head.String(), "") }

func (o *output) flushLocked() {
	if o.timer != nil {
		o.timer.Stop()
		o.timer = nil
	}
	if len(o.text) == 0 {
		return
	}
	o.publish(jupyter.Stream{Name: o.name, Text: string(o.text)})
	o.text = o.text[:0]
}

func (o *output) publish(content jupyter.Content) {
	if o.silent {
		return
	}
	o.shown = true
	o.k.publish(o.request, content)
}
