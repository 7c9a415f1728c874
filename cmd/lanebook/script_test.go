package main

import (
	"flag"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite wanted files in testdata/script")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"lanebook": main})
}

// TestScript runs testdata/script/*.txtar: the commands as a person types them.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
	})
}
