// Package toolchain turns a composed program into a binary, and answers what
// go/types knows about it: problems, completions, descriptions.
//
// The go command is slow to start and slow to plan, so it is asked once: its
// answer, a table of every importable package with its archive, is kept in a
// cache of our own. From then on a program is type-checked in this process
// over the archives' export data, and built by calling the compiler and the
// linker directly. Whatever is unusual (cgo, //go:embed, flags, another
// version of Go) goes through "go build"; both ways give the same program,
// except that direct builds carry no symbol table.
//
// A learner's mistake is a program.Diagnostic; an error means that Go, the
// disk or this package is at fault. Running binaries is not done here.
package toolchain

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"

	"lanebook/internal/course"
)

// tag is the build tag of every program we build: kernelext then records and
// leaves drawing to us.
const tag = "lanebook"

// Options say where things are kept and who hears about slow steps.
type Options struct {
	CacheDir string         // empty: lanebook in the user's cache folder
	Progress func(Progress) // may be nil; called from another goroutine
}

// Progress reports a step that takes longer than a second. Total is 0 while
// nobody knows it.
type Progress struct {
	Stage       string
	Done, Total int
}

// Toolchain is an installed Go and what we prepared from it. Its methods may
// be called from several goroutines.
type Toolchain struct {
	cacheDir string
	progress func(Progress)
	goCmd    string
	env      goEnv
	nice     []string // starts a program at low priority; empty where there is no such command
	variant  variant
	course   *course.Course
	outlines *outlines
	life     context.Context // of preparation in the background
	end      context.CancelFunc

	background sync.WaitGroup // preparations; begun under mu, and none after end

	mu      sync.Mutex
	prepare *preparation
	tables  map[string]*table // by key of the session's module files
}

// variant is one way of building all packages. A build cache entry made for
// one variant is never read for another: see Toolchain.key.
type variant struct {
	Experiment string // GOEXPERIMENT, empty for none
}

// Open finds the go command and unpacks the course. It is quick: the slow
// part is Prepare, which the caller may start right away in the background.
func Open(ctx context.Context, opts Options) (*Toolchain, error) {
	if opts.CacheDir == "" {
		dir, err := os.UserCacheDir()
		if err != nil {
			return nil, fmt.Errorf("open toolchain: %w", err)
		}
		opts.CacheDir = filepath.Join(dir, "lanebook")
	}
	cacheDir, err := filepath.Abs(opts.CacheDir)
	if err != nil {
		return nil, fmt.Errorf("open toolchain: %w", err)
	}
	t := &Toolchain{cacheDir: cacheDir, progress: opts.Progress, tables: map[string]*table{}}
	t.life, t.end = context.WithCancel(context.WithoutCancel(ctx))
	if t.progress == nil {
		t.progress = func(Progress) {}
	}
	if t.goCmd, err = findGo(); err != nil {
		return nil, err
	}
	if t.env, err = readGoEnv(ctx, t.goCmd, cacheDir); err != nil {
		return nil, fmt.Errorf("open toolchain: %w", err)
	}
	if err := t.env.checkVersion(t.goCmd); err != nil {
		return nil, err
	}
	if nice, err := exec.LookPath("nice"); err == nil {
		t.nice = []string{nice, "-n", "10"}
	}
	t.variant = variant{Experiment: t.env.Vars["GOEXPERIMENT"]}
	if t.course, err = course.Unpack(cacheDir); err != nil {
		return nil, err
	}
	t.outlines = newOutlines(t.env, map[string]string{"lanebook/kernelext": filepath.Join(t.course.Modules[0].Dir, "kernelext")})
	return t, nil
}

// Close ends preparation, if it is under way, and returns when its processes
// and temporary folders are gone. What was prepared stays usable.
func (t *Toolchain) Close() error {
	t.mu.Lock()
	t.end()
	t.mu.Unlock()
	t.background.Wait()
	return nil
}

// GoVersion returns the version of the go command, such as "go1.26.1".
func (t *Toolchain) GoVersion() string { return t.env.Vars["GOVERSION"] }

// Missing returns the path of a part of Go that has been removed since Open, or
// "" if all is there.
func (t *Toolchain) Missing() string {
	for _, path := range []string{t.goCmd, t.env.tool("compile"), t.env.tool("link")} {
		if _, err := os.Stat(path); err != nil {
			return path
		}
	}
	return ""
}

// Notes returns what a user should know about this toolchain, one sentence
// each; usually none.
func (t *Toolchain) Notes() []string {
	var notes []string
	if why := t.env.newer(); why != "" {
		notes = append(notes, why)
	}
	if !t.env.plain() {
		notes = append(notes, fmt.Sprintf("GOFLAGS is %q, so every cell goes through go build, which is slower", t.env.Vars["GOFLAGS"]))
	}
	return notes
}

// key names everything that decides whether an archive may be reused, besides
// its source: the toolchain, the platform, the variant.
func (t *Toolchain) key() string {
	return hash("toolchain 2", t.env.Command, t.variant.Experiment, t.env.identity(), tag)
}
