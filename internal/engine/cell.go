package engine

import (
	"context"
	"time"

	"lanebook/internal/display"
	"lanebook/internal/program"
)

// Cell is one piece of notebook source to execute.
type Cell struct {
	// Name is how positions in messages are spelled, "cell[3]".
	Name   string
	Source string
	// Ask answers a program's question. Nil: nobody can be asked.
	Ask func(ctx context.Context, prompt string, password bool) (string, error)
	// Front is where widgets live. Nil: there are none here.
	Front Front
	// Built is called before the program runs, if what it does cannot change
	// how later cells are built: the time to build the next cell ahead. May
	// be nil.
	Built func()
}

// Sink takes what a cell puts out. Calls come one at a time, in order.
type Sink interface {
	// Stream takes a piece of valid UTF-8 text of "stdout" or "stderr".
	Stream(name, text string)
	// Show takes a display; with Update set it replaces the earlier one of
	// the same ID.
	Show(display.Display)
}

// Progresser is a Sink that can show a passing line of status, such as the
// preparation of the standard library. Empty text clears it.
type Progresser interface {
	Progress(text string)
}

// Result is how a cell ended.
type Result struct {
	// Problem is the learner's mistake; nil means all went well.
	Problem *Problem
	// Build and Run are the time spent to build and to run the program;
	// zero when there was none.
	Build, Run time.Duration
	// How says how the program was built: "direct", "go build" or "cached".
	How string
}

// Problem is a mistake of the learner, told to be understood.
type Problem struct {
	// Name is one word for the kind: "SyntaxError", "CompileError",
	// "UnknownCommand", "CommandError", "Panic", "FatalError", "Deadlock",
	// "DataRace", "ExitError", "Signal", "MemoryLimit", "ProcessLimit",
	// "Interrupted".
	Name string
	// Message is one line, without colours.
	Message string
	// Pos is where; the zero Pos when nowhere in particular.
	Pos program.Pos
	// Traceback is the whole story for a terminal, with ANSI colours: where,
	// what, the line of source with a caret. Never empty.
	Traceback []string
}

// Completion is what may stand in place of the bytes Start to End.
type Completion struct {
	Start, End int
	Matches    []Match
}

// Match is one proposal of a completion.
type Match struct {
	Text, Kind, Detail string
}
