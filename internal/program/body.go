package program

import (
	"slices"
	"strings"
)

// BodyKind says what a cell's text is when it is not Go.
type BodyKind string

// The kinds of bodies.
const (
	BodyFile   BodyKind = "writefile" // written to Path
	BodyScript BodyKind = "script"    // standard input of Command
)

// Body is a cell whose first line says that the rest is not Go.
type Body struct {
	Pos
	Kind    BodyKind
	Path    string   // BodyFile: where to write, as the learner typed it
	Append  bool     // BodyFile: add to the file
	Command []string // BodyScript: program and arguments
	Text    string   // the rest of the cell; ends in a line break unless empty
}

func isBodyName(name string) bool { return slices.Contains(bodyNames, name) }

// parseBody looks for %%writefile and its kin on the first line that is not
// blank. It returns ok == false if the cell is an ordinary one.
func parseBody(cell Cell) (body *Body, problems []Diagnostic, ok bool) {
	src := strings.TrimPrefix(cell.Source, "\ufeff")
	at := Pos{Cell: cell.Name, Line: 1, Col: 1}
	first, rest := "", src
	for more := true; more && strings.Trim(first, blanks) == ""; at.Line++ {
		first, rest, more = strings.Cut(rest, "\n")
	}
	at.Line--
	first, _ = cutGonb(strings.TrimRight(first, blanks))
	name, isMagic := strings.CutPrefix(first, "%%")
	if !isMagic || name == "" || isBlank(name[0]) {
		return nil, nil, false
	}
	args, closed := splitArgs(name)
	fail := func(msg, hint string) (*Body, []Diagnostic, bool) {
		return nil, []Diagnostic{{Pos: at, Message: msg, Hint: hint}}, true
	}
	if !closed {
		return fail("a double quote is not closed", unclosedQuote)
	}
	if s, known := findSpecial("%" + args[0]); known && s.name != "%" {
		return nil, nil, false // %%race and its kin are about Go
	}
	if !isBodyName(args[0]) {
		return nil, []Diagnostic{unknownSpecial(at, "%%"+args[0])}, true
	}
	body = &Body{Pos: at, Text: rest}
	if body.Text != "" && !strings.HasSuffix(body.Text, "\n") {
		body.Text += "\n"
	}
	name, args = args[0], args[1:]
	if name == "writefile" {
		body.Kind = BodyFile
		if len(args) > 1 && args[0] == "-a" {
			body.Append, args = true, args[1:]
		}
		if len(args) != 1 {
			return fail("wrong arguments for %%writefile", "write %%writefile [-a] path")
		}
		body.Path = args[0]
		return body, nil, true
	}
	body.Kind, body.Command = BodyScript, args
	// A shell would take a carriage return for part of the command.
	body.Text = strings.ReplaceAll(body.Text, "\r\n", "\n")
	if name != "script" {
		body.Command = append([]string{name}, args...)
	}
	if len(body.Command) == 0 {
		return fail("wrong arguments for %%script", "write %%script command [arguments]")
	}
	return body, nil, true
}
