package lesson

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

func keys[V any](m map[string]V) []string {
	return slices.Collect(maps.Keys(m))
}

// didYouMean names the known word nearest to a misspelt one, or nothing when
// none is near.
func didYouMean(word string, known []string) string {
	best, bestDistance := "", 1+max(2, len(word)/3) // arbitrary: what still looks like a slip
	for _, k := range slices.Sorted(slices.Values(known)) {
		if d := distance(strings.ToLower(word), strings.ToLower(k)); d < bestDistance {
			best, bestDistance = k, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", best)
}

// distance is the number of letters to add, drop or change.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
