package toolchain

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"lanebook/internal/spelling"
)

// fetch adds the modules of missing packages to the session with "go get",
// and reports whether that changed anything. What cannot be had stays
// missing: the learner hears about it at the import. The caller holds m.mu.
func (m *Module) fetch(ctx context.Context, missing []string) bool {
	var wanted []string
	for _, path := range missing {
		if fetchable(path) {
			wanted = append(wanted, path)
		}
	}
	if len(wanted) == 0 || m.noFetch.Load() || m.t.env.Vars["GOPROXY"] == "off" {
		return false
	}
	before, _ := m.moduleKey()
	for _, path := range wanted {
		m.t.progress(Progress{Stage: "go get " + path})
		// One at a time: a misspelt path must not keep a good one out.
		_ = m.t.goCommand(ctx, m.dir, m.t.plainEnv(), "get", path).Run()
	}
	after, _ := m.moduleKey()
	return before != after
}

// wanted lists the imports that a module on the network may provide, and that
// the table, which may be nil, does not have.
func (m *Module) wanted(std, tb *table, imports []string) []string {
	if tb == nil {
		tb = std
	}
	return slices.DeleteFunc(tb.missing(imports), func(path string) bool { return !fetchable(path) })
}

// SetFetch says whether missing modules are fetched when a cell imports them,
// as they are at first.
func (m *Module) SetFetch(on bool) { m.noFetch.Store(!on) }

// fetchable reports whether a path could be a module on the network: its
// first element looks like a host, and it is not ours.
func fetchable(path string) bool {
	host, _, _ := strings.Cut(path, "/")
	return strings.Contains(host, ".") && host != "." && host != ".."
}

// importProblem says why a path cannot be imported, or "" when it can.
func (tb *table) importProblem(path string) (message, hint string) {
	p := tb.pkg(path)
	switch {
	case path == "C":
		return "", ""
	case slices.Contains(strings.Split(path, "/"), "internal"):
		return fmt.Sprintf("package %s is internal: only its own module may import it", path), ""
	case p != nil && p.Err == "" && p.Name == "main":
		return fmt.Sprintf("%s is a program, not a package to import", path), ""
	case p != nil && p.Err == "":
		return "", ""
	case path == "syscall/js":
		return "package syscall/js is for programs in the browser", "write %wasm above the code: the cell is then compiled for the browser"
	case fetchable(path) && (p == nil || strings.Contains(p.Err, "no required module") || strings.Contains(p.Err, "cannot find module")):
		return fmt.Sprintf("module not found: nothing here provides package %s", path), fmt.Sprintf("run !*go get %s; it needs the network", path)
	case fetchable(path) && unreachable(p.Err):
		return fmt.Sprintf("module not found: package %s could not be fetched", path), "is the path right, and is there a network?"
	case p == nil || strings.Contains(p.Err, "is not in std") || strings.Contains(p.Err, "malformed import path"):
		if near := spelling.Nearest(path, tb.importable()); near != "" {
			return fmt.Sprintf("there is no package %q", path), fmt.Sprintf("did you mean %q?", near)
		}
		return fmt.Sprintf("there is no package %q", path), ""
	default:
		return fmt.Sprintf("package %s cannot be imported: %s", path, p.Err), ""
	}
}

// unreachable reports whether the go command, whose words are for those who
// know what a proxy is, could not fetch a module.
func unreachable(said string) bool {
	return slices.ContainsFunc([]string{"reading http", "dial tcp", "module lookup disabled", "unrecognized import path", "repository"},
		func(sign string) bool { return strings.Contains(said, sign) })
}

// importable lists the paths that a cell may import.
func (tb *table) importable() []string {
	paths := slices.Collect(maps.Keys(tb.std.Names))
	for path, p := range tb.Pkgs {
		if p.Err == "" && p.Name != "main" && !hidden(path) {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}

// nameOf returns the name of an importable package.
func (tb *table) nameOf(path string) string {
	if p := tb.pkg(path); p != nil {
		return p.Name
	}
	return tb.std.Names[path]
}

// hidden reports whether a path is closed to cells.
func hidden(path string) bool {
	return slices.Contains(strings.Split(path, "/"), "internal") || strings.HasPrefix(path, "vendor/")
}
