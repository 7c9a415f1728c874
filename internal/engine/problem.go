package engine

import (
	"fmt"
	"strings"

	"lanebook/internal/crash"
	"lanebook/internal/process"
	"lanebook/internal/program"
)

// ANSI colours of tracebacks, the ones Jupyter knows.
const (
	red    = "\x1b[1;31m"
	green  = "\x1b[32m"
	yellow = "\x1b[33m"
	cyan   = "\x1b[36m"
	reset  = "\x1b[0m"
)

// problem is a problem without a place.
func (x *execution) problem(name, message string) *Problem {
	return &Problem{Name: name, Message: message, Traceback: []string{red + message + reset}}
}

// problemAt is a problem with one place.
func (x *execution) problemAt(name string, at program.Pos, message, hint string) *Problem {
	return x.diagnosed(name, []program.Diagnostic{{Pos: at, Message: message, Hint: hint}})
}

func (x *execution) syntaxProblem(diags []program.Diagnostic) *Problem {
	name := "SyntaxError"
	if strings.HasPrefix(diags[0].Message, "unknown special line") {
		name = "UnknownCommand"
	}
	return x.diagnosed(name, diags)
}

func (x *execution) compileProblem(diags []program.Diagnostic) *Problem {
	return x.diagnosed("CompileError", diags)
}

// diagnosed tells of each diagnostic where it is, what is wrong, the line of
// source with a caret, and what to try.
func (x *execution) diagnosed(name string, diags []program.Diagnostic) *Problem {
	first := x.shownPos(diags[0].Pos)
	p := &Problem{Name: name, Message: place(first) + x.shownText(x.phrase(diags[0].Message)), Pos: first}
	if more := len(diags) - 1; more > 0 {
		p.Message += fmt.Sprintf(x.say.andMore, more)
	}
	for _, d := range diags {
		p.Traceback = append(p.Traceback, x.told(d, red, "")...)
	}
	return p
}

// told is a diagnostic for a terminal, line by line.
func (x *execution) told(d program.Diagnostic, colour, word string) []string {
	lines := []string{colour + place(x.shownPos(d.Pos)) + word + reset + x.shownText(x.phrase(d.Message))}
	if line := x.sourceLine(d.Cell, d.Line); line != "" {
		lines = append(lines, "    "+line)
		if d.Col > 0 {
			lines = append(lines, "    "+green+program.Caret(line, d.Col)+reset)
		}
	}
	if d.Hint != "" {
		lines = append(lines, "    "+cyan+x.shownText(x.phrase(d.Hint))+reset)
	}
	return lines
}

// warn says what go vet found in this cell. The cell runs all the same.
func (x *execution) warn(warnings []program.Diagnostic) {
	for _, d := range warnings {
		if d.Cell == x.cell.Name {
			x.sink.Stream("stderr", strings.Join(x.told(d, yellow, x.say.warning), "\n")+"\n")
		}
	}
}

// place is "cell[3]:5:6: ", or "" for nowhere.
func place(at program.Pos) string {
	switch {
	case at.Cell == "":
		return ""
	case at.Line == 0:
		return at.Cell + ": "
	case at.Col == 0:
		return fmt.Sprintf("%s:%d: ", at.Cell, at.Line)
	}
	return fmt.Sprintf("%s:%d:%d: ", at.Cell, at.Line, at.Col)
}

// crashProblem is the verdict on a program that the runtime has ended.
func (x *execution) crashProblem(r crash.Report) *Problem {
	first, _, _ := strings.Cut(r.Message, "\n")
	p := &Problem{Name: r.Name(), Message: first, Pos: x.shownPos(r.At())}
	verdict := x.shownText(strings.TrimRight(r.Verdict(x.Lang(), x.sourceLine), "\n"))
	for i, line := range strings.Split(verdict, "\n") {
		if i == 0 {
			line = red + line + reset
		}
		p.Traceback = append(p.Traceback, line)
	}
	return p
}

func (x *execution) interrupted() *Problem {
	return x.problem("Interrupted", x.say.interrupted)
}

// exitProblem says how a program ended that did not crash; nil if it ended
// well.
func (x *execution) exitProblem(exit process.Exit, cmd process.Command) *Problem {
	switch {
	case exit.Reason == process.OutOfMemory:
		p := x.problem("MemoryLimit", fmt.Sprintf(x.say.memory, size(int(exit.Memory)), size(int(cmd.Memory))))
		p.Traceback = append(p.Traceback, cyan+fmt.Sprintf(x.say.raiseMemory, size(int(2*cmd.Memory)))+reset)
		return p
	case exit.Reason == process.TooManyProcesses:
		return x.problem("ProcessLimit", fmt.Sprintf(x.say.processes, exit.Processes))
	case exit.Code == 0: // an interrupted program that tidied up has ended well
		return nil
	case exit.Reason == process.Interrupted:
		return x.interrupted()
	case exit.Reason == process.Stuck:
		return x.problem("Deadlock", x.say.stuck)
	case exit.Signal != 0:
		return x.problem("Signal", fmt.Sprintf(x.say.signal, exit.Signal))
	}
	return x.problem("ExitError", fmt.Sprintf(x.say.exit, exit.Code))
}
