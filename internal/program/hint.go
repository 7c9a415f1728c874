package program

import (
	"fmt"
	"go/token"
	"strings"
	"unicode/utf8"

	"lanebook/internal/spelling"
)

// hints maps what a syntax error says to what usually helps. The first entry
// whose text occurs in the message wins.
var hints = []struct{ says, try string }{
	{"raw string literal not terminated", "add the missing ` at the end of the text"},
	{"comment not terminated", "add the missing */"},
	{"illegal rune literal", `'x' is a single character; text stands in double quotes: "text"`},
	{"more than one character in rune literal", `'x' is a single character; text stands in double quotes: "text"`},
	{"rune literal not terminated", `'x' is a single character; text stands in double quotes: "text"`},
	{"string literal not terminated", "add the missing quote; text over several lines stands in backquotes: `…`"},
	{"missing ',' before newline", "end the line with a comma; the last line, too"},
	{"expected '{', found newline", "put the { at the end of this line"},
	{"unexpected newline, expecting {", "put the { at the end of this line"},
	{"expected boolean expression", "a condition compares with ==; = assigns"},
	{"cannot use assignment", "a condition compares with ==; = assigns"},
	{"expected statement, found 'else'", "put else on the line of the } before it"},
	{"expected statement, found 'import'", "imports stand above the %% line"},
	{"found 'import'", "imports stand above the %% line"},
	{"expression in go must be function call", "write the call, with its brackets: go f()"},
	{"expression in defer must be function call", "write the call, with its brackets: defer f()"},
	{"non-name", "the left side of := is a list of new names; use = to change what exists"},
	{"missing condition in if statement", "an if needs a condition: if x > 0 {"},
	{"for loop condition", "for i := 0; i < n; i++ {"},
	{"missing import path", `the path stands in quotes: import "fmt"`},
	{"found the end of", "something is missing after the last word"},
	{"expected ';', found", "a statement ends with its line; is an operator, a comma or a bracket missing?"},
}

// fromElsewhere are first words of lines that other languages use.
var fromElsewhere = map[string]string{
	"while":  "Go writes while as for: for x < 10 {",
	"def":    "Go declares functions with func: func name(x int) int {",
	"elif":   "Go writes elif as } else if x {",
	"print":  "fmt.Println(…) prints; the parentheses are needed",
	"try":    "Go has no try: functions return an error, compare it with nil",
	"let":    "x := 1 declares a variable",
	"class":  "Go writes a class as type Name struct { … } and methods as func (n Name) …",
	"from":   `imports look like import "strings"`,
	"with":   "Go writes with as defer: defer f.Close()",
	"raise":  "return an error instead, or panic",
	"assert": "if !ok { panic(\"…\") }",
	"async":  "go f() runs f at the same time",
	"await":  "receive from a channel to wait: v := <-ch",
	"lambda": "a function value: func(x int) int { return x + 1 }",
	"pass":   "an empty block {} needs nothing in it",
}

// illegal maps characters that Go does not know to what to write instead.
var illegal = map[rune]string{
	'#':      "comments start with //",
	'?':      "Go has no ?: operator; use if and else",
	'$':      "names consist of letters, digits and _",
	'\\':     "a line does not need \\ to continue; end it with an operator or a comma",
	'\u3000': "this is a full-width blank; type an ordinary one",
	'，':      "this is a full-width comma; type , instead",
	'。':      "this is a full-width full stop; type . instead",
	'、':      "this is a full-width comma; type , instead",
	'“':      `this is a typographic quote; type " instead`,
	'”':      `this is a typographic quote; type " instead`,
	'‘':      `this is a typographic quote; type ' instead`,
	'’':      `this is a typographic quote; type ' instead`,
	'《':      "this is a full-width character; type < instead",
	'》':      "this is a full-width character; type > instead",
	'×':      "type * to multiply",
	'÷':      "type / to divide",
	'≤':      "type <=",
	'≥':      "type >=",
	'≠':      "type !=",
}

// hint returns what to try about a syntax error at offset off, or "".
func hint(msg, src string, off int) string {
	if r, _ := utf8.DecodeRuneInString(src[off:]); strings.Contains(msg, "illegal character") || strings.Contains(msg, "curly quotation") {
		if try, ok := illegal[r]; ok {
			return try
		}
		// Full-width forms of ASCII stand at a fixed distance from it.
		if r >= '！' && r <= '～' {
			return "this is a full-width character; type " + string(r-'！'+'!') + " instead"
		}
	}
	line := src[strings.LastIndexByte(src[:off], '\n')+1:]
	line, _, _ = strings.Cut(line, "\n")
	line = strings.TrimLeft(line, "} \t")
	switch {
	case strings.HasPrefix(line, "%"):
		return "special lines start at the first column"
	case strings.HasPrefix(line, "for ") && strings.Contains(msg, "found in"):
		return "Go writes for i := range 10 {, and for i, x := range list {"
	case strings.HasPrefix(line, "func ") && strings.Contains(msg, "expected '('"):
		return "inside a function, functions are values: f := func() { … }; below %% everything is inside main"
	}
	word, _, _ := strings.Cut(line, " ")
	word, _, _ = strings.Cut(strings.TrimRight(word, ":\r"), "(")
	if try, ok := fromElsewhere[word]; ok {
		return try
	}
	if near := keywordLike(word); near != "" {
		return fmt.Sprintf("did you mean %s?", near)
	}
	for _, h := range hints {
		if strings.Contains(msg, h.says) {
			return h.try
		}
	}
	return ""
}

// keywordLike returns the keyword that somebody who typed word most likely
// meant: one slip away, or two in a long word. Names in use are never near
// enough to be taken for a slip by chance: it is asked only where the parser
// is lost.
func keywordLike(word string) string {
	const longest = len("fallthrough") + 2 // and two slips of the finger
	if len(word) < 3 || len(word) > longest || token.IsKeyword(word) {
		return ""
	}
	for tok := token.BREAK; tok <= token.VAR; tok++ {
		if d := spelling.Distance(word, tok.String()); d == 1 || d == 2 && len(word) > 6 {
			return tok.String()
		}
	}
	return ""
}
