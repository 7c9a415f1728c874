package engine

import (
	"context"

	"lanebook/internal/process"
)

// inputMode says what the next shell command may ask for.
type inputMode int

const (
	asksNothing  inputMode = iota
	asksLines              // %with_inputs
	asksPassword           // %with_password
)

// giveInput lets a shell command ask for lines if the line before it says so.
// Without, its input is empty: there are many commands that read what they can
// get, and that nobody wants to feed.
func (x *execution) giveInput(cmd *process.Command) {
	mode := x.input
	x.input = asksNothing
	if mode == asksNothing {
		return
	}
	ask := x.cell.Ask
	if ask == nil {
		x.sink.Stream("stderr", x.say.nobody+"\n")
		return
	}
	cmd.AskWhenQuiet = true
	cmd.Ask = func(ctx context.Context, prompt string, _ bool) (string, error) {
		return ask(ctx, prompt, mode == asksPassword)
	}
}
