package verdict

import (
	"encoding/json"
	"fmt"
	"strings"

	"lanebook/internal/crash"
	"lanebook/internal/display"
)

// told is a report in words.
type told struct {
	Report
	w      *words
	status string // of the whole: "passed", "failed", "running"
	what   string // the failure in one sentence
	rows   []row
	story  string // what Go said, in words
	race   *crash.Race
	teller crash.Teller
	hint   string
	races  string // a line about data races
}

// row is one of tried, came out, expected, where to look.
type row struct {
	name, text string
	code       bool
}

// tell finds the words.
func tell(r Report, opt Options) *told {
	v := &told{Report: r, w: wordsFor(opt.Lang), status: "passed"}
	v.teller = crash.Teller{Lang: opt.Lang, Source: opt.Source, Name: opt.Name}
	if r.Running {
		v.status = "running"
	}
	if f := r.Failure; f != nil {
		v.status = "failed"
		v.failure(f, opt)
	}
	v.races = v.raceLine()
	return v
}

func (v *told) failure(f *Failure, opt Options) {
	v.what = v.w.kinds[f.Kind]
	if v.what == "" {
		v.what = v.w.kinds["wrong"]
	}
	v.hint = v.w.hints[f.Kind]
	got, want := f.Got, f.Want
	switch f.Kind {
	case "sequential":
		got = fmt.Sprintf(v.w.met, f.Met)
		want = fmt.Sprintf(v.w.meet, f.Meet)
	case "exit":
		got = fmt.Sprintf(v.w.exitCode, f.Got)
	}
	code := f.Kind == "wrong" || f.Kind == "race"
	v.add(v.w.tried, f.Tried, true)
	v.add(v.w.got, got, code)
	v.add(v.w.want, want, code)
	v.add(v.w.expect, f.Expect, false)
	v.add(v.w.look, f.Look, false)
	v.story = strings.TrimRight(v.goSays(f, opt), "\n")
	if opt.Shown != nil {
		v.story = opt.Shown(v.story)
	}
	if v.race != nil || v.story != "" && saysItself[f.Kind] {
		v.what = ""
	}
}

// saysItself are the kinds of which the words for what Go said begin with what
// happened.
var saysItself = map[string]bool{"deadlock": true, "panic": true, "crash": true}

func (v *told) add(name, text string, code bool) {
	if text != "" {
		v.rows = append(v.rows, row{name, text, code})
	}
}

// goSays puts what Go wrote about the end of the program into words.
func (v *told) goSays(f *Failure, opt Options) string {
	if races := crash.Races(f.Said + v.Races.Said); len(races) > 0 {
		v.race = &races[0]
		v.hint = "" // the race tells its own
		return ""
	}
	said := f.Said
	if _, stacks, ok := strings.Cut(said, "SIGQUIT: quit"); ok {
		_, stacks, _ = strings.Cut(stacks, "\n\n")
		said = "fatal error: asked\n\n" + stacks
	}
	_, r, ok := crash.Parse(said)
	if !ok {
		return ""
	}
	switch f.Kind {
	case "leak":
		return r.Left(opt.Lang, opt.Source)
	case "endless", "stuck":
		return r.Stands(opt.Lang, opt.Source)
	case "sequential":
		return ""
	}
	return r.Verdict(opt.Lang, opt.Source)
}

// raceLine says whether data races were looked for.
func (v *told) raceLine() string {
	switch v.Races.Status {
	case "none":
		if v.Failure != nil { // there are other worries first
			return ""
		}
		return "✓ " + v.w.noRace
	case "found":
		if v.race != nil { // told where it was found
			return ""
		}
		return "✗ " + v.w.foundRace
	case "unchecked":
		why := v.Races.Why
		switch why {
		case "flag":
			why = v.w.needsFlag
		case "compiler":
			why = v.w.needsCompiler
		}
		return "– " + fmt.Sprintf(v.w.notChecked, why)
	}
	if v.Running && v.Failure == nil {
		return "… " + v.w.looking
	}
	return ""
}

// Data is what a front end can read of a check, with version 1 and kind
// "check"; docs/pictures.md describes it.
type Data struct {
	Version int             `json:"version"`
	Kind    string          `json:"kind"`
	Title   string          `json:"title"`
	Status  string          `json:"status"`
	Passed  bool            `json:"passed"`
	Cases   []Case          `json:"cases"`
	Failure *DataFailure    `json:"failure,omitempty"`
	Races   DataRaces       `json:"races"`
	Lanes   json.RawMessage `json:"lanes,omitempty"`
}

// DataFailure is the first thing that was wrong.
type DataFailure struct {
	Case  int    `json:"case"`
	Kind  string `json:"kind"`
	What  string `json:"what"`
	Tried string `json:"tried,omitempty"`
	Got   string `json:"got,omitempty"`
	Want  string `json:"want,omitempty"`
	Look  string `json:"look,omitempty"`
	Story string `json:"story,omitempty"`
	Hint  string `json:"hint,omitempty"`
}

// DataRaces says whether data races were looked for.
type DataRaces struct {
	Status string `json:"status,omitempty"`
	Text   string `json:"text,omitempty"`
}

func (v *told) data(opt Options) Data {
	d := Data{
		Version: 1, Kind: "check", Title: v.Title, Status: v.status, Passed: v.status == "passed",
		Cases: v.Cases, Races: DataRaces{v.Races.Status, v.races},
	}
	if d.Cases == nil {
		d.Cases = []Case{}
	}
	if f := v.Failure; f != nil {
		d.Failure = &DataFailure{Case: f.Case, Kind: f.Kind, What: v.w.kinds[f.Kind], Look: f.Look, Story: v.goText(), Hint: v.hint}
		for _, r := range v.rows {
			switch r.name {
			case v.w.tried:
				d.Failure.Tried = r.text
			case v.w.got:
				d.Failure.Got = r.text
			case v.w.want:
				d.Failure.Want = r.text
			}
		}
	}
	if lanes, ok := opt.Picture[display.Data].(string); ok {
		d.Lanes = json.RawMessage(lanes)
	}
	return d
}

// goText is what Go said, as text.
func (v *told) goText() string {
	if v.race != nil {
		return strings.TrimRight(v.teller.Text(*v.race), "\n")
	}
	return v.story
}
