// Package program turns a notebook's cells into Go programs. Text goes in,
// text comes out: it knows Go's syntax and the notebook dialect, and nothing
// of files, processes, packages on disk or Jupyter.
//
// A cell goes through three steps:
//
//  1. Parse finds the special lines (%args, !cmd, %% ...), cuts the Go text
//     into declarations and statements, and reports syntax errors.
//
//  2. Session.Add merges the declarations into a copy of what the notebook
//     remembers.
//
//  3. The same call composes main.go. Every piece of a learner's text is
//     copied, never reprinted, behind a comment such as
//
//     //line cell[3]:2:1
//
//     so that the compiler, vet, panics and runtime.Caller report lines and
//     columns of the cell by themselves. No table of positions exists.
//
// A learner's mistake is a Diagnostic. Nothing here returns an error: there is
// nothing that could fail on our side.
package program

// Cell is one cell as the learner wrote it.
type Cell struct {
	Name   string // as it appears in positions, such as "cell[3]"; no blanks at the ends, no line breaks
	Source string
}

// Pos is a place in a cell. Line and Col are 1-based; Col counts bytes, as the
// go toolchain prints it.
type Pos struct {
	Cell      string
	Line, Col int
}

// Diagnostic is something wrong with a learner's text.
type Diagnostic struct {
	Pos
	Message string
	Hint    string // what to try; may be empty
}

// maxDiagnostics is as many as the compiler prints, too.
const maxDiagnostics = 10

// Packages answers questions about packages that can be imported.
type Packages interface {
	// Name returns the name in the package clause of the package at path.
	Name(path string) (name string, ok bool)
	// Find returns the path of a package called name that exports all members.
	Find(name string, members []string) (path string, ok bool)
	// Nearest returns the path of a package called name that exports, for each
	// member, that or one spelt much like it.
	Nearest(name string, members []string) (path string, ok bool)
}

// Program is a composed main.go and what a builder must know about it.
type Program struct {
	Source  []byte   // main.go; the same cells give the same bytes
	Imports []string // paths imported by Source, sorted, without "C"
	Watch   bool     // mentions kernelext.Watch
	Race    bool     // the cell asks for the race detector
	Test    bool     // Source is to be built as a test, without a main of its own
	Runs    bool     // the cell has something to run; if not, Source is only good for checking
	Wasm    bool     // for the browser: GOOS=js, GOARCH=wasm
	Cgo     bool     // imports "C"
	Embed   bool     // has a //go:embed directive
	Stdin   bool     // mentions os.Stdin or fmt.Scan and its kin
	Deep    bool     // mentions kernelext.Deep: wants the runtime that tells more
	Timers  bool     // may set a timer, so that somebody who waits at a channel may wake up by himself
	Args    []string // arguments from %%, %main or %args
	Known   []string // names that are remembered but not in Source, as nothing there needs them
}
