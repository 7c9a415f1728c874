package locks_test

import (
	"testing"

	"lanebook/snippets/locks"
)

// FuzzBanker lets random customers ask and pay back. Whatever they do, there
// must be an order in which everybody can be served in full, found here by
// trying all of them; and the banker must not say no without a reason.
func FuzzBanker(f *testing.F) {
	f.Add(uint8(10), uint8(8), uint8(5), uint8(9), []byte{1, 2, 12, 23, 3, 31, 5})
	f.Add(uint8(4), uint8(4), uint8(4), uint8(4), []byte{0, 1, 2, 0, 1, 2})
	f.Fuzz(func(t *testing.T, capital, m0, m1, m2 uint8, moves []byte) {
		total := int(capital)%12 + 1
		most := []int{int(m0) % (total + 1), int(m1) % (total + 1), int(m2) % (total + 1)}
		banker := locks.NewBanker(total, most...)
		free, has := total, make([]int, len(most))
		for _, m := range moves {
			customer, amount := int(m)%3, int(m)/3%4
			if m >= 128 {
				paid := min(amount, has[customer])
				banker.Return(customer, amount)
				has[customer] -= paid
				free += paid
			} else {
				after := append([]int(nil), has...)
				after[customer] += amount
				want := amount <= free && after[customer] <= most[customer] && servable(free-amount, after, most)
				if got := banker.Request(customer, amount); got != want {
					t.Fatalf("free %d, has %v, most %v: request of %d by %d: %t, want %t", free, has, most, amount, customer, got, want)
				}
				if want {
					has, free = after, free-amount
				}
			}
			if banker.Free() != free {
				t.Fatalf("free: %d, want %d", banker.Free(), free)
			}
		}
	})
}

// servable tries all orders.
func servable(free int, has, most []int) bool {
	everybody := true
	for c := range has {
		if has[c] < 0 {
			continue // served already
		}
		everybody = false
		if most[c]-has[c] > free {
			continue
		}
		rest := append([]int(nil), has...)
		rest[c] = -1
		if servable(free+has[c], rest, most) {
			return true
		}
	}
	return everybody
}
