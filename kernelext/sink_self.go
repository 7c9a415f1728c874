//go:build !lanebook

package kernelext

import (
	"bytes"
	"fmt"
	"os"
	"time"

	"lanebook/internal/display"
	"lanebook/internal/gotrace"
	"lanebook/internal/stuck"
)

// remembered is a recording in memory, drawn by the cell itself.
type remembered struct {
	bytes.Buffer
	id    string
	shown bool
}

func newSink() (sink, error) {
	return &remembered{id: fmt.Sprintf("lanebook-lanes-%d-%d", os.Getpid(), time.Now().UnixNano())}, nil
}

// deliver draws the recording. After stillness it is drawn at once, since
// nobody may come back to do it, and once more if somebody does.
func (r *remembered) deliver(over bool) {
	timeline, err := gotrace.Read(bytes.NewReader(r.Bytes()))
	if err != nil {
		complain("the recording could not be read: %v", "记录无法读取：%v", err)
		return
	}
	bundle := gotrace.Draw(timeline, gotrace.Options{
		Lang:   say("en", "zh"),
		Source: gotrace.Files(),
		Cut:    !over,
		// GoNB makes a program of its own from the cells.
		HideLines: inNotebook(),
	})
	if !inNotebook() && r.shown {
		fmt.Println(say("The program went on after the recording had ended.", "记录结束之后，程序又继续运行了。"))
		return
	}
	show(display.Display{Data: bundle, ID: r.id, Update: r.shown})
	r.shown = true
}

func (r *remembered) drop() {}

// deepBegins says that Deep is Lanes here: only the lanebook kernel builds the
// runtime that tells more.
func deepBegins() {
	if inNotebook() {
		complain("Deep records what Lanes records here; only the lanebook kernel can do more",
			"在这里 Deep 与 Lanes 记录的内容相同，只有 lanebook 内核能记录更多")
	}
}

// reported is what Watch has to say, drawn by the cell itself.
type reported struct {
	text  []byte
	id    string
	shown bool
}

func newReportSink() (reportSink, error) {
	return &reported{id: fmt.Sprintf("lanebook-watch-%d-%d", os.Getpid(), time.Now().UnixNano())}, nil
}

func (r *reported) put(text []byte) { r.text = text }
func (r *reported) show()           { r.draw("") }
func (r *reported) suspect()        { r.draw("") }
func (r *reported) panicked()       { r.draw("panic") }

func (r *reported) draw(end string) {
	report, err := stuck.Parse(r.text)
	if err != nil {
		complain("the report could not be read: %v", "报告无法读取：%v", err)
		return
	}
	bundle := stuck.Draw(report, stuck.Options{
		Lang: say("en", "zh"), Source: wholeFile, End: end, HideLines: inNotebook(),
	})
	show(display.Display{Data: bundle, ID: r.id, Update: r.shown})
	r.shown = true
}

// wholeFile is the text of a source file, or nothing if it cannot be read.
func wholeFile(name string) string {
	text, _ := os.ReadFile(name)
	return string(text)
}
