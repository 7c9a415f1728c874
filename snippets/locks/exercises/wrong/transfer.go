package wrong

import (
	"runtime"
	"sync"
)

// Vault is the vault of the wrong transfers.
type Vault struct {
	Number  int
	mu      sync.Mutex
	balance int
}

// NewVault opens a vault.
func NewVault(number, balance int) *Vault { return &Vault{Number: number, balance: balance} }

// Balance is what is in the vault.
func (v *Vault) Balance() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.balance
}

// BareTransfer takes no lock: a race.
func BareTransfer(from, to *Vault, amount int) bool {
	if from.balance < amount {
		return false
	}
	from.balance -= amount
	runtime.Gosched()
	to.balance += amount
	return true
}

// SelfishTransfer keeps the order of locks, but locks one vault twice when from
// and to are the same: a deadlock.
func SelfishTransfer(from, to *Vault, amount int) bool {
	first, second := from, to
	if second.Number < first.Number {
		first, second = second, first
	}
	first.mu.Lock()
	defer first.mu.Unlock()
	second.mu.Lock()
	defer second.mu.Unlock()
	if from.balance < amount {
		return false
	}
	from.balance -= amount
	to.balance += amount
	return true
}

// KeepingTransfer keeps the locks when there is not enough: whoever comes next
// waits for ever.
func KeepingTransfer(from, to *Vault, amount int) bool {
	first, second := from, to
	if second.Number < first.Number {
		first, second = second, first
	}
	first.mu.Lock()
	if first != second {
		second.mu.Lock()
	}
	if from.balance < amount {
		return false
	}
	from.balance -= amount
	to.balance += amount
	if first != second {
		second.mu.Unlock()
	}
	first.mu.Unlock()
	return true
}

// GenerousTransfer moves what is not there.
func GenerousTransfer(from, to *Vault, amount int) bool {
	if from == to {
		return true
	}
	for _, v := range []*Vault{from, to} {
		v.mu.Lock()
		if v == from {
			v.balance -= amount
		} else {
			v.balance += amount
		}
		v.mu.Unlock()
	}
	return true
}

// PoorestTransfer locks the vault with less money first: another one after each
// transfer, and looked up without a lock.
func PoorestTransfer(from, to *Vault, amount int) bool {
	if from == to {
		return true
	}
	first, second := from, to
	if to.balance < from.balance {
		first, second = to, from
	}
	first.mu.Lock()
	defer first.mu.Unlock()
	runtime.Gosched()
	second.mu.Lock()
	defer second.mu.Unlock()
	if from.balance < amount {
		return false
	}
	from.balance -= amount
	to.balance += amount
	return true
}

// ThoughtlessTransfer takes both locks so quickly that it often goes well.
func ThoughtlessTransfer(from, to *Vault, amount int) bool {
	if from == to {
		return true
	}
	from.mu.Lock()
	defer from.mu.Unlock()
	to.mu.Lock()
	defer to.mu.Unlock()
	if from.balance < amount {
		return false
	}
	from.balance -= amount
	to.balance += amount
	return true
}
