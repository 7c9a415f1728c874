package check

import (
	"fmt"
	"reflect"
	"runtime"
	"strings"
)

// longest is how much of a value is shown. // arbitrary
const longest = 240

// Show writes a value for a learner: strings in quotes, errors by their text,
// the rest as fmt does.
func Show(v any) string {
	s := show(v)
	if runes := []rune(s); len(runes) > longest {
		return string(runes[:longest-1]) + "…"
	}
	return s
}

func show(v any) string {
	switch v := v.(type) {
	case nil:
		return "nil"
	case error:
		return fmt.Sprintf(Say("the error %q", "错误 %q"), v.Error())
	case bool, int, int64, uint64, float64, fmt.Stringer:
		return fmt.Sprint(v)
	}
	r := reflect.ValueOf(v)
	switch r.Kind() {
	case reflect.String:
		return fmt.Sprintf("%q", v)
	case reflect.Slice, reflect.Array:
		parts := make([]string, 0, min(r.Len(), longest))
		for i := range min(r.Len(), longest) {
			parts = append(parts, show(r.Index(i).Interface()))
		}
		return "[" + strings.Join(parts, " ") + "]"
	}
	return fmt.Sprintf("%+v", v)
}

// allocations counts how often f asks for memory, on average.
func allocations(f func()) float64 {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1)) // nobody else shall allocate meanwhile
	const runs = 100
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range runs {
		f()
	}
	runtime.ReadMemStats(&after)
	return float64((after.Mallocs - before.Mallocs) / runs)
}
