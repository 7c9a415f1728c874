package engine

import (
	"context"
	"go/scanner"
	"go/token"
	"strings"

	"lanebook/internal/program"
)

// Finding is something wrong with a cell that is being written.
type Finding struct {
	// Line, Col and End are 1-based; Col and End count bytes. End is behind
	// the last byte, 0 if unknown. Line 0: the problem is in another cell,
	// and Message says where.
	Line, Col, End int
	Message, Hint  string
	// Warning: the cell can be run all the same.
	Warning bool
}

// Check says what is wrong with a cell that is being written, without building
// or running anything. It is quiet about what the cursor has not left yet, and
// while the toolchain is being prepared.
func (e *Engine) Check(ctx context.Context, d Draft) ([]Finding, error) {
	cell := program.Cell{Source: d.Source, Name: e.futureName(Cell{Name: d.Name, Source: d.Source})}
	mistakes, warnings, err := e.problems(ctx, e.with(e.current(), d.Above), cell)
	if err != nil {
		return nil, err
	}
	var found []Finding
	for _, problem := range mistakes {
		if !unfinished(d, cell.Name, problem) {
			found = append(found, e.finding(cell, problem))
		}
	}
	for _, warning := range warnings {
		if warning.Cell == cell.Name && !unfinished(d, cell.Name, warning) {
			f := e.finding(cell, warning)
			f.Warning = true
			found = append(found, f)
		}
	}
	return found, nil
}

// problems finds what is wrong with a cell by the means of goCell.
func (e *Engine) problems(ctx context.Context, session program.Session, cell program.Cell) (mistakes, warnings []program.Diagnostic, err error) {
	script, diags := program.Parse(cell)
	if len(diags) > 0 || script.Body != nil || !script.HasGo() {
		return diags, nil, nil
	}
	_, prog, diags := session.Add(script, e.module.DraftPackages())
	if len(diags) > 0 {
		return diags, nil, nil
	}
	return e.module.CheckReady(ctx, prog)
}

// finding is a diagnostic for who types the cell.
func (e *Engine) finding(cell program.Cell, d program.Diagnostic) Finding {
	f := Finding{Line: d.Line, Col: d.Col, Message: e.shownText(e.phrase(d.Message)), Hint: e.shownText(e.phrase(d.Hint))}
	if d.Cell != cell.Name {
		f.Line, f.Col, f.Message = 0, 0, place(e.shownPos(d.Pos))+f.Message
		return f
	}
	f.End = wordEnd(program.SourceLine(cell.Source, d.Line), d.Col)
	return f
}

// wordEnd is the column behind the token at a column of a line, or 0.
func wordEnd(line string, col int) int {
	if col < 1 || col > len(line) {
		return 0
	}
	rest := []byte(line[col-1:])
	file := token.NewFileSet().AddFile("", -1, len(rest))
	var s scanner.Scanner
	s.Init(file, rest, nil, 0)
	pos, tok, lit := s.Scan()
	switch {
	case tok == token.EOF || file.Offset(pos) != 0 || tok == token.SEMICOLON && lit == "\n":
		return 0
	case lit == "":
		lit = tok.String()
	}
	return col + len(lit)
}

// unfinished reports whether a problem may only mean that somebody is still
// typing: it stands where the cursor is, or follows from what is not there yet.
func unfinished(d Draft, name string, problem program.Diagnostic) bool {
	if d.Offset < 0 || problem.Cell != name {
		return false
	}
	before := d.Source[:min(d.Offset, len(d.Source))]
	line := 1 + strings.Count(before, "\n")
	switch {
	case strings.HasPrefix(problem.Message, "syntax error: "):
		// What stands before a bracket that is not closed yet is what it encloses.
		return problem.Line >= line || strings.Contains(problem.Message, "is never closed")
	case strings.HasPrefix(problem.Message, "declared and not used"), strings.Contains(problem.Message, "imported and not used"):
		return problem.Line <= line // its use may be what comes next
	case strings.HasPrefix(problem.Message, "missing return"):
		return problem.Line >= line
	}
	// A line that ends in an operator takes the next one for its other half.
	if rest := strings.TrimRight(before, " \t"); rest != "" && strings.IndexByte("=+-*/%&|^<>!,.:", rest[len(rest)-1]) >= 0 {
		return problem.Line >= line
	}
	return problem.Line == line
}
