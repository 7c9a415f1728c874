package lesson

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/google/shlex"

	"lanebook/internal/notebook"
)

// setupSource makes a notebook run under GoNB from a clone: the cell's module
// learns where this module is. Where cells know it already it does nothing.
const setupSource = `!*test -n "$LANEBOOK_VERSION" || go mod edit -require=lanebook@v0.0.0 -replace=lanebook="$(cd "$GONB_DIR/../.." && pwd)"`

// words are the few words the generator itself writes into prose.
var words = map[string]map[string]string{
	"hint":     {"en": "Hint", "zh": "提示"},
	"solution": {"en": "Solution", "zh": "参考答案"},
}

// builder makes the cells of one lesson. Prose is collected in prose until
// something ends the cell.
type builder struct {
	root     fs.FS
	lesson   *Lesson
	home     string // the package that bare names refer to
	packages map[string]*snippets
	problems []Problem

	prose    Cell
	parts    []string
	covers   []string // found since the last cell
	last     string   // id of the cell before
	seen     map[string]int
	setup    bool
	exercise map[string]bool
}

func newBuilder(root fs.FS, l *Lesson, home string) *builder {
	return &builder{root: root, lesson: l, home: home, packages: map[string]*snippets{},
		seen: map[string]int{}, exercise: map[string]bool{}}
}

func (b *builder) problem(line int, format string, args ...any) {
	b.problems = append(b.problems, Problem{b.lesson.Path, line, fmt.Sprintf(format, args...)})
}

func (b *builder) build(blocks []block) {
	b.parts = []string{"# " + b.lesson.Title}
	b.prose = Cell{ID: "title", Line: 1}
	for _, blk := range blocks {
		switch {
		case blk.border:
			b.flush()
			b.prose = Cell{ID: blk.id, Line: blk.line}
			b.checkID(blk.id, blk.line)
		case blk.fence && strings.Contains(blk.info, "="):
			b.directive(blk)
		case blk.fence:
			b.addProse(blk.raw, blk.line)
		default:
			b.covers = append(b.covers, blk.covers...)
			b.addProse(blk.prose, blk.line)
		}
	}
	b.flush()
}

func (b *builder) checkID(id string, line int) {
	if id != "" && (!idPattern.MatchString(id) || len(id) > 64) {
		b.problem(line, "id %q: want lower-case words joined by -, at most 64 letters", id)
	}
}

func (b *builder) addProse(text string, line int) {
	if text == "" {
		return
	}
	if len(b.parts) == 0 && b.prose.Line == 0 {
		b.prose.Line = line
	}
	b.parts = append(b.parts, text)
}

// flush ends the prose cell at hand. After the first one comes the setup cell.
func (b *builder) flush() {
	c := b.prose
	c.Source = strings.Join(b.parts, "\n\n")
	b.prose, b.parts = Cell{}, nil
	if c.Source == "" {
		return
	}
	if c.ID == "" {
		c.ID = b.unique("after-" + strings.TrimPrefix(b.last, "after-"))
	}
	b.add(c)
	if !b.setup {
		b.setup = true
		b.add(Cell{ID: "setup", Code: true, Source: setupSource, Tags: []string{"setup"}, Line: c.Line})
		b.last = c.ID
	}
}

// unique makes an id that no cell before has.
func (b *builder) unique(id string) string {
	base := id
	for n := 2; b.seen[id] != 0; n++ {
		id = fmt.Sprintf("%s-%d", base, n)
	}
	return id
}

func (b *builder) add(c Cell) {
	if line, ok := b.seen[c.ID]; ok {
		b.problem(c.Line, "the id %q is taken by the cell of line %d", c.ID, line)
	}
	c.Covers = append(c.Covers, b.covers...)
	slices.Sort(c.Covers)
	c.Covers = slices.Compact(c.Covers)
	b.covers = nil
	b.seen[c.ID] = c.Line
	b.last = c.ID
	b.lesson.Cells = append(b.lesson.Cells, c)
}

// attributes are the NAME=VALUE words behind a fence's language.
var attributes = []string{"cell", "decl", "main", "tags", "covers", "show", "output", "hint", "solution"}

// directive handles a fence with attributes.
func (b *builder) directive(blk block) {
	lang, attrs, ok := b.attributes(blk)
	if !ok {
		return
	}
	switch {
	case attrs["cell"] != "":
		b.code(blk, attrs)
	case attrs["hint"] != "":
		b.folded("hint", attrs["hint"], trimBlankLines(blk.body), nil, blk.line)
	case attrs["solution"] != "":
		b.solution(blk, attrs)
	case attrs["show"] != "":
		if text, _, _, ok := b.pull(blk.line, attrs["show"], false); ok {
			b.addProse(fenced(lang, text), blk.line)
		}
	case attrs["output"] != "":
		if text, ok := b.output(blk.line, attrs["output"]); ok {
			b.addProse(fenced(lang, text), blk.line)
		}
	default:
		b.problem(blk.line, "the fence has attributes but none of cell=, show=, output=, hint=, solution=")
	}
}

func (b *builder) attributes(blk block) (lang string, attrs map[string]string, ok bool) {
	fields, err := shlex.Split(blk.info)
	if err != nil {
		b.problem(blk.line, "attributes: %v", err)
		return "", nil, false
	}
	attrs = map[string]string{}
	for i, f := range fields {
		key, value, found := strings.Cut(f, "=")
		switch {
		case !found && i == 0:
			lang = f
		case !found || value == "":
			b.problem(blk.line, "attribute %q: want name=value", f)
			return "", nil, false
		case !slices.Contains(attributes, key):
			b.problem(blk.line, "unknown attribute %q%s", key, didYouMean(key, attributes))
			return "", nil, false
		default:
			attrs[key] = value
		}
	}
	return lang, attrs, true
}

// code makes a cell of code.
func (b *builder) code(blk block, attrs map[string]string) {
	b.flush()
	c := Cell{ID: attrs["cell"], Code: true, Line: blk.line}
	b.checkID(c.ID, c.Line)
	for _, tag := range list(attrs["tags"]) {
		if !slices.Contains(knownTags, tag) {
			b.problem(blk.line, "unknown tag %q%s", tag, didYouMean(tag, knownTags))
		}
		c.Tags = append(c.Tags, tag)
	}
	for _, id := range list(attrs["covers"]) {
		if !coverPattern.MatchString(id) {
			b.problem(blk.line, "covers: %q is no id such as E-58", id)
		}
		c.Covers = append(c.Covers, id)
	}
	b.exercise[c.ID] = slices.Contains(c.Tags, "exercise")
	special := trimBlankLines(blk.body)
	if i, why := checkSpecial(special); why != "" {
		b.problem(blk.line+1+i, "%s", why)
	}
	var ok bool
	if c.Source, c.From, ok = b.compose(blk.line, special, attrs); !ok {
		return
	}
	if c.Source == "" {
		b.problem(blk.line, "cell %q is empty: want decl=, main= or special lines", c.ID)
	}
	b.add(c)
}

// compose joins special lines, imports, declarations and the body of main.
func (b *builder) compose(line int, special string, attrs map[string]string) (string, []Origin, bool) {
	var decls, from, imps = []string{}, []Origin{}, map[string]string{}
	good := true
	add := func(name string, body bool) string {
		text, origin, used, ok := b.pull(line, name, body)
		good = good && ok
		from = append(from, origin)
		maps.Copy(imps, used)
		return text
	}
	for _, name := range list(attrs["decl"]) {
		decls = append(decls, add(name, false))
	}
	main := ""
	if attrs["main"] != "" {
		main = add(attrs["main"], true)
	}
	if !good {
		return "", nil, false
	}
	top := append([]string{}, importBlock(imps))
	top = slices.DeleteFunc(append(top, decls...), func(s string) bool { return s == "" })
	goText := strings.Join(top, "\n\n")
	if _, err := parser.ParseFile(token.NewFileSet(), "cell", "package main\n"+goText+"\nfunc main() {\n"+main+"\n}\n", parser.SkipObjectResolution); err != nil {
		b.problem(line, "the parts do not make a cell of Go: %v", err)
	}
	cell := []string{special, goText}
	if attrs["main"] != "" {
		cell = append(cell, "%%\n"+main)
	}
	cell = slices.DeleteFunc(cell, func(s string) bool { return s == "" })
	return strings.Join(cell, "\n\n"), from, true
}

// solution makes the folded cell with an exercise's solution: the code, then
// what stands in the fence as explanation.
func (b *builder) solution(blk block, attrs map[string]string) {
	code, from, ok := b.compose(blk.line, "", attrs)
	if !ok {
		return
	}
	text := fenced("go", code)
	if note := trimBlankLines(blk.body); note != "" {
		text += "\n\n" + note
	}
	b.folded("solution", attrs["solution"], text, from, blk.line)
}

// folded makes a prose cell that is closed until the reader opens it.
func (b *builder) folded(kind, exercise, text string, from []Origin, line int) {
	if !b.exercise[exercise] {
		b.problem(line, "%s=%s: no cell of that id with tags=exercise stands before", kind, exercise)
	}
	b.flush()
	b.add(Cell{
		ID: b.unique(exercise + "-" + kind), Tags: []string{kind}, For: exercise, From: from, Line: line,
		Source: notebook.Fold(words[kind][b.lesson.Lang], text),
	})
}

// fenced puts text into a fence that is longer than any in the text.
func fenced(lang, text string) string {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	return fence + lang + "\n" + text + "\n" + fence
}

func list(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ",")
}
