package toolchain

import (
	"encoding/hex"
	"go/version"
	"maps"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
)

// archVars are the settings with variants of a processor; one of them at most
// is set.
var archVars = []string{"GO386", "GOAMD64", "GOARM", "GOARM64", "GOMIPS", "GOMIPS64", "GOPPC64", "GORISCV64", "GOWASM"}

// The marks around build information in a binary, as in cmd/go/internal/modload.
const (
	infoStart = "3077af0c9274080241e1c107e6d618e6"
	infoEnd   = "f932433186182072008242104116d8f2"
)

// modinfo returns the build information that go build would put into a
// program with these imports, for debug.ReadBuildInfo.
func (m *Module) modinfo(tb *table, imports []string) string {
	info := debug.BuildInfo{
		Path: tb.Main.Path,
		Main: debug.Module{Path: tb.Main.Path, Version: "(devel)"},
	}
	deps := map[string]*debug.Module{}
	sums := m.sums()
	for _, p := range tb.closure(imports) {
		if p.Module != nil && !p.Module.Main {
			deps[p.Module.Path] = buildModule(p.Module, sums)
		}
	}
	for _, path := range slices.Sorted(maps.Keys(deps)) {
		info.Deps = append(info.Deps, deps[path])
	}
	add := func(key, value string) {
		if value != "" {
			info.Settings = append(info.Settings, debug.BuildSetting{Key: key, Value: value})
		}
	}
	add("-buildmode", "exe")
	add("-compiler", "gc")
	add("-tags", tag)
	add("DefaultGODEBUG", tb.GODEBUG)
	add("CGO_ENABLED", "0")
	add("GOARCH", m.t.env.Vars["GOARCH"])
	add("GOEXPERIMENT", m.t.variant.Experiment)
	add("GOOS", m.t.env.Vars["GOOS"])
	for _, name := range archVars {
		add(name, m.t.env.Vars[name])
	}
	start, _ := hex.DecodeString(infoStart)
	end, _ := hex.DecodeString(infoEnd)
	return string(start) + info.String() + string(end)
}

// buildModule describes a module as build information does.
func buildModule(mod *module, sums map[string]string) *debug.Module {
	dm := &debug.Module{Path: mod.Path, Version: mod.Version}
	if dm.Version == "" {
		dm.Version = "(devel)"
	}
	if mod.Replace != nil {
		dm.Replace = buildModule(mod.Replace, sums)
	} else {
		dm.Sum = sums[mod.Path+" "+mod.Version]
	}
	return dm
}

// sums reads the session's go.sum.
func (m *Module) sums() map[string]string {
	data, err := os.ReadFile(filepath.Join(m.dir, "go.sum"))
	if err != nil {
		return nil
	}
	sums := map[string]string{}
	for line := range strings.Lines(string(data)) {
		if f := strings.Fields(line); len(f) == 3 {
			sums[f[0]+" "+f[1]] = f[2]
		}
	}
	return sums
}

// lang returns the language version of a go version: 1.26 for 1.26.3.
func lang(goVersion string) string {
	return strings.TrimPrefix(version.Lang("go"+goVersion), "go")
}
