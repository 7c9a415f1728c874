package toolchain

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"go/version"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// oldestGo is the first version whose toolchain we drive.
const oldestGo = "go1.26"

// goEnv is what "go env" said.
type goEnv struct {
	Vars    map[string]string
	Command string // identifies the go command's file
}

// buildVars are the settings that change what a build produces.
var buildVars = []string{
	"GOARCH", "GOOS", "GO386", "GOAMD64", "GOARM", "GOARM64", "GOMIPS", "GOMIPS64", "GOPPC64", "GORISCV64", "GOWASM",
	"GOEXPERIMENT", "GOFIPS140", "GOROOT", "GOTOOLDIR", "GOVERSION",
}

// outsideVars are what a caller's environment may set to change a build or
// where its parts come from; a program that wants them changed is built by
// the go command.
var outsideVars = append([]string{
	"CC", "CGO_ENABLED", "CXX", "GO111MODULE", "GOCACHE", "GOENV", "GOFLAGS", "GOMODCACHE",
	"GONOPROXY", "GONOSUMDB", "GOPATH", "GOPRIVATE", "GOPROXY", "GOSUMDB", "GOTOOLCHAIN", "GOWORK",
}, buildVars...)

// findGo returns the absolute path of the go command.
func findGo() (string, error) {
	file, err := exec.LookPath("go")
	if err == nil {
		return filepath.Abs(file)
	}
	// A desktop's Jupyter often runs without the shell's PATH.
	candidates := []string{"/usr/local/go", "/opt/homebrew", "/usr/lib/go", "/snap/go/current"}
	if root := os.Getenv("GOROOT"); root != "" {
		candidates = slices.Insert(candidates, 0, root)
	}
	if home, err := os.UserHomeDir(); err == nil {
		candidates = append(candidates, filepath.Join(home, "go"), filepath.Join(home, "sdk", "go"))
	}
	for _, dir := range candidates {
		file := filepath.Join(dir, "bin", "go")
		if info, err := os.Stat(file); err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0 {
			return file, nil
		}
	}
	return "", errors.New("go is not installed, or not on PATH: lanebook compiles cells with Go 1.26 or newer, see https://go.dev/dl/")
}

// readGoEnv asks the go command for its settings, or remembers the answer if
// neither the command nor what it reads has changed.
func readGoEnv(ctx context.Context, goCmd, cacheDir string) (goEnv, error) {
	info, err := os.Stat(goCmd)
	if err != nil {
		return goEnv{}, err
	}
	env := goEnv{Command: fmt.Sprint(goCmd, info.Size(), info.ModTime().UnixNano())}
	file := filepath.Join(cacheDir, "goenv-"+settingsHash(env.Command)+".json")
	if data, err := os.ReadFile(file); err == nil && json.Unmarshal(data, &env.Vars) == nil {
		if _, err := os.Stat(env.tool("compile")); err == nil {
			return env, nil
		}
	}
	cmd := exec.CommandContext(ctx, goCmd, "env", "-json")
	cmd.Dir = os.TempDir() // not a folder whose go.mod asks for another toolchain
	out, err := cmd.Output()
	if err != nil {
		return goEnv{}, fmt.Errorf("go env: %w", withStderr(err))
	}
	clear(env.Vars)
	if err := json.Unmarshal(out, &env.Vars); err != nil {
		return goEnv{}, fmt.Errorf("go env: %w", err)
	}
	return env, writeFile(file, out)
}

// settingsHash names the go command and all it reads its settings from.
func settingsHash(command string) string {
	configs := []string{os.Getenv("GOENV")}
	if dir, err := os.UserConfigDir(); err == nil {
		configs = append(configs, filepath.Join(dir, "go", "env"))
	}
	var parts []string
	for _, file := range configs {
		if info, err := os.Stat(file); err == nil {
			parts = append(parts, fmt.Sprint(file, info.Size(), info.ModTime().UnixNano()))
		}
	}
	for _, kv := range os.Environ() {
		name, _, _ := strings.Cut(kv, "=")
		if name == "HOME" || name == "PATH" || slices.Contains(outsideVars, name) {
			parts = append(parts, kv)
		}
	}
	slices.Sort(parts)
	return hash(append(parts, command)...)
}

// identity lists the settings that change what a build produces.
func (e goEnv) identity() string {
	var b strings.Builder
	for _, name := range buildVars {
		fmt.Fprintf(&b, "%s=%s\n", name, e.Vars[name])
	}
	return b.String()
}

// tool returns the path of the compiler, linker and so on.
func (e goEnv) tool(name string) string {
	return filepath.Join(e.Vars["GOTOOLDIR"], name+e.Vars["GOEXE"])
}

// checkVersion rejects a Go that is too old, in words for its owner.
func (e goEnv) checkVersion(goCmd string) error {
	have := e.Vars["GOVERSION"]
	if lang := version.Lang(have); lang != "" && version.Compare(lang, oldestGo) < 0 {
		return fmt.Errorf("%s is %s, and lanebook needs %s or newer: see https://go.dev/dl/", goCmd, have, oldestGo)
	}
	return nil
}

// newer says what is lost when the toolchain found is newer than the Go that
// this binary was built with, or returns "" when it is not.
func (e goEnv) newer() string {
	have, ours := version.Lang(e.Vars["GOVERSION"]), version.Lang(runtime.Version())
	if have == "" || ours == "" || version.Compare(have, ours) <= 0 {
		return ""
	}
	return fmt.Sprintf("cells are compiled with %s, which is newer than the %s that lanebook was built with: "+
		"every cell goes through go build, without completion; build lanebook again to get them back", have, ours)
}

// plain reports whether the user's own GOFLAGS leave direct builds the same
// as the go command's.
func (e goEnv) plain() bool {
	for flag := range strings.FieldsSeq(e.Vars["GOFLAGS"]) {
		name, _, _ := strings.Cut(strings.TrimLeft(flag, "-"), "=")
		switch name {
		case "buildvcs", "mod", "modcacherw", "p", "v", "x":
		default:
			return false
		}
	}
	return e.Vars["GOFIPS140"] == "off" || e.Vars["GOFIPS140"] == ""
}

// hash returns a short name for the parts together.
func hash(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d\n%s", len(p), p)
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}

// withStderr puts what a command said on stderr into its error.
func withStderr(err error) error {
	var exit *exec.ExitError
	if errors.As(err, &exit) && len(exit.Stderr) > 0 {
		return fmt.Errorf("%w: %s", err, strings.TrimSpace(string(exit.Stderr)))
	}
	return err
}

// writeFile creates or replaces a file in one step, and its folder.
func writeFile(file string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(file), ".new-")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(data)
	if err := errors.Join(err, tmp.Close()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), file)
}
