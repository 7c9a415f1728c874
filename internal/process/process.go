// Package process runs the programs of cells under a supervisor: a small
// process of our own binary, one per engine, that starts them, and kills them
// with everything they started when they end, misbehave, or when the engine
// goes away. It also reads what a program puts out: text of both streams and
// displays, in order, in pieces of sensible size.
//
// It knows nothing of Go, notebooks or languages.
//
// Processes: engine → supervisor → program → whatever the program starts.
// Each program has a session of its own. On Linux the supervisor is the
// subreaper of all below it, so nothing gets away. Elsewhere it looks at the
// tree by ps; a child that starts a session of its own and loses its parent
// between two looks (0.5 s) survives.
//
// Goroutines: Run does all its work in the goroutine of its caller, in one
// poll loop; while a question is open, one more waits for the answer. The
// supervisor has one for everything and one that reads orders.
package process

import (
	"context"
	"syscall"
	"time"

	"lanebook/internal/display"
)

// Reason says why the supervisor ended a program.
type Reason string

// Reasons; the empty one means that the program ended by itself.
const (
	Interrupted      Reason = "interrupted"
	OutOfMemory      Reason = "out of memory"
	TooManyProcesses Reason = "too many processes"
	Stuck            Reason = "stuck"
)

// Exit is how a program ended.
type Exit struct {
	// Code is the exit status, or -1 when a signal ended the program.
	Code   int
	Signal syscall.Signal
	// Reason is set when the supervisor had a hand in it. An interrupted
	// program may still have ended as it wanted: look at Code.
	Reason Reason
	// Wall, User and System are the program's times, those of children it
	// waited for included.
	Wall, User, System time.Duration
	// Memory and Processes are the highest values seen of the whole tree.
	Memory    int64
	Processes int
}

// Command is a program to run.
type Command struct {
	// Path is the file to execute; Args are its arguments without the name.
	Path string
	Args []string
	Dir  string
	// Env is the whole environment; the display pipes are added to it.
	Env []string
	// Pipes is a folder for the display pipes. Empty: no displays.
	Pipes string
	// Input is given on standard input, which then ends. It excludes Ask.
	Input []byte
	// Ask answers questions, which then arrive on standard input. Nil:
	// standard input is empty. Its context ends with the program.
	Ask func(ctx context.Context, prompt string, password bool) (string, error)
	// Front is where the program's widgets live. Nil: nowhere.
	Front Front
	// AskWhenQuiet is for systems where we cannot see what a program waits
	// for, that is, all but Linux. When a program that reads standard input is
	// quiet, it is taken to wait for a line.
	AskWhenQuiet bool
	// QuitWhenStuck ends a program by SIGQUIT when its threads wait for each
	// other and for nothing else: neither for time, nor for files, the
	// network or other processes. It must not wait for signals, either. Only
	// where we can see that.
	QuitWhenStuck bool
	// Grace is the time between interrupt and kill; 0 means 2 s.
	Grace time.Duration
	// Memory (bytes), Processes and Output (bytes of text) limit the program
	// and its children; 0 means the default, -1 no limit.
	Memory    int64
	Processes int
	Output    int
	// Spill is a file to make for text beyond Output. Empty: it is only
	// counted.
	Spill string
}

// Handler takes what a program puts out. Calls come one at a time.
type Handler interface {
	// Output takes valid UTF-8 text of "stdout" or "stderr".
	Output(stream, text string)
	// Display takes a display; Update is set for all but the first of an ID.
	Display(display.Display)
	// Notice takes a sentence of our own about the program: output was cut,
	// its pipe holds junk, nobody can answer its question.
	Notice(Notice)
}

// Notice is something to tell the learner about the running program.
type Notice struct {
	Kind NoticeKind
	// Bytes is the limit (OutputLimit) or what was lost (OutputCut).
	Bytes int
	// Kept is how many bytes beyond the limit are in File, if there is one.
	Kept int
	File string
	// Detail is technical: the error behind Junk, the prompt behind NoAnswer.
	Detail string
}

// NoticeKind is the kind of a Notice.
type NoticeKind int

// Kinds of notices.
const (
	OutputLimit NoticeKind = iota + 1 // the limit was reached; the rest is not shown
	OutputCut                         // at the end: so much was not shown; the last of stderr follows
	Junk                              // the display pipe holds something else
	NoAnswer                          // the program asked, nobody can answer
	NoWidgets                         // the program wants to talk to a widget
)

const (
	defaultGrace  = 2 * time.Second
	defaultOutput = 16 << 20
)

// withDefaults fills in what is zero.
func (c Command) withDefaults() Command {
	if c.Grace == 0 {
		c.Grace = defaultGrace
	}
	if c.Memory == 0 {
		c.Memory = DefaultMemory()
	}
	if c.Processes == 0 {
		c.Processes = DefaultProcesses
	}
	if c.Output == 0 {
		c.Output = defaultOutput
	}
	return c
}
