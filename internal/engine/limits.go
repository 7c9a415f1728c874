package engine

import (
	"math"
	"os"
	"strconv"
	"strings"
)

// memoryVar is the variable by which a learner changes how much memory a cell
// may use, for the session with %env, or for all in the environment.
const memoryVar = "LANEBOOK_MEMORY"

// memoryLimit is how many bytes a cell may use; -1 is no limit.
func (e *Engine) memoryLimit() int64 {
	value := os.Getenv(memoryVar)
	for _, kv := range e.config().Env {
		if v, ok := strings.CutPrefix(kv, memoryVar+"="); ok {
			value = v
		}
	}
	if n, ok := parseSize(value); ok {
		return n
	}
	return e.opts.Memory
}

// parseSize reads a number of bytes such as 800M, 8GiB or off.
func parseSize(text string) (int64, bool) {
	text = strings.ToUpper(strings.TrimSpace(text))
	if text == "OFF" || text == "NONE" {
		return -1, true
	}
	text = strings.TrimSuffix(strings.TrimSuffix(text, "B"), "I")
	unit := int64(1)
	for i, letter := range "KMGT" {
		if rest, ok := strings.CutSuffix(text, string(letter)); ok {
			text, unit = rest, 1<<(10*(i+1))
		}
	}
	n, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || !(n > 0) || n > math.MaxInt64/float64(unit) {
		return 0, false
	}
	return int64(n * float64(unit)), true
}
