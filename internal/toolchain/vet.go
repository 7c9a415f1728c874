package toolchain

import (
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/atomic"
	"golang.org/x/tools/go/analysis/passes/copylock"
	"golang.org/x/tools/go/analysis/passes/defers"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/analysis/passes/printf"
	"golang.org/x/tools/go/analysis/passes/unusedresult"
	"golang.org/x/tools/go/analysis/passes/waitgroup"
	"golang.org/x/tools/go/ast/inspector"

	"lanebook/internal/program"
)

// analyzers are the checks of go vet that find what a learner of concurrency
// trips over: programs that compile, and then deadlock or print nonsense.
// They look at one package alone and take well under a millisecond.
var analyzers = []*analysis.Analyzer{
	copylock.Analyzer, waitgroup.Analyzer, atomic.Analyzer, printf.Analyzer, unusedresult.Analyzer, defers.Analyzer,
}

// vet returns what go vet would say about a program without mistakes.
func (c *Checked) vet() []program.Diagnostic {
	if !c.sure || len(c.diags) > 0 || c.Pkg == nil {
		return nil
	}
	files := []*ast.File{c.File}
	var found []program.Diagnostic
	for _, a := range analyzers {
		pass := &analysis.Pass{
			Analyzer: a, Fset: c.Fset, Files: files, Pkg: c.Pkg, TypesInfo: c.Info, TypesSizes: c.sizes,
			ResultOf: map[*analysis.Analyzer]any{inspect.Analyzer: inspector.New(files)},
			ReadFile: func(string) ([]byte, error) { return nil, nil },
			Report: func(d analysis.Diagnostic) {
				found = append(found, c.warning(d.Pos, d.Message))
			},
			// Facts tell of other packages; there is only this one.
			ImportObjectFact:  func(types.Object, analysis.Fact) bool { return false },
			ImportPackageFact: func(*types.Package, analysis.Fact) bool { return false },
			ExportObjectFact:  func(types.Object, analysis.Fact) {},
			ExportPackageFact: func(analysis.Fact) {},
			AllObjectFacts:    func() []analysis.ObjectFact { return nil },
			AllPackageFacts:   func() []analysis.PackageFact { return nil },
		}
		if _, err := a.Run(pass); err != nil {
			continue // the program is right all the same
		}
	}
	return found[:min(len(found), maxDiagnostics)]
}

// warning is a finding of go vet, with a hint.
func (c *Checked) warning(pos token.Pos, message string) program.Diagnostic {
	d := program.Diagnostic{Pos: posOf(c.Fset.Position(pos)), Message: message}
	d.Message, _, _ = strings.Cut(d.Message, "\n")
	for _, h := range vetHints {
		if strings.Contains(message, h.part) {
			d.Hint = h.hint
			break
		}
	}
	return d
}

// vetHints says what to do about go vet's findings.
var vetHints = []struct{ part, hint string }{
	{"WaitGroup.Add called from inside", "call Add before the go statement, or write wg.Go(f): Wait may otherwise be over before Add"},
	{"range var", "range over the indexes and use &list[i]: a copy of a lock is another lock"},
	{"sync.WaitGroup", "use a pointer, *sync.WaitGroup: Done on a copy does not count for the original, whose Wait then never ends"},
	{"sync.Mutex", "use a pointer: a copy of a lock is another lock, and protects nothing"},
	{"sync.RWMutex", "use a pointer: a copy of a lock is another lock, and protects nothing"},
	{"copies lock value", "use a pointer: a copy does not notice what happens to the original"},
	{"direct assignment to atomic value", "the call changes the variable by itself: leave out the assignment"},
	{"is not deferred", "only the last call of a defer is deferred: wrap all of it in func() { … }()"},
}

// vetted returns what go vet says about a program, if it can be checked here.
func (m *Module) vetted(tb *table, prog *program.Program) []program.Diagnostic {
	if prog.Cgo || prog.Wasm {
		return nil
	}
	found := m.analyse(tb, prog).vet()
	kept := found[:0]
	for _, d := range found {
		if filepath.Ext(d.Cell) != ".go" { // not in what nobody wrote
			kept = append(kept, d)
		}
	}
	return kept
}
