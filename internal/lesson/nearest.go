package lesson

import (
	"fmt"
	"maps"
	"slices"

	"lanebook/internal/spelling"
)

func keys[V any](m map[string]V) []string {
	return slices.Collect(maps.Keys(m))
}

// didYouMean names the known word nearest to a misspelt one, or nothing when
// none is near.
func didYouMean(word string, known []string) string {
	best := spelling.Nearest(word, known)
	if best == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", best)
}
