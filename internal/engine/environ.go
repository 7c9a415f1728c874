package engine

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// traceFlush makes the runtime hand out recordings every 10 ms, so that what
// was recorded survives os.Exit, a panic or a kill. Read at process start.
const traceFlush = "traceadvanceperiod=10000000"

// path is a folder of ours.
func (e *Engine) path(name string) string { return filepath.Join(e.home, name) }

// environ is what programs and shell lines see: ours, what the front end adds,
// what %env has set, and what the protocol wants.
func (e *Engine) environ() []string {
	env := map[string]string{}
	var order []string
	set := func(key, value string) {
		if _, ok := env[key]; !ok {
			order = append(order, key)
		}
		env[key] = value
	}
	for _, kv := range slices.Concat(os.Environ(), e.opts.Env, e.vars) {
		if key, value, ok := strings.Cut(kv, "="); ok && key != "" {
			set(key, value)
		}
	}
	set("GODEBUG", strings.TrimPrefix(env["GODEBUG"]+","+traceFlush, ","))
	set("GONB_DIR", e.dir)
	set("GONB_TMP_DIR", e.module.Dir())
	set("GONB_VERSION", "lanebook")
	set("LANEBOOK_VERSION", e.opts.Version)
	set("LANEBOOK_LANG", e.Lang())
	set("LANEBOOK_SPOOL", e.path("spool"))
	out := make([]string, 0, len(order))
	for _, key := range order {
		out = append(out, key+"="+env[key])
	}
	return out
}

var variable = regexp.MustCompile(`\$(?:[A-Za-z_]\w*|\{[A-Za-z_]\w*\})`)

// abs is a path as the learner means it: relative to where cells run, with ~
// for the home folder and $NAME or ${NAME} for what is in the environment.
func (e *Engine) abs(path string) string {
	path = variable.ReplaceAllStringFunc(path, func(name string) string {
		want := strings.Trim(name, "${}") + "="
		for _, kv := range slices.Backward(e.environ()) {
			if value, ok := strings.CutPrefix(kv, want); ok {
				return value
			}
		}
		return name
	})
	if path == "~" || strings.HasPrefix(path, "~/") {
		if home, err := os.UserHomeDir(); err == nil {
			path = home + path[1:]
		}
	}
	if filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	return filepath.Join(e.dir, path)
}
