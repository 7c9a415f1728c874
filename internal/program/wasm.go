package program

import "fmt"

// Page is what a program for the browser knows of its page, as constants of
// its own.
type Page struct {
	Dir string // GonbWasmDir: a folder that a web server hands out
	URL string // GonbWasmUrl: where it does
	Div string // GonbWasmDivId: the id of the element that is the program's place
}

// browserPackage is not in the standard library of the machine at hand, so
// nobody else finds it.
const browserPackage = "syscall/js"

// pageConsts declares what a cell with %wasm may use. A cell's own declaration
// of such a name is left alone.
func (c *composer) pageConsts() {
	if !c.script.Has(KindWasm) {
		return
	}
	page := c.script.Page
	c.print("\n")
	c.ours()
	for _, k := range []struct{ name, value string }{
		{"GonbWasmDir", page.Dir}, {"GonbWasmUrl", page.URL}, {"GonbWasmDivId", page.Div},
	} {
		if !c.declared[k.name] {
			c.print("const %s = %q\n", k.name, k.value)
		}
	}
}

// wasmAlone reports ways to run a cell that need this machine, in a cell that
// runs in a browser.
func (p *cellParser) wasmAlone() {
	if !p.script.Has(KindWasm) {
		return
	}
	for _, l := range p.specials {
		if l.Kind == KindTest || l.Kind == KindRace || wrappers[l.Kind] != "" {
			p.report(Diagnostic{Pos: l.Pos, Message: fmt.Sprintf("%%%s and %%%s in one cell", KindWasm, l.Kind),
				Hint: "keep one of the two"})
		}
	}
}
