package engine

import (
	"go/version"
	"os"
	"slices"
	"strings"

	"lanebook/internal/program"
	"lanebook/internal/toolchain"
)

// leakProfile lets the garbage collector find goroutines that nobody can wake:
// kernelext.Watch asks it. It needs a runtime of its own, which go build makes
// once, so only programs that call Watch are built with it. The name of an
// experiment that a version of Go does not know would stop it.
const (
	leakProfile   = "GOEXPERIMENT=goroutineleakprofile"
	leakProfileGo = "go1.26"
)

// configFor is how a program is built: as special lines have set it, and with
// the runtime that it asks for.
func (e *Engine) configFor(prog *program.Program) toolchain.Config {
	c := e.config()
	c.Deep = (prog.Deep || prog.Watch) && !prog.Wasm
	if prog.Race && !slices.Contains(c.Flags, "-race") {
		c.Flags = append(c.Flags, "-race")
	}
	// One variant for both: what Deep has prepared, Watch finds.
	if !c.Deep || version.Lang(e.tool.GoVersion()) != leakProfileGo {
		return c
	}
	for _, kv := range append(os.Environ(), c.Env...) {
		if strings.HasPrefix(kv, "GOEXPERIMENT=") {
			return c // the learner's own wish
		}
	}
	c.Env = append(c.Env, leakProfile)
	return c
}
