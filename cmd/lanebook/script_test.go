package main

import (
	"flag"
	"os"
	"os/exec"
	"runtime"
	"strings"
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
		Setup:               withGo,
		RequireExplicitExec: true,
	})
}

// withGo gives a script the Go of this machine with its caches: preparing the
// standard library anew would take every script many seconds.
func withGo(env *testscript.Env) error {
	out, err := exec.Command("go", "env", "GOCACHE", "GOMODCACHE", "GOPATH", "GOFLAGS", "GOPROXY").Output()
	if err != nil {
		return err
	}
	values := strings.Split(string(out), "\n")
	for i, key := range []string{"GOCACHE", "GOMODCACHE", "GOPATH", "GOFLAGS", "GOPROXY"} {
		env.Setenv(key, values[i])
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return err
	}
	env.Setenv("XDG_CACHE_HOME", cache)
	if runtime.GOOS == "darwin" { // where XDG_CACHE_HOME counts for nothing
		env.Setenv("HOME", os.Getenv("HOME"))
	}
	return nil
}
