package engine

import (
	"errors"
	"fmt"
	"os"

	"lanebook/internal/display"
	"lanebook/internal/program"
)

// capture is a Sink that copies what passes through it to a file.
type capture struct {
	Sink
	file *os.File
	err  error // the first one
}

// capture lets the cell's output go to a file, too.
func (x *execution) capture(line program.Line) {
	args, flags := line.Args, os.O_WRONLY|os.O_CREATE|os.O_TRUNC
	if len(args) == 2 && args[0] == "-a" {
		args, flags = args[1:], os.O_WRONLY|os.O_CREATE|os.O_APPEND
	}
	if len(args) != 1 || args[0] == "-a" {
		x.result.Problem = x.problemAt("CommandError", line.Pos, "wrong arguments for %capture", "write %capture [-a] file")
		return
	}
	file, err := os.OpenFile(x.abs(args[0]), flags, 0o644)
	if err != nil {
		x.result.Problem = x.problemAt("CommandError", line.Pos, err.Error(), "")
		return
	}
	x.endCapture()
	x.sink = &capture{Sink: x.sink, file: file}
}

// endCapture closes the file, if there is one, and tells when it could not be
// written.
func (x *execution) endCapture() {
	c, ok := x.sink.(*capture)
	if !ok {
		return
	}
	x.sink = c.Sink
	if err := errors.Join(c.err, c.file.Close()); err != nil {
		x.sink.Stream("stderr", fmt.Sprintf("%%capture: %v\n", err))
	}
}

// Stream implements Sink.
func (c *capture) Stream(name, text string) {
	c.write(text)
	c.Sink.Stream(name, text)
}

// Show implements Sink. A display is captured as the text it was given as.
func (c *capture) Show(d display.Display) {
	for _, mime := range []string{display.Markdown, display.HTML, display.Text} {
		if text, ok := d.Data[mime].(string); ok {
			c.write(text)
			break
		}
	}
	c.Sink.Show(d)
}

// Progress implements Progresser, if the Sink behind does.
func (c *capture) Progress(text string) {
	if p, ok := c.Sink.(Progresser); ok {
		p.Progress(text)
	}
}

func (c *capture) write(text string) {
	if _, err := c.file.WriteString(text); err != nil && c.err == nil {
		c.err = err
	}
}
