package toolchain

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"lanebook/internal/program"
)

// goBuild builds a program with the go command, for all that buildDirect
// cannot do.
func (m *Module) goBuild(ctx context.Context, tb *table, prog *program.Program, config Config, out string) (string, []program.Diagnostic, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	remove, err := m.writeSource(prog)
	if err != nil {
		return "", nil, err
	}
	defer remove()
	verb := []string{"build"}
	if prog.Test {
		verb = []string{"test", "-c", "-vet=off"} // warnings are given elsewhere
	}
	tags, flags := splitTags(config.Flags)
	if config.Deep {
		tags += "," + deepTag
	}
	verb = append(verb, "-o", out, "-tags", tags)
	if prog.Wasm {
		verb = append(verb, smallWasm)
	}
	args := append(verb, flags...)
	if config.Deep {
		args = append(args, "-overlay", config.overlay)
		defer m.t.deepBegins(config.overlay)()
	}
	// An interrupted go command leaves its work folder, so it gets one of ours.
	temp, err := os.MkdirTemp(m.dir, ".build-")
	if err != nil {
		return "", nil, err
	}
	defer os.RemoveAll(temp)
	env := append(m.buildEnv(prog, config), "GOTMPDIR="+temp)
	cmd := m.t.goCommand(ctx, m.dir, env, append(args, ".")...)
	said, err := cmd.CombinedOutput()
	said = withoutNews(said)
	if err == nil {
		return string(said), nil, nil
	}
	if !prog.Wasm && (len(config.Flags) == 0 || !isUsage(said)) {
		if c := m.analyse(tb, prog); !prog.Cgo && c.sure && len(c.diags) > 0 {
			return "", c.diags, nil
		}
	}
	if hint := raceHint(said); hint != "" {
		return "", []program.Diagnostic{{Message: strings.TrimSpace(string(said)), Hint: hint}}, nil
	}
	if len(config.Flags) > 0 && isUsage(said) && ctx.Err() == nil {
		return "", []program.Diagnostic{{Message: firstWord(said), Hint: wrongFlags}}, nil
	}
	diags, err := m.complaint(ctx, "go build", said, err)
	return "", diags, err
}

// writeSource puts the program where the go command finds it, and returns what
// removes it again: go test wants tests in a file with a name of theirs.
func (m *Module) writeSource(prog *program.Program) (remove func(), err error) {
	file := filepath.Join(m.dir, fileName) // a listing may have replaced it since
	if !prog.Test {
		return func() {}, writeFile(file, prog.Source)
	}
	if err := writeFile(file, []byte("package main\n")); err != nil {
		return nil, err
	}
	test := filepath.Join(m.dir, "cell_test.go")
	return func() {
		_ = os.Remove(test)
		_ = writeFile(file, []byte(emptyMain))
	}, writeFile(test, prog.Source)
}

// firstWord is the first line of what the go command said that is no heading.
func firstWord(said []byte) string {
	for line := range strings.Lines(string(said)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "# ") {
			return line
		}
	}
	return strings.TrimSpace(string(said))
}

// wrongFlags is what to try when the go command does not understand its flags.
const wrongFlags = `%goflags shows the flags, %goflags "" clears them`

// WrongFlags reports whether a build has failed because of its flags.
func WrongFlags(diags []program.Diagnostic) bool {
	return len(diags) > 0 && diags[0].Hint == wrongFlags
}

// smallWasm leaves out what only debuggers read: the program travels to a page.
const smallWasm = "-ldflags=-s -w"

// buildEnv is the environment for go build: our user's, the learner's, and
// what we insist on.
func (m *Module) buildEnv(prog *program.Program, config Config) []string {
	env := append(os.Environ(), "GOWORK=off", "GO111MODULE=on", "GOTOOLCHAIN=local")
	if !prog.Cgo && !hasFlag(config.Flags, "race") && os.Getenv("CGO_ENABLED") == "" {
		env = append(env, "CGO_ENABLED=0")
	}
	env = append(env, config.Env...)
	if prog.Wasm {
		env = append(env, "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
		if m.noFetch.Load() {
			env = append(env, "GOPROXY=off")
		}
	}
	flags := m.t.env.Vars["GOFLAGS"]
	for _, kv := range config.Env {
		if value, ok := strings.CutPrefix(kv, "GOFLAGS="); ok {
			flags = value
		}
	}
	return append(env, "GOFLAGS="+strings.TrimSpace(flags+" -mod=mod -buildvcs=false"))
}

// splitTags takes -tags out of the flags and adds our own tag to it.
func splitTags(flags []string) (tags string, others []string) {
	tags = tag
	for i := 0; i < len(flags); i++ {
		name, value, joined := strings.Cut(strings.TrimPrefix(flags[i], "-"), "=")
		if strings.TrimPrefix(name, "-") != "tags" || !strings.HasPrefix(flags[i], "-") {
			others = append(others, flags[i])
			continue
		}
		if !joined && i+1 < len(flags) {
			i++
			value = flags[i]
		}
		tags += "," + value
	}
	return tags, others
}

// hasFlag reports whether a boolean flag is on.
func hasFlag(flags []string, name string) bool {
	on := false
	for _, f := range flags {
		key, value, _ := strings.Cut(strings.TrimLeft(f, "-"), "=")
		if key == name && strings.HasPrefix(f, "-") {
			on = value != "false" && value != "0"
		}
	}
	return on
}

// withoutNews leaves out what the go command says on its way to a module.
func withoutNews(said []byte) []byte {
	var kept []byte
	for line := range bytes.Lines(said) {
		if !slices.ContainsFunc([]string{"finding", "downloading", "extracting", "found", "added"}, func(word string) bool {
			return bytes.HasPrefix(line, []byte("go: "+word+" "))
		}) {
			kept = append(kept, line...)
		}
	}
	return kept
}

// isUsage reports whether go build did not understand its flags.
func isUsage(said []byte) bool {
	text := string(said)
	return strings.Contains(text, "usage: go build") || strings.Contains(text, "flag provided but not defined") ||
		strings.Contains(text, "invalid value") || strings.HasPrefix(text, "go: ")
}

// raceHint explains why -race may fail on a machine without a C compiler.
func raceHint(said []byte) string {
	text := string(said)
	if strings.Contains(text, "-race requires cgo") || strings.Contains(text, `executable file not found in $PATH`) && strings.Contains(text, "C compiler") {
		return needsCompiler
	}
	return ""
}

const needsCompiler = "the race detector and cgo need a C compiler: install gcc or clang"

// NeedsCompiler reports whether a build has failed for want of a C compiler.
func NeedsCompiler(diags []program.Diagnostic) bool {
	return len(diags) > 0 && diags[0].Hint == needsCompiler
}
