// Package verdict puts the report of a checker into words and shapes: what was
// tried, what came out, what was expected, where to look. The report comes from
// kernelext/check, as JSON that a learner's cell has written; nothing of it is
// trusted to be well-formed.
//
// Under the lanebook kernel the engine calls Draw; where the kernel is another
// one, the cell does.
package verdict

import (
	"encoding/json"
	"fmt"

	"lanebook/internal/crash"
	"lanebook/internal/display"
)

// Report is what a checker found. Its JSON is written in kernelext/check.
type Report struct {
	Title   string   `json:"title"`
	Running bool     `json:"running"` // the race detector or the picture is still to come
	Cases   []Case   `json:"cases"`
	Failure *Failure `json:"failure"`
	Races   Races    `json:"races"`
	Trace   string   `json:"trace"` // file with a recording, see display.Announcement
}

// Case is one thing that must be true: Status is "passed", "failed" or "open".
type Case struct {
	Name   string `json:"name"`
	Status string `json:"status"`
}

// Failure is the first thing that was wrong.
type Failure struct {
	Case    int    `json:"case"` // index; below 0 if the cases were never reached
	Kind    string `json:"kind"` // see check.Kind
	Tried   string `json:"tried,omitempty"`
	Got     string `json:"got,omitempty"`
	Want    string `json:"want,omitempty"`
	Expect  string `json:"expect,omitempty"` // what should have happened next
	Look    string `json:"look,omitempty"`
	Met     int    `json:"met,omitempty"`
	Meet    int    `json:"meet,omitempty"` // of so many calls that had to overlap, Met came
	Printed string `json:"printed,omitempty"`
	Said    string `json:"said,omitempty"` // what Go wrote to stderr
}

// Races says whether data races were looked for: Status is "none", "found",
// "unchecked" or empty, Why is "flag", "compiler" or a message.
type Races struct {
	Status string `json:"status,omitempty"`
	Why    string `json:"why,omitempty"`
	Said   string `json:"said,omitempty"`
}

// Options say how to draw.
type Options struct {
	Lang   string // "en" or "zh"; anything else is English
	Source crash.Source
	// Name says what the learner calls a cell, Shown does so in a text; nil:
	// as the program does.
	Name  func(cell string) string
	Shown func(text string) string
	// Picture is drawn from Report.Trace, if there is one.
	Picture display.Bundle
}

// Parse reads a report.
func Parse(text string) (Report, error) {
	var r Report
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		return Report{}, fmt.Errorf("report of a check: %w", err)
	}
	if f := r.Failure; f != nil && f.Case >= len(r.Cases) {
		f.Case = -1
	}
	return r, nil
}

// Draw makes a bundle of a report: HTML, text, and data of kind "check".
func Draw(text string, opt Options) (display.Bundle, error) {
	r, err := Parse(text)
	if err != nil {
		return nil, err
	}
	v := tell(r, opt)
	data, err := json.Marshal(v.data(opt))
	if err != nil {
		return nil, fmt.Errorf("data of a check: %w", err)
	}
	return display.Bundle{
		display.Text: v.text(),
		display.HTML: v.html(opt.Picture),
		display.Data: string(data),
	}, nil
}
