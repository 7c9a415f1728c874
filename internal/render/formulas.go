package render

import (
	"fmt"
	"html"
	"strings"
)

// formulas holds a text's formulas back until the rest was sanitised, so that
// MathML of others need not be let through: it has been the way around more
// than one sanitiser. Ours is made from checked pieces only.
type formulas struct {
	mark  string // random: no text can hold it by itself
	found []string
}

// formula returns what stands in a formula's place until fill. TeX that is not
// understood stays as it was written.
func (f *formulas) formula(tex string, block bool) string {
	markup, ok := mathML(tex, block)
	if !ok {
		dollars := map[bool]string{false: "$", true: "$$"}[block]
		return html.EscapeString(dollars + tex + dollars)
	}
	f.found = append(f.found, f.mark+fmt.Sprint(len(f.found), "-"), markup)
	return f.found[len(f.found)-2]
}

// fill puts the formulas in their places.
func (f *formulas) fill(sanitised []byte) string {
	if len(f.found) == 0 {
		return string(sanitised)
	}
	return strings.NewReplacer(f.found...).Replace(string(sanitised))
}
