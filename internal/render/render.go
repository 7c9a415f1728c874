// Package render turns what a notebook holds into HTML that is safe to put on
// a page: Markdown, highlighted code, and outputs. The study page and the
// handouts are built from the same pieces. It trusts nothing: whatever a
// notebook or a program brings along is escaped, or sanitised against a list
// of allowed elements, so that nothing in it can run.
//
// It does not lay out pages (that is web/templates), does not read files, and
// has no state.
package render
