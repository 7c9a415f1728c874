package exercises

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"

	"lanebook/kernelext/check"
)

// loans is a state of the bank: what is free of each resource, what each
// customer has, and the most that each will ever want.
type loans struct {
	free      []int
	has, most [][]int
}

// CheckSafe judges the banker's question: is there an order in which all
// customers can be served in full?
func CheckSafe(safe func(free []int, has, most [][]int) bool) check.Result {
	try := func(t *check.T, l loans, want bool) {
		t.Try("Safe(free: %v, has: %v, most: %v)", l.free, l.has, l.most)
		check.Equal(t, safe(slices.Clone(l.free), clone(l.has), clone(l.most)), want)
	}
	return check.Run(check.Say("The banker", "银行家"),
		check.That(check.Say("who can be served at once is served", "马上能满足的就满足"), func(t *check.T) {
			try(t, loans{[]int{3}, [][]int{{2}, {1}}, [][]int{{4}, {3}}}, true)
			try(t, loans{[]int{0}, [][]int{}, [][]int{}}, true)
		}),
		check.That(check.Say("what one gives back serves the next", "一个人归还的，能让下一个人得到满足"), func(t *check.T) {
			t.Look(check.Say("after somebody was served, somebody earlier in the list may be next", "满足了一个人之后，列表里靠前的人也可能轮得到了"))
			try(t, loans{[]int{1}, [][]int{{4}, {2}, {2}}, [][]int{{8}, {5}, {3}}}, true)
		}),
		check.That(check.Say("if somebody can never be served, it is not safe", "有人永远满足不了，就不安全"), func(t *check.T) {
			try(t, loans{[]int{2}, [][]int{{4}, {2}, {2}}, [][]int{{8}, {5}, {9}}}, false)
			try(t, loans{[]int{1}, [][]int{{1}, {5}}, [][]int{{2}, {9}}}, false)
		}),
		check.That(check.Say("every resource must suffice", "每一种资源都要够"), func(t *check.T) {
			try(t, loans{[]int{5, 0}, [][]int{{0, 1}, {0, 1}}, [][]int{{1, 2}, {1, 2}}}, false)
			try(t, loans{[]int{3, 3, 2}, [][]int{{0, 1, 0}, {2, 0, 0}, {3, 0, 2}, {2, 1, 1}, {0, 0, 2}},
				[][]int{{7, 5, 3}, {3, 2, 2}, {9, 0, 2}, {2, 2, 2}, {4, 3, 3}}}, true)
		}),
		check.That(check.Say("asking changes nothing", "只是问一问，什么也不改"), func(t *check.T) {
			l := loans{[]int{3}, [][]int{{2}, {1}}, [][]int{{4}, {3}}}
			t.Try("Safe(free, has, most); free, has, most")
			safe(l.free, l.has, l.most)
			check.Equal(t, l, loans{[]int{3}, [][]int{{2}, {1}}, [][]int{{4}, {3}}})
		}),
		check.ForAll(check.Say("it agrees with trying all orders", "与把所有次序都试一遍的结果一致"), someLoans(), func(t *check.T, l loans) {
			try(t, l, servable(l.free, l.has, l.most))
		}),
	)
}

// String is for the verdict.
func (l loans) String() string {
	return fmt.Sprintf("free: %v, has: %v, most: %v", l.free, l.has, l.most)
}

// someLoans makes states of at most four customers and two resources.
func someLoans() check.Inputs[loans] {
	return check.Inputs[loans]{
		Make: func(r *rand.Rand, size int) loans {
			kinds, customers := 1+r.IntN(2), min(size/2, 4)
			l := loans{free: row(r, kinds, 4)}
			for range customers {
				has, more := row(r, kinds, 4), row(r, kinds, 5)
				most := make([]int, kinds)
				for i := range most {
					most[i] = has[i] + more[i]
				}
				l.has, l.most = append(l.has, has), append(l.most, most)
			}
			return l
		},
		Smaller: func(l loans) iter.Seq[loans] {
			return func(yield func(loans) bool) {
				for c := range l.has { // without one customer
					if !yield(loans{l.free, without(l.has, c), without(l.most, c)}) {
						return
					}
				}
			}
		},
	}
}

func row(r *rand.Rand, n, below int) []int {
	numbers := make([]int, n)
	for i := range numbers {
		numbers[i] = r.IntN(below)
	}
	return numbers
}

func without(rows [][]int, i int) [][]int {
	return slices.Delete(slices.Clone(rows), i, i+1)
}

func clone(rows [][]int) [][]int {
	all := make([][]int, len(rows))
	for i, r := range rows {
		all[i] = slices.Clone(r)
	}
	return all
}

// servable tries all orders.
func servable(free []int, has, most [][]int) bool {
	if len(has) == 0 {
		return true
	}
	for c := range has {
		after, fits := slices.Clone(free), true
		for i := range free {
			fits = fits && most[c][i]-has[c][i] <= free[i]
			after[i] += has[c][i]
		}
		if fits && servable(after, without(has, c), without(most, c)) {
			return true
		}
	}
	return false
}
