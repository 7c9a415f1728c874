package toolchain

import (
	"context"
	"errors"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"lanebook/internal/program"
)

// maxDiagnostics is as many problems as a learner is told at once.
const maxDiagnostics = 10

// fileName is the name that go/types must see: with a folder before it, the
// names in //line comments would get that folder, too.
const fileName = "main.go"

// Checked is a type-checked program. Where there are problems it is as
// complete as go/types could make it.
type Checked struct {
	Fset *token.FileSet
	File *ast.File
	Pkg  *types.Package
	Info *types.Info

	table *table
	sizes types.Sizes
	known []string // names that would be there if they were used
	diags []program.Diagnostic
	sure  bool // the diagnostics can be trusted: everything imported was readable
}

// Check type-checks a program in this process and returns what is wrong with
// it, in the order of the source. The error is for trouble that is not the
// learner's.
func (m *Module) Check(ctx context.Context, prog *program.Program) (*Checked, []program.Diagnostic, error) {
	tb, err := m.resolve(ctx, prog)
	if err != nil {
		return nil, nil, err
	}
	c := m.analyse(tb, prog)
	if !c.sure {
		return c, nil, nil
	}
	return c, c.diags, nil
}

// CheckReady is Check for a program that is still being written: it asks
// nobody, and says nothing where something that the program imports would have
// to be fetched or compiled first. Without mistakes there may be warnings.
func (m *Module) CheckReady(ctx context.Context, prog *program.Program) (mistakes, warnings []program.Diagnostic, err error) {
	std := m.t.readyNow()
	if std == nil || prog.Cgo || prog.Wasm {
		return nil, nil, ctx.Err()
	}
	tb := m.readyTable(std, prog.Imports)
	if tb == nil {
		return nil, nil, ctx.Err()
	}
	if c := m.analyse(tb, prog); c.sure {
		return c.diags, m.vetted(tb, prog), nil
	}
	return nil, nil, nil
}

// resolve returns a table with everything that the program imports.
func (m *Module) resolve(ctx context.Context, prog *program.Program) (*table, error) {
	std, err := m.t.ready(ctx)
	if err != nil {
		return nil, err
	}
	if prog.Wasm {
		return m.tableFor(ctx, std, nil) // what it imports is listed for this machine; go build finds it
	}
	return m.tableFor(ctx, std, prog.Imports)
}

// analyse checks a program, or remembers that it did.
func (m *Module) analyse(tb *table, prog *program.Program) *Checked {
	key := strings.Join(append([]string{tb.cfg, string(prog.Source)}, prog.Known...), "\x00")
	return m.analyses.get(key, func() *Checked { return check(tb, prog, m.t.env) })
}

// check parses and type-checks a program.
func check(tb *table, prog *program.Program, env goEnv) *Checked {
	c := &Checked{Fset: token.NewFileSet(), table: tb, known: prog.Known, sure: true}
	mode := parser.SkipObjectResolution | parser.ParseComments | parser.AllErrors
	file, err := parser.ParseFile(c.Fset, fileName, prog.Source, mode)
	c.File = file
	if err != nil {
		c.diags = syntaxProblems(err)
	} else {
		c.diags = c.importProblems()
	}
	var found []types.Error
	c.sizes = types.SizesFor("gc", env.Vars["GOARCH"])
	conf := types.Config{
		GoVersion:   languageOf(tb.Main.GoVersion),
		Importer:    tb.imp,
		Sizes:       c.sizes,
		FakeImportC: true,
		Error: func(err error) {
			var e types.Error
			if errors.As(err, &e) {
				found = append(found, e)
			}
		},
	}
	c.Info = &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{}, Scopes: map[ast.Node]*types.Scope{},
		Implicits: map[ast.Node]types.Object{}, Instances: map[*ast.Ident]types.Instance{}, FileVersions: map[*ast.File]string{},
	}
	c.Pkg, _ = conf.Check("main", c.Fset, []*ast.File{file}, c.Info)
	if len(c.diags) == 0 {
		c.diags = c.problems(found)
	}
	return c
}

// languageOf turns the version in go.mod into what go/types wants.
func languageOf(goVersion string) string {
	if goVersion == "" {
		return ""
	}
	return "go" + goVersion
}

// syntaxProblems translates what the parser found.
func syntaxProblems(err error) []program.Diagnostic {
	var list scanner.ErrorList
	if !errors.As(err, &list) {
		return []program.Diagnostic{{Message: err.Error()}}
	}
	list.RemoveMultiples()
	var diags []program.Diagnostic
	for _, e := range list {
		if len(diags) < maxDiagnostics {
			diags = append(diags, program.Diagnostic{Pos: posOf(e.Pos), Message: "syntax error: " + e.Msg, Hint: hintFor(e.Msg)})
		}
	}
	return diags
}

// importProblems reports imports that cannot be had; everything else that is
// wrong usually follows from them.
func (c *Checked) importProblems() []program.Diagnostic {
	var diags []program.Diagnostic
	for _, spec := range c.File.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		if message, hint := c.table.importProblem(path); message != "" && len(diags) < maxDiagnostics {
			diags = append(diags, program.Diagnostic{Pos: posOf(c.Fset.Position(spec.Path.Pos())), Message: message, Hint: hint})
		}
	}
	return diags
}

// problems turns go/types errors into diagnostics: one for each line and
// message, with the follow-ups joined to what they follow.
func (c *Checked) problems(found []types.Error) []program.Diagnostic {
	var diags []program.Diagnostic
	seen := map[program.Diagnostic]bool{}
	for _, e := range found {
		if strings.HasPrefix(e.Msg, "could not import") {
			// Not the learner's: importProblems found nothing wrong.
			c.sure = false
		}
		if detail, ok := strings.CutPrefix(e.Msg, "\t"); ok {
			if len(diags) > 0 {
				last := &diags[len(diags)-1]
				last.Message += "; " + detail + " at " + where(c.Fset.Position(e.Pos))
			}
			continue
		}
		e.Msg = quotedPackage.ReplaceAllString(e.Msg, "$1.")
		d := program.Diagnostic{Pos: posOf(c.Fset.Position(e.Pos)), Message: e.Msg}
		same := program.Diagnostic{Pos: program.Pos{Cell: d.Cell, Line: d.Line}, Message: d.Message}
		if seen[same] || strings.Contains(e.Msg, "invalid type") {
			continue
		}
		seen[same] = true
		if len(diags) == maxDiagnostics {
			break
		}
		d.Hint = c.hint(e)
		diags = append(diags, d)
	}
	return diags
}

// quotedPackage is how go/types writes the sync in sync.WaitGroup when some
// other package, which learners have never heard of, is called sync, too.
var quotedPackage = regexp.MustCompile(`"(?:[\w.-]+/)*([\w.-]+)"\.`)

// posOf translates a position, which //line comments have already moved into
// a cell.
func posOf(p token.Position) program.Pos {
	return program.Pos{Cell: cellName(p.Filename), Line: p.Line, Col: p.Column}
}

// where writes a position for the middle of a sentence.
func where(p token.Position) string {
	return cellName(p.Filename) + ":" + strconv.Itoa(p.Line)
}

// cellName strips what tools put before the name in a //line comment.
func cellName(file string) string {
	file = strings.TrimPrefix(file, "./")
	if filepath.IsAbs(file) {
		file = filepath.Base(file)
	}
	return file
}

// analyses remembers the last few checked programs: a cell is checked while
// it is typed, when it is run, and for completion.
type analyses struct {
	mu   sync.Mutex
	keys []string
	vals []*Checked
}

const keptAnalyses = 4

// get returns the remembered value for key or makes it.
func (a *analyses) get(key string, make func() *Checked) *Checked {
	a.mu.Lock()
	for i, k := range a.keys {
		if k == key {
			v := a.vals[i]
			a.mu.Unlock()
			return v
		}
	}
	a.mu.Unlock()
	v := make()
	a.mu.Lock()
	defer a.mu.Unlock()
	a.keys, a.vals = append(a.keys, key), append(a.vals, v)
	if len(a.keys) > keptAnalyses {
		a.keys, a.vals = a.keys[1:], a.vals[1:]
	}
	return v
}
