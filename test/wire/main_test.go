// Package wire tests the real binary over real sockets. Its client speaks
// ZeroMQ through a library that shares no code with ours, and takes no part of
// the kernel but the message types.
package wire

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// binary is the lanebook under test, built once.
var binary string

func TestMain(m *testing.M) {
	flag.Parse()
	if testing.Short() {
		os.Exit(m.Run()) // every test skips itself
	}
	os.Exit(run(m))
}

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "lanebook-wire")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	binary = filepath.Join(dir, "lanebook")
	args := append([]string{"build"}, raceFlag...)
	build := exec.Command("go", append(args, "-o", binary, "lanebook/cmd/lanebook")...)
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build the kernel: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}
