package toolchain

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// listed is one package as "go list -json" describes it.
type listed struct {
	ImportPath     string
	Name           string
	Dir            string
	Export         string
	Standard       bool
	Imports        []string
	ImportMap      map[string]string
	GoFiles        []string
	EmbedFiles     []string
	Module         *module
	DefaultGODEBUG string
	Error          *listError
	DepsErrors     []*listError
}

type listError struct {
	ImportStack []string
	Pos         string
	Err         string
}

// module is one module as "go list -json" describes it.
type module struct {
	Path      string
	Version   string  `json:",omitempty"`
	Main      bool    `json:",omitempty"`
	Dir       string  `json:",omitempty"`
	GoVersion string  `json:",omitempty"`
	Replace   *module `json:",omitempty"`
}

const listFields = "-json=ImportPath,Name,Dir,Export,Standard,Imports,ImportMap,GoFiles,EmbedFiles,Module,DefaultGODEBUG,Error,DepsErrors"

// list builds the packages that match the patterns, with everything they
// import, and describes them.
func (t *Toolchain) list(ctx context.Context, dir string, how listing, patterns ...string) ([]listed, error) {
	args := []string{"list", "-e", "-v", "-export", "-deps", "-tags", tag, listFields}
	if how.procs > 0 {
		args = append(args, "-p", strconv.Itoa(how.procs))
	}
	// An interrupted "go list" leaves its work folder, so it gets one of ours.
	temp, err := os.MkdirTemp(t.cacheDir, "prepare-")
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	defer os.RemoveAll(temp)
	env := append(t.plainEnv(), "GOTMPDIR="+temp)
	if how.offline {
		env = append(env, "GOPROXY=off")
	}
	cmd := t.goCommand(ctx, dir, env, append(args, patterns...)...)
	var stdout bytes.Buffer
	cmd.Stdout = &stdout
	stderr, err := cmd.StderrPipe()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	if how.built == nil {
		how.built = func(string) {}
	}
	said := readBuilt(stderr, how.built)
	if err := cmd.Wait(); err != nil {
		if ctx.Err() != nil {
			return nil, fmt.Errorf("go list: %w", context.Cause(ctx))
		}
		return nil, fmt.Errorf("go list: %w: %s", err, said)
	}
	var pkgs []listed
	for dec := json.NewDecoder(&stdout); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return pkgs, nil
		} else if err != nil {
			return nil, fmt.Errorf("go list: %w", err)
		}
		pkgs = append(pkgs, p)
	}
}

// readBuilt passes on the package names that -v prints, and returns the rest.
func readBuilt(r io.Reader, built func(string)) string {
	var said []string
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := lines.Text()
		if line != "" && !strings.ContainsAny(line, " :\t") {
			built(line)
		} else {
			said = append(said, line)
		}
	}
	io.Copy(io.Discard, r) // a line beyond the limit must not block the writer
	return strings.Join(said, "\n")
}

// goCommand returns a go command ready to start; it is interrupted, then
// killed, when ctx ends.
func (t *Toolchain) goCommand(ctx context.Context, dir string, env []string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, t.goCmd, args...)
	cmd.Dir = dir
	cmd.Env = env
	// The go command dies of the signal and does not pass it on, so its
	// compilers get it, too.
	cmd.SysProcAttr = attributes(true)
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGINT) }
	cmd.WaitDelay = killDelay
	return cmd
}

// plainEnv is the environment in which everything that is shared between
// sessions is built: the user's, without what would make it special.
func (t *Toolchain) plainEnv() []string {
	flags := "-mod=mod -buildvcs=false"
	if strings.Contains(t.env.Vars["GOFLAGS"], "-modcacherw") {
		flags += " -modcacherw"
	}
	return append(os.Environ(),
		"GOFLAGS="+flags, "CGO_ENABLED=0", "GO111MODULE=on", "GOWORK=off",
		"GOTOOLCHAIN=local", "GOEXPERIMENT="+t.variant.Experiment)
}

// keep puts a copy of a build-cache entry where the go command does not trim
// it. A hard link costs no space.
func keep(from, to string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	if err := os.Link(from, to); err == nil || errors.Is(err, os.ErrExist) {
		return nil
	}
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return writeFile(to, data)
}
