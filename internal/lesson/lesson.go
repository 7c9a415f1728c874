// Package lesson turns lessons (Markdown with directives, see docs/lessons.md)
// and the snippets they name into notebooks. It compares the languages of a
// chapter with each other and a notebook on disk with its lesson. It runs no
// code: recorded outputs are taken over from the notebook that is there.
//
// The way of a lesson: blocks (split.go) cuts the text into prose and fences;
// builder (build.go) makes cells of them, with code from a package of snippets
// (snippet.go, imports.go); notebook.go writes the cells as a notebook.
//
// Mistakes of an author are Problems, all of them at once, each with file and
// line. An error is only what keeps us from reading or writing at all.
package lesson

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"gopkg.in/yaml.v3"
)

// Problem is a mistake in a lesson: where, and what to do about it.
type Problem struct {
	Path    string
	Line    int // from 1; 0 when the problem is the whole file
	Message string
}

// String is the problem as editors understand it: path:line: message.
func (p Problem) String() string {
	if p.Line == 0 {
		return fmt.Sprintf("%s: %s", p.Path, p.Message)
	}
	return fmt.Sprintf("%s:%d: %s", p.Path, p.Line, p.Message)
}

// Lesson is one chapter in one language.
type Lesson struct {
	Path    string // lessons/en/13-pools.md
	Lang    string // en
	Name    string // 13-pools
	Title   string
	Summary string
	Cells   []Cell
}

// Cell is one cell of the notebook to be written.
type Cell struct {
	ID     string
	Code   bool // else Markdown
	Source string
	Tags   []string
	Covers []string // items of the inventory, E-58
	From   []Origin // where pulled code comes from
	For    string   // hint, solution: the id of the exercise
	Line   int      // of the lesson
}

// Origin is one place that code was pulled from.
type Origin struct {
	Source string // snippets/pools/workers.go
	Anchor string // name of an anchor or declaration
}

// front is the YAML at the top of a lesson.
type front struct {
	Title    string `yaml:"title"`
	Summary  string `yaml:"summary"`
	Snippets string `yaml:"snippets"`
}

// Load reads one lesson; root is the root of the repository. A lesson with
// problems has only those cells that could be made.
func Load(root fs.FS, file string) (*Lesson, []Problem) {
	l := &Lesson{
		Path: file,
		Lang: path.Base(path.Dir(file)),
		Name: strings.TrimSuffix(path.Base(file), ".md"),
	}
	data, err := fs.ReadFile(root, file)
	if err != nil {
		return l, []Problem{{Path: file, Message: err.Error()}}
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	text := strings.ReplaceAll(string(data), "\r\n", "\n")
	fm, body, first, err := splitFront(text)
	if err != nil {
		return l, []Problem{{Path: file, Line: 1, Message: strings.ReplaceAll(err.Error(), "\n ", "")}}
	}
	l.Title, l.Summary = fm.Title, fm.Summary
	b := newBuilder(root, l, fm.Snippets)
	b.build(split(body, first))
	return l, b.problems
}

// splitFront separates the front matter from the body; first is the line
// number at which the body begins.
func splitFront(text string) (fm front, body string, first int, err error) {
	rest, ok := strings.CutPrefix(text, "---\n")
	if !ok {
		return fm, "", 0, fmt.Errorf("want a first line --- and then title: …")
	}
	head, body, ok := strings.Cut(rest, "\n---\n")
	if !ok {
		return fm, "", 0, fmt.Errorf("the front matter has no end (a line ---)")
	}
	dec := yaml.NewDecoder(strings.NewReader("\n" + head)) // the newline keeps yaml's line numbers right
	dec.KnownFields(true)
	if err := dec.Decode(&fm); err != nil {
		return fm, "", 0, fmt.Errorf("front matter: %w", err)
	}
	if fm.Title == "" {
		return fm, "", 0, fmt.Errorf("front matter: title is missing")
	}
	return fm, body, 3 + strings.Count(head, "\n") + 1, nil
}

// knownTags are the tags a lesson may use; a misspelt one would silently
// change how outputs are compared.
var knownTags = []string{
	"timing", "picture", "nondeterministic", "raises-exception", "slow", "exercise",
}

var (
	idPattern    = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	coverPattern = regexp.MustCompile(`^[A-Z]+-[0-9]+[a-z]?$`)
)
