package engine

import (
	"crypto/sha256"
	"strings"

	"lanebook/internal/program"
)

// names gives every text of a cell one name in the programs we build, whatever
// number the cell has when it runs. The name is part of the program, in its
// //line comments: with the cell's own number, a cell that is run again as it
// was would be another program, and so would every cell that uses its
// declarations. Positions on their way to the learner get the latest number.
// It grows by some hundred bytes with every new text.
type names struct {
	inside map[[sha256.Size]byte]string // text → name in programs
	shown  map[string]string            // name in programs → name the learner saw last
}

func newNames() names {
	return names{inside: map[[sha256.Size]byte]string{}, shown: map[string]string{}}
}

// enter returns the name in programs of a cell's text.
func (n *names) enter(cell Cell) string {
	name := n.future(cell)
	n.inside[sha256.Sum256([]byte(cell.Source))] = name
	n.shown[name] = cell.Name
	return name
}

// future returns the name that enter would give.
func (n *names) future(cell Cell) string {
	name, known := n.inside[sha256.Sum256([]byte(cell.Source))]
	if known {
		return name
	}
	// A number is taken when the same one comes with another text, as it does
	// when a front end counts from one again.
	name = cell.Name
	for taken := true; taken; {
		if _, taken = n.shown[name]; taken {
			name += "'"
		}
	}
	return name
}

// longestName bounds the search for the end of a cell's name in text. // arbitrary
const longestName = 64

// translate replaces the names in positions, such as cell[3]:12, in a text.
func (n *names) translate(text string) string {
	at := strings.Index(text, "cell[")
	if at < 0 {
		return text
	}
	var b strings.Builder
	for at >= 0 {
		b.WriteString(text[:at])
		text = text[at:]
		end := strings.IndexByte(text[:min(len(text), longestName)], ':')
		shown, known := "", false
		if end > 0 && end+1 < len(text) && '0' <= text[end+1] && text[end+1] <= '9' {
			shown, known = n.shown[text[:end]]
		}
		if !known {
			shown, end = "cell[", len("cell[")
		}
		b.WriteString(shown)
		text = text[end:]
		at = strings.Index(text, "cell[")
	}
	b.WriteString(text)
	return b.String()
}

// shownName is what the learner calls a file of our programs.
func (e *Engine) shownName(inside string) string {
	e.mu.Lock()
	defer e.mu.Unlock()
	if shown, ok := e.names.shown[inside]; ok {
		return shown
	}
	return inside
}

// shownPos is a position as the learner knows it.
func (e *Engine) shownPos(at program.Pos) program.Pos {
	at.Cell = e.shownName(at.Cell)
	return at
}

// shownText is text that a toolchain or a program wrote, with the positions
// in it as the learner knows them. What a program writes to stdout is its own
// and stays as it is.
func (e *Engine) shownText(text string) string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.names.translate(text)
}
