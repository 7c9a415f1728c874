package engine

import (
	"context"
	"fmt"
	"slices"

	"lanebook/internal/program"
	"lanebook/internal/toolchain"
)

// blamed adds to problems what only the session knows: the line in which wrong
// flags were set, and which remembered declaration no longer fits.
func (x *execution) blamed(diags []program.Diagnostic, session program.Session) []program.Diagnostic {
	diags = slices.Clone(diags)
	for i, d := range diags {
		if d.Cell == "" && toolchain.WrongFlags(diags[i:i+1]) {
			diags[i].Pos = x.flagsAt
			continue
		}
		if old, ok := session.At(d.Pos); ok && d.Cell != x.cell.Name {
			diags[i].Message = fmt.Sprintf(x.say.broke, old.Key) + x.phrase(d.Message)
			diags[i].Hint = fmt.Sprintf(x.say.brokeHint, old.Key)
		}
	}
	return diags
}

// broken lists what an earlier cell declared and what no longer fits since
// this one declares something anew. The cell itself may well run: only what it
// uses is in its program.
func (x *execution) broken(ctx context.Context, before, after program.Session) []program.Diagnostic {
	if !x.redefines(before, after) {
		return nil
	}
	whole := after.Whole(x.module.Packages())
	if slices.Contains(whole.Imports, "syscall/js") {
		return nil // only a build for the browser could tell
	}
	_, diags, err := x.module.Check(ctx, whole)
	if err != nil || whole.Cgo {
		return nil
	}
	var broken []program.Diagnostic
	seen := map[string]bool{}
	for _, d := range x.blamed(diags, after) {
		old, ok := after.At(d.Pos)
		if ok && d.Cell != x.cell.Name && !seen[old.Key] {
			seen[old.Key] = true
			broken = append(broken, d)
		}
	}
	return broken
}

// redefines reports whether the cell declares anew what another text declared.
func (x *execution) redefines(before, after program.Session) bool {
	old := map[string]program.Pos{}
	for _, d := range before.Decls() {
		if d.Kind != program.DeclImport {
			old[d.Key] = d.Pos
		}
	}
	return slices.ContainsFunc(after.Decls(), func(d program.Decl) bool {
		at, known := old[d.Key]
		return known && d.Cell == x.cell.Name && at != d.Pos
	})
}
