package toolchain

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"lanebook/internal/program"
)

// headStart is how long the compiler waits for the type checker, which seldom
// needs a tenth of it: starting a process in vain is what makes a mistake
// slow to report.
const headStart = 3 * time.Millisecond

// job is one program to compile and link.
type job struct {
	table *table
	prog  *program.Program
	out   string // the binary
	low   bool   // nobody waits for it yet: give way to everybody

	work string // its folder, made by buildDirect
}

// buildDirect compiles and links as go build does, without the go command.
// Type-checking runs beside the compiler: where there are mistakes it is
// done sooner and explains them better.
func (m *Module) buildDirect(ctx context.Context, j *job) ([]program.Diagnostic, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	checked := make(chan *Checked, 1)
	go func() {
		c := m.analyse(j.table, j.prog)
		checked <- c
		if c.sure && len(c.diags) > 0 {
			cancel() // the compiler would only repeat it
		}
	}()
	select {
	case c := <-checked:
		if c.sure && len(c.diags) > 0 {
			return c.diags, nil
		}
		checked <- c
	case <-time.After(headStart):
	}

	var err error
	if j.work, err = os.MkdirTemp(m.dir, ".build-"); err != nil {
		return nil, err
	}
	defer os.RemoveAll(j.work)
	said, err := m.compile(ctx, j)
	// The compiler lets some things pass that a program must not do, such as
	// importing what is internal.
	if c := <-checked; c.sure && len(c.diags) > 0 {
		return c.diags, nil
	}
	if err != nil {
		return m.complaint(ctx, "compile", said, err)
	}
	said, err = m.link(ctx, j)
	if err != nil {
		return m.complaint(ctx, "link", said, err)
	}
	return nil, nil
}

// complaint sorts a failed tool into the learner's mistakes and ours.
func (m *Module) complaint(ctx context.Context, tool string, said []byte, err error) ([]program.Diagnostic, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.Exited() && !bytes.Contains(said, []byte("no space left on device")) {
		if diags := parseDiagnostics(said, m.dir); len(diags) > 0 {
			return diags, nil
		}
	}
	return nil, fmt.Errorf("%s: %w: %s", tool, err, bytes.TrimSpace(said))
}

// compile makes the archive of package main. The source is compiled from a
// folder of its own, as another build may be under way, and remembers the
// session's folder as its place.
func (m *Module) compile(ctx context.Context, j *job) ([]byte, error) {
	file := filepath.Join(j.work, fileName)
	if err := os.WriteFile(file, j.prog.Source, 0o644); err != nil {
		return nil, err
	}
	return m.tool(ctx, j.low, "compile",
		"-o", j.archive(),
		"-trimpath", j.work+"=>"+m.dir,
		"-p", "main",
		"-lang="+languageOf(lang(j.table.Main.GoVersion)),
		"-complete",
		"-buildid", j.id(),
		"-goversion", m.t.GoVersion(),
		fmt.Sprintf("-c=%d", min(4, runtime.GOMAXPROCS(0))),
		"-dwarf=false", // the linker strips it anyway
		"-nolocalimports",
		"-importcfg", j.table.cfg,
		"-pack", file)
}

// link makes the binary. Without symbol table and debug data it takes half
// the time; panics keep their files and lines.
func (m *Module) link(ctx context.Context, j *job) ([]byte, error) {
	cfg := filepath.Join(j.work, "importcfg.link")
	lines, err := os.ReadFile(j.table.cfg)
	if err != nil {
		return nil, err
	}
	lines = fmt.Appendf(lines, "modinfo %q\n", m.modinfo(j.table, j.prog.Imports))
	if err := os.WriteFile(cfg, lines, 0o644); err != nil {
		return nil, err
	}
	fresh := filepath.Join(j.work, "main")
	args := []string{"-o", fresh, "-importcfg", cfg, "-s", "-w", "-buildmode=exe", "-buildid=" + j.id()}
	if debug := j.table.GODEBUG; debug != "" {
		args = append(args, "-X=runtime.godebugDefault="+debug)
	}
	said, err := m.tool(ctx, j.low, "link", append(args, j.archive())...)
	if err != nil {
		return said, err
	}
	return nil, os.Rename(fresh, j.out)
}

// tool runs one of the toolchain's programs and returns what it said.
func (m *Module) tool(ctx context.Context, low bool, name string, args ...string) ([]byte, error) {
	argv := append([]string{m.t.env.tool(name)}, args...)
	if low {
		argv = slices.Concat(m.t.nice, argv)
	}
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...)
	cmd.SysProcAttr = attributes(false)
	cmd.Dir = m.dir
	cmd.Env = append(os.Environ(),
		"PWD="+m.dir,
		"GOROOT="+m.t.env.Vars["GOROOT"],
		"GOEXPERIMENT="+m.t.variant.Experiment,
		"GOGC=off", "GOMEMLIMIT=512MiB") // short-lived: collecting garbage only costs time
	for _, arch := range archVars {
		if value := m.t.env.Vars[arch]; value != "" {
			cmd.Env = append(cmd.Env, arch+"="+value)
		}
	}
	cmd.Env = append(cmd.Env, "GOOS="+m.t.env.Vars["GOOS"], "GOARCH="+m.t.env.Vars["GOARCH"])
	return cmd.CombinedOutput()
}

// archive is the file of package main.
func (j *job) archive() string { return filepath.Join(j.work, "main.a") }

// id names a program's content; the linker wants some id.
func (j *job) id() string { return hash(j.table.cfg, string(j.prog.Source)) }
