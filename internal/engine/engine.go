// Package engine is one learner's session: cells of text go in, text and
// displays come out, in order. The kernel, the study server and the headless
// runner drive it; nothing here knows of Jupyter, sockets or pages.
package engine

import (
	"context"
	"errors"
	"time"

	"lanebook/internal/display"
)

// Cell is one piece of notebook source to execute.
type Cell struct {
	// Name is how positions in messages are spelled, "cell[3]".
	Name   string
	Source string
	// Ask answers a program's question. Nil: nobody can be asked.
	Ask func(ctx context.Context, prompt string, password bool) (string, error)
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
	// "ExitError", "Signal", "MemoryLimit", "ProcessLimit", "Interrupted".
	Name string
	// Message is one line, without colours.
	Message string
	// Pos is where; the zero Pos when nowhere in particular.
	Pos Pos
	// Traceback is the whole story for a terminal, with ANSI colours: where,
	// what, the line of source with a caret. Never empty.
	Traceback []string
}

// Pos is a place in a cell; Line and Col count from 1, Col in bytes.
type Pos struct {
	Cell      string
	Line, Col int
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

// Options configures an engine.
type Options struct {
	// Dir is where cells run: the notebook's folder.
	Dir string
	// Lang is the language of explanations, "en" or "zh".
	Lang string
	// Supervisor is the command that runs process.Main; default: this
	// executable with the argument "supervise".
	Supervisor []string
	// Memory is how many bytes a cell's processes may use together; 0 means
	// a sensible share of this machine.
	Memory int64
	// Grace is how long an interrupted program may take to end; 0 means 2 s.
	Grace time.Duration
}

// Engine is one session. It is used by one goroutine at a time; only SetLang,
// Complete and Inspect may be called while a cell runs.
type Engine struct {
	opts Options
}

var errNotYet = errors.New("engine: not wired yet")

// New starts a session in opts.Dir.
func New(ctx context.Context, opts Options) (*Engine, error) {
	return &Engine{opts: opts}, nil
}

// Close ends the session: no process and no temporary folder is left.
func (e *Engine) Close() error { return nil }

// SetLang changes the language of explanations, "en" or "zh".
func (e *Engine) SetLang(lang string) {}

// Execute runs a cell and returns when all its output has been given to sink.
// Cancelling ctx interrupts the cell. The error is our fault, never the
// learner's: that is Result.Problem.
func (e *Engine) Execute(ctx context.Context, cell Cell, sink Sink) (Result, error) {
	return Result{}, errNotYet
}

// Complete proposes how to go on at byte offset of src.
func (e *Engine) Complete(ctx context.Context, src string, offset int) (Completion, error) {
	return Completion{Start: offset, End: offset}, nil
}

// Inspect describes what stands at byte offset of src; ok is false when there
// is nothing to say.
func (e *Engine) Inspect(ctx context.Context, src string, offset int) (b display.Bundle, ok bool, err error) {
	return nil, false, nil
}
