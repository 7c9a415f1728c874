package kernelext

import (
	"fmt"

	"lanebook/internal/cell"
)

// Input asks the learner for a line and returns it without its end. ok is
// false when nobody can answer: in a run without a learner, or at the end of
// standard input. It reads no further than its line, so a bufio.Scanner or
// another Input goes on where it stopped.
func Input(prompt string) (line string, ok bool) { return ask(prompt, false) }

// Password asks as Input does, and the notebook hides what is typed. In a
// plain Go program it is shown.
func Password(prompt string) (line string, ok bool) { return ask(prompt, true) }

func ask(prompt string, password bool) (string, bool) {
	line, ok, err := cell.Ask(prompt, password)
	if err != nil {
		complain("nobody could be asked: %v", "无法提问：%v", err)
		return "", false
	}
	return line, ok
}

// numbered writes options as a list to choose from: "1 sing · 2 dance".
func numbered(options []string) string {
	text := ""
	for i, o := range options {
		if i > 0 {
			text += " · "
		}
		text += fmt.Sprintf("%d %s", i+1, o)
	}
	return text
}
