// Package display carries pictures, tables and questions from a cell's program
// to the kernel that runs it, by GoNB's protocol: gob values through the named
// pipe GONB_PIPE, answers through GONB_PIPE_BACK.
//
// It is linked into every cell that shows something, so it imports little,
// starts no goroutine, listens to no signal and has no init: one lingering
// reader would switch Go's deadlock detector off. For the same reason it
// writes the few gob messages of the protocol by hand; encoding/gob costs
// about 20 ms of linking. It is not the kernel's side of the pipe: that is
// internal/process.
//
// A bundle may hold strings and []byte only, and metadata simple values and
// maps of them.
package display

// MIME types the course uses.
const (
	Text     = "text/plain"
	HTML     = "text/html"
	Markdown = "text/markdown"
	PNG      = "image/png"
	SVG      = "image/svg+xml"
	JSON     = "application/json"
	// Data says what a picture shows, as versioned JSON; see docs/pictures.md.
	Data = "application/vnd.lanebook+json"
	// Recording asks the engine to draw a recorded run. It travels from a
	// cell to our engine only and never reaches a front end.
	Recording = "application/vnd.lanebook.recording+json"
	// Draw asks the engine to draw data of the type Data. It too travels from
	// a cell to our engine only.
	Draw = "application/vnd.lanebook.draw+json"
	// Check asks the engine to put a checker's report into words, and Build to
	// build the cell once more, with other flags; see BuildRequest. They go
	// where Recording goes.
	Check = "application/vnd.lanebook.check+json"
	Build = "application/vnd.lanebook.build+json"
)

// Bundle is one thing to show in several forms, keyed by MIME type. Values
// are strings (text and JSON text) or []byte (binary).
type Bundle map[string]any

// Display is a bundle on its way to the learner.
type Display struct {
	Data     Bundle
	Metadata map[string]any
	// ID names a display that later ones replace in place. Empty: a display
	// of its own.
	ID string
	// Update is set by the engine on all but the first display of an ID. A
	// cell need not set it; it does not travel.
	Update bool
}

// Announcement is the JSON text behind the Recording MIME type.
type Announcement struct {
	// File holds the recording, relative to the folder LANEBOOK_SPOOL.
	File string `json:"file"`
	// Kind says what was recorded: "lanes".
	Kind      string `json:"kind"`
	Title     string `json:"title,omitempty"`
	DisplayID string `json:"displayId,omitempty"`
	// Note is a sentence to print with the picture.
	Note string `json:"note,omitempty"`
	// Cut says that the recording ended before the run did.
	Cut bool `json:"cut,omitempty"`
}

// BuildRequest is the JSON text behind the Build MIME type. The answer is a
// file, in the folder LANEBOOK_SPOOL, whose first line is a word: "built", then
// the second is the path of the binary; "compiler": a C compiler is missing; or
// "failed", and the rest says why. It appears whole, and always.
type BuildRequest struct {
	Flags  []string `json:"flags"`
	Answer string   `json:"answer"` // the file's name
}
