package program

import (
	"go/token"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// lookup asks Packages, or guesses where nobody knows.
type lookup struct{ packages Packages }

// localName is the name by which a file refers to an import; "_" and "." for
// those without a name.
func (l lookup) localName(d *decl) string {
	if d.alias != "" {
		return d.alias
	}
	if l.packages != nil && d.path != "C" {
		if name, ok := l.packages.Name(d.path); ok {
			return name
		}
	}
	return guessName(d.path)
}

// known reports whether somebody has heard of the package.
func (l lookup) known(path string) bool {
	if l.packages == nil {
		return true
	}
	_, ok := l.packages.Name(path)
	return ok
}

// guessName guesses a package's name from its path as goimports does: the last
// element that is no version, without "go-" and what follows a dot.
func guessName(path string) string {
	elems := strings.Split(path, "/")
	last := elems[len(elems)-1]
	if len(elems) > 1 && isVersion(last) {
		last = elems[len(elems)-2]
	}
	last = strings.TrimPrefix(last, "go-")
	last, _, _ = strings.Cut(last, ".")
	return strings.ReplaceAll(last, "-", "_")
}

func isVersion(s string) bool {
	if len(s) < 2 || s[0] != 'v' {
		return false
	}
	_, err := strconv.Atoi(s[1:])
	return err == nil
}

// importLine is one line of the composed import block.
type importLine struct {
	path, alias string
	decl        *decl // nil for an import that nobody wrote
	hushed      bool  // imported under the name _, only to see whether it exists
}

// imports decides what main.go imports: what cells import and the program
// uses, and standard packages that it uses without importing them.
func (c *composer) imports() {
	names := map[string]string{} // local name to path
	for i, d := range c.decls {
		if d.kind != DeclImport {
			continue
		}
		name := c.look.localName(d)
		used := c.refs.selects(name) && !c.declared[name]
		switch {
		case name == "_", d.path == "C", used, name == "." && c.dotUsed(d.path):
		case i >= c.fresh && !c.look.known(d.path):
			// A later cell may use it, but a wrong path should be found now.
			c.lines = append(c.lines, importLine{path: d.path, decl: d, hushed: true})
			continue
		case i >= c.fresh && c.declared[name]:
			// The cell declares the name twice: let the compiler say so.
		default:
			continue
		}
		c.lines = append(c.lines, importLine{path: d.path, alias: d.alias, decl: d})
		names[name] = d.path
	}
	c.missing(names)
	if c.embeds() && !slices.ContainsFunc(c.lines, func(l importLine) bool { return l.path == "embed" }) {
		c.lines = append(c.lines, importLine{path: "embed", alias: "_"})
	}
	if _, wrapped := c.script.wrapping(); wrapped && c.script.main != nil {
		c.lines = append(c.lines, importLine{path: wrapperPath, alias: wrapperName})
	}
	c.flagParse(names)
}

// dotUsed reports whether a name may come from a package imported with a dot.
func (c *composer) dotUsed(path string) bool {
	if c.look.packages == nil {
		return true
	}
	pkg, ok := c.look.packages.Name(path)
	if !ok {
		return true
	}
	for _, name := range slices.Sorted(maps.Keys(c.refs)) {
		if !token.IsExported(name) || c.declared[name] {
			continue
		}
		if _, found := c.look.packages.Find(pkg, []string{name}); found {
			return true
		}
	}
	return false
}

// missing adds imports for package names that nothing declares.
func (c *composer) missing(names map[string]string) {
	if c.look.packages == nil {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(c.refs)) {
		if !c.refs.selects(name) || c.declared[name] || names[name] != "" || token.IsExported(name) {
			continue
		}
		path, ok := c.look.packages.Find(name, c.refs[name])
		switch {
		case name == "js" && c.script.Has(KindWasm):
			path, ok = browserPackage, true
		case ok:
		case c.draft:
			path, ok = c.look.packages.Find(name, nil) // a member may be half typed
		default:
			// Imported, it is the member that is undefined, not the package.
			path, ok = c.look.packages.Nearest(name, c.refs[name])
		}
		if !ok {
			continue
		}
		line := importLine{path: path}
		if guessName(path) != name {
			line.alias = name
		}
		c.lines = append(c.lines, line)
		names[name] = path
	}
}

// flagParse decides whether main starts with flag.Parse(), as GoNB's does. A
// program that cannot have flags, because neither it nor a package from
// elsewhere uses package flag, is spared the import.
func (c *composer) flagParse(names map[string]string) {
	if c.script.main == nil {
		return
	}
	elsewhere := false // imports a package that may define flags
	for name, path := range names {
		if path == "flag" && name != "_" && name != "." {
			c.flag = name
			return
		}
		domain, _, _ := strings.Cut(path, "/")
		elsewhere = elsewhere || strings.Contains(domain, ".") && domain != "golang.org"
	}
	if elsewhere && !c.declared["flag"] && names["flag"] == "" {
		c.flag = "flag"
		c.lines = append(c.lines, importLine{path: "flag"})
	}
}

func (c *composer) embeds() bool {
	return slices.ContainsFunc(c.decls, func(d *decl) bool { return d.embed })
}
