package handout

import (
	"html/template"
	"regexp"
	"strings"
)

// Limits of what stays together on a sheet of paper, in lines; arbitrary. An A4
// page holds 56 lines of code.
const (
	together = 12 // code that is never broken
	opening  = 12 // imports and the like, which do not stand alone before a break
)

// part is a piece of a cell's code, up to and with an empty line. Code that
// must be broken between pages or slides is broken between parts.
type part struct {
	HTML  template.HTML
	Lines int
	Keep  bool // with the next part
}

// Long reports whether the part may be broken as well.
func (p part) Long() bool { return p.Lines > together }

// parts cuts highlighted code at the empty lines between its declarations and
// statements: where no token is open, and the next line is not indented.
func parts(code template.HTML) []part {
	var list []part
	rest := string(code)
	for from := 0; ; {
		i := strings.Index(rest[from:], "\n\n")
		if i < 0 {
			break
		}
		end := from + i + 2
		for end < len(rest) && rest[end] == '\n' {
			end++
		}
		inside := end < len(rest) && strings.ContainsRune(" \t)]}", rune(rest[end]))
		if inside || strings.Count(rest[:end], "<span") > strings.Count(rest[:end], "</span>") {
			from = end
			continue
		}
		list, rest, from = append(list, newPart(rest[:end])), rest[end:], 0
	}
	if rest != "" {
		list = append(list, newPart(rest))
	}
	if len(list) > 1 {
		list[0].Keep = list[0].Lines <= opening
	}
	return list
}

func newPart(code string) part {
	return part{HTML: template.HTML(code), Lines: strings.Count(strings.TrimRight(code, "\n"), "\n") + 1}
}

// short reports whether code is kept on one page of paper.
func short(source string) bool { return strings.Count(source, "\n") < together }

var leadIn = regexp.MustCompile(`[:：](?:</[a-z]+>)*</p>\s*$`)

// leads reports whether prose ends with a colon, and so belongs to the cell
// that follows.
func leads(prose template.HTML) bool { return leadIn.MatchString(string(prose)) }
