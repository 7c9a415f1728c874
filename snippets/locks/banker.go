package locks

import "sync"

// Banker lends from one purse to customers who have said in advance how much
// they will need at most. It says no to a loan that could end with everybody
// waiting for everybody.
type Banker struct {
	mu   sync.Mutex // guards all that follows
	free int        // in the purse
	has  []int      // lent to each customer
	most []int      // the most that each of them will ever have
}

// NewBanker returns a banker with some capital, and one customer for each
// limit. No limit may be larger than the capital.
func NewBanker(capital int, limits ...int) *Banker {
	return &Banker{free: capital, has: make([]int, len(limits)), most: limits}
}

// Request asks for a loan. It is refused if the customer goes beyond the
// limit, if the purse does not hold that much, or if afterwards there would be
// no order in which all customers can be served in full.
func (b *Banker) Request(customer, amount int) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if amount > b.free || b.has[customer]+amount > b.most[customer] {
		return false
	}
	b.free -= amount
	b.has[customer] += amount
	if b.safe() {
		return true
	}
	b.free += amount // take it back: nobody has seen it
	b.has[customer] -= amount
	return false
}

// Return pays back a part of a loan.
func (b *Banker) Return(customer, amount int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	amount = min(amount, b.has[customer])
	b.free += amount
	b.has[customer] -= amount
}

// Free is what is left in the purse.
func (b *Banker) Free() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.free
}

// safe reports whether all customers can be served in full, one after another:
// serve anyone whose wish fits into the purse, get everything back from them,
// go on with a fuller purse.
func (b *Banker) safe() bool {
	purse := b.free
	served := make([]bool, len(b.has))
	for range b.has {
		for c := range b.has {
			if !served[c] && b.most[c]-b.has[c] <= purse {
				served[c] = true
				purse += b.has[c]
			}
		}
	}
	for _, ok := range served {
		if !ok {
			return false
		}
	}
	return true
}
