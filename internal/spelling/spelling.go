// Package spelling finds the word that somebody meant who wrote another.
package spelling

import (
	"strings"
	"unicode/utf8"
)

// Nearest returns the candidate that name is most likely a slip for, or "" when
// none is near. Near is a third of name's letters, and one letter in a short
// name; another case alone is nearer than anything else. Of equally near
// candidates it takes the longest, as letters are left out more often than
// added, and then the first of the alphabet.
func Nearest(name string, candidates []string) string {
	length := utf8.RuneCountInString(name)
	limit := max(1, length/3)
	best, bestAt := "", limit+1
	for _, candidate := range candidates {
		if candidate == name || candidate == "_" || abs(utf8.RuneCountInString(candidate)-length) > limit {
			continue
		}
		d := Distance(name, candidate)
		if strings.EqualFold(name, candidate) {
			d = 0
		}
		if d > limit || d >= length {
			continue // too far, or nothing of the name is left
		}
		if d < bestAt || d == bestAt && (len(candidate) > len(best) || len(candidate) == len(best) && candidate < best) {
			best, bestAt = candidate, d
		}
	}
	return best
}

func abs(n int) int { return max(n, -n) }

// Distance counts the letters to insert, delete, replace or swap with their
// neighbour to make b of a: the optimal string alignment distance, in
// len(a)*len(b) steps.
func Distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	before, last, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := range x {
		row[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(y)]
}
