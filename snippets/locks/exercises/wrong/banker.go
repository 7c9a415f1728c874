package wrong

import "slices"

// OnceSafe goes through the customers only once.
func OnceSafe(free []int, has, most [][]int) bool {
	purse := slices.Clone(free)
	for c := range has {
		for i := range purse {
			if most[c][i]-has[c][i] > purse[i] {
				return false
			}
		}
		for i := range purse {
			purse[i] += has[c][i]
		}
	}
	return true
}

// FirstSafe looks at the first resource only.
func FirstSafe(free []int, has, most [][]int) bool {
	purse := slices.Clone(free)
	served := make([]bool, len(has))
	for range has {
		for c := range has {
			if !served[c] && most[c][0]-has[c][0] <= purse[0] {
				served[c] = true
				purse[0] += has[c][0]
			}
		}
	}
	return !slices.Contains(served, false)
}

// SpendingSafe counts in the banker's own purse.
func SpendingSafe(free []int, has, most [][]int) bool {
	served := make([]bool, len(has))
	for range has {
		for c := range has {
			if served[c] || !fits(free, has[c], most[c]) {
				continue
			}
			served[c] = true
			for i := range free {
				free[i] += has[c][i]
			}
		}
	}
	return !slices.Contains(served, false)
}

// TrustingSafe is content if anybody can be served.
func TrustingSafe(free []int, has, most [][]int) bool {
	for c := range has {
		if fits(free, has[c], most[c]) {
			return true
		}
	}
	return len(has) == 0
}

func fits(purse, has, most []int) bool {
	for i := range purse {
		if most[i]-has[i] > purse[i] {
			return false
		}
	}
	return true
}
