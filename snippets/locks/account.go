package locks

import (
	"errors"
	"sync"
	"time"
)

// Account is a bank account that any number of goroutines may use at the same
// time. Its zero value is an empty account. An Account must not be copied.
type Account struct {
	mu      sync.Mutex // guards balance
	balance int
}

// Deposit puts amount into the account. It thinks for a millisecond between
// reading and writing, as a slow bank would.
func (a *Account) Deposit(amount int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	balance := a.balance + amount
	time.Sleep(time.Millisecond)
	a.balance = balance
}

// Balance is what is in the account.
func (a *Account) Balance() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.balance
}

// DepositAll makes n deposits of 1, shared out among some workers.
func DepositAll(a *Account, n, workers int) {
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := w; i < n; i += workers {
				a.Deposit(1)
			}
		})
	}
	wg.Wait()
}

// DepositTask is a deposit as a value: made now, run when somebody wants to.
type DepositTask struct {
	Account *Account
	Amount  int
}

// Run makes the deposit.
func (t DepositTask) Run() { t.Account.Deposit(t.Amount) }

// Vault is one of several accounts between which money moves. Number is
// different for each of them.
type Vault struct {
	Number int

	mu      sync.Mutex // guards balance
	balance int
}

// NewVault opens a vault.
func NewVault(number, balance int) *Vault {
	return &Vault{Number: number, balance: balance}
}

// Balance is what is in the vault.
func (v *Vault) Balance() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.balance
}

// ErrShort means that there is not enough money.
var ErrShort = errors.New("not enough money")

// Transfer moves amount from one vault to another, or does nothing and returns
// ErrShort. It locks both; everybody locks the smaller number first, so no
// circle of waiting can arise.
func Transfer(from, to *Vault, amount int) error {
	if from == to {
		return nil
	}
	first, second := from, to
	if second.Number < first.Number {
		first, second = second, first
	}
	first.mu.Lock()
	defer first.mu.Unlock()
	second.mu.Lock()
	defer second.mu.Unlock()

	if from.balance < amount {
		return ErrShort
	}
	from.balance -= amount
	to.balance += amount
	return nil
}
