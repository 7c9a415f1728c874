package render

import (
	"html/template"
	"strings"

	"github.com/robert-nix/ansihtml"
)

// terminal renders what a program wrote to a terminal: colours become
// <span class="ansi-…">, a carriage return starts its line again. The caller
// puts it into <pre>.
func terminal(text string) template.HTML {
	return template.HTML(ansihtml.ConvertToHTMLWithClasses([]byte(overwrite(text)), "ansi-", true))
}

// overwrite plays carriage returns and backspaces, which progress meters use
// to write over what they wrote before.
func overwrite(text string) string {
	if !strings.ContainsAny(text, "\r\b") {
		return text
	}
	text = strings.ReplaceAll(text, "\r\n", "\n")
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		line = strings.TrimRight(line, "\r")
		line = line[strings.LastIndexByte(line, '\r')+1:]
		lines[i] = erase(line)
	}
	return strings.Join(lines, "\n")
}

func erase(line string) string {
	if !strings.Contains(line, "\b") {
		return line
	}
	var kept []rune
	for _, r := range line {
		switch {
		case r != '\b':
			kept = append(kept, r)
		case len(kept) > 0:
			kept = kept[:len(kept)-1]
		}
	}
	return string(kept)
}
