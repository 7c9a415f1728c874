package program

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"lanebook/internal/spelling"
)

// Kind says what a special line asks for.
type Kind string

// The kinds of special lines that are carried out.
const (
	KindMain       Kind = "main" // %% or %main: what follows is main's body
	KindArgs       Kind = "args"
	KindEnv        Kind = "env"
	KindCd         Kind = "cd"
	KindGoflags    Kind = "goflags"
	KindList       Kind = "list"
	KindRemove     Kind = "remove"
	KindReset      Kind = "reset"
	KindHelp       Kind = "help"
	KindVersion    Kind = "version"
	KindShell      Kind = "!"  // !cmd, in the notebook's folder
	KindBuildShell Kind = "!*" // !*cmd, in the folder where cells are built

	KindExec         Kind = "exec" // main calls a function
	KindTest         Kind = "test" // the cell's tests are what runs
	KindCapture      Kind = "capture"
	KindAutoget      Kind = "autoget"
	KindNoautoget    Kind = "noautoget"
	KindWithInputs   Kind = "with_inputs"
	KindWithPassword Kind = "with_password"
	KindTrack        Kind = "track"
	KindUntrack      Kind = "untrack"
	KindGoworkfix    Kind = "goworkfix"
	KindWidgets      Kind = "widgets"
	KindWidgetsHB    Kind = "widgets_hb"
	KindWasm         Kind = "wasm" // the program is for the browser

	// How to run the cell; these are ours alone.
	KindRace  Kind = "%race"
	KindTime  Kind = "%time"
	KindWatch Kind = "%watch"
	KindDeep  Kind = "%deep"
)

// Line is one special line, with its continuation lines.
type Line struct {
	Pos
	Kind Kind
	Args []string // for shell lines nil; for KindEnv name and value
	Text string   // shell lines: the command; others: everything after the name
}

// special describes one %line: what it is called, how many arguments it takes.
type special struct {
	name     string
	kind     Kind
	min, max int    // number of arguments; max < 0 is any number
	usage    string // shown when the number is wrong
}

// specials is the table of all known %lines.
var specials = []special{
	{"main", KindMain, 0, -1, "%main [arguments]"},
	{"args", KindArgs, 0, -1, "%args [arguments]"},
	{"env", KindEnv, 2, 2, `%env NAME value (with quotes around a value that has blanks)`},
	{"cd", KindCd, 0, 1, "%cd [folder]"},
	{"goflags", KindGoflags, 0, -1, "%goflags [flags]"},
	{"list", KindList, 0, -1, "%list"},
	{"ls", KindList, 0, -1, "%ls"},
	{"rm", KindRemove, 1, -1, "%rm names; %list shows them"},
	{"remove", KindRemove, 1, -1, "%remove names; %list shows them"},
	{"reset", KindReset, 0, 1, "%reset or %reset go.mod"},
	{"help", KindHelp, 0, -1, "%help"},
	{"version", KindVersion, 0, -1, "%version"},
	{"exec", KindExec, 1, -1, "%exec function [arguments]"},
	{"test", KindTest, 0, -1, "%test [flags]"},
	{"capture", KindCapture, 1, 2, "%capture [-a] file"},
	{"with_inputs", KindWithInputs, 0, 0, "%with_inputs"},
	{"with_password", KindWithPassword, 0, 0, "%with_password"},
	{"autoget", KindAutoget, 0, 0, "%autoget"},
	{"noautoget", KindNoautoget, 0, 0, "%noautoget"},
	{"track", KindTrack, 0, -1, "%track [folder or file]"},
	{"untrack", KindUntrack, 0, -1, "%untrack [folder or file]"},
	{"goworkfix", KindGoworkfix, 0, 0, "%goworkfix"},
	{"%race", KindRace, 0, 0, "%%race"},
	{"%time", KindTime, 0, 0, "%%time"},
	{"%watch", KindWatch, 0, 0, "%%watch"},
	{"%deep", KindDeep, 0, 0, "%%deep"},
	{"wasm", KindWasm, 0, 0, "%wasm"},
	{"widgets", KindWidgets, 0, 0, "%widgets"},
	{"widgets_hb", KindWidgetsHB, 0, 0, "%widgets_hb"},
}

// bodyNames are the %%lines that make the rest of the cell something else than Go.
var bodyNames = []string{"writefile", "bash", "sh", "script"}

// elsewhere tells people who know IPython what we have instead.
var elsewhere = map[string]string{
	"time":   `%%time times the cell; kernelext.Time("name", func() { … }) a piece of it`,
	"race":   "%%race runs the cell under the race detector",
	"watch":  "%%watch runs the cell and explains a deadlock",
	"timeit": `kernelext.Time("name", func() { … }) measures a piece of code`,
	"python": "%%script python3 gives the rest of the cell to Python",
	"who":    "%list shows what the notebook remembers",
	"whos":   "%list shows what the notebook remembers",
	"pwd":    "%cd without a folder shows where cells run",
	"pip":    "!*go get PATH@latest fetches a Go module",
	"conda":  "!*go get PATH@latest fetches a Go module",
}

// SpecialNames returns every name that may stand at the start of a line, with
// its percent signs, for completion.
func SpecialNames() []string {
	names := []string{"%%"}
	for _, s := range specials {
		names = append(names, "%"+s.name)
	}
	for _, n := range bodyNames {
		names = append(names, "%%"+n)
	}
	return names
}

// unknownSpecial is the diagnostic for a %line that does not exist.
func unknownSpecial(at Pos, name string) Diagnostic {
	d := Diagnostic{Pos: at, Message: fmt.Sprintf("unknown special line %s", name)}
	bare := strings.TrimLeft(name, "%")
	if hint, ok := elsewhere[bare]; ok {
		d.Hint = hint
		return d
	}
	d.Hint = "%help lists them all"
	full := map[string]string{} // by the name without its percent signs
	for _, n := range SpecialNames() {
		full[strings.TrimLeft(n, "%")] = n
	}
	if near := spelling.Nearest(bare, slices.Collect(maps.Keys(full))); near != "" {
		d.Hint = fmt.Sprintf("did you mean %s? %%help lists them all", full[near])
	}
	return d
}

// misplacedBody is the diagnostic for %%bash and its kin below the first line.
func misplacedBody(at Pos, name string) Diagnostic {
	return Diagnostic{Pos: at,
		Message: fmt.Sprintf("%%%%%s must be the first line of its cell", name),
		Hint:    "give it a cell of its own"}
}

func findSpecial(name string) (special, bool) {
	i := slices.IndexFunc(specials, func(s special) bool { return s.name == name })
	if i < 0 {
		return special{}, false
	}
	return specials[i], true
}
