package stub

// What the exercise cells run.

import "lanebook/snippets/locks/exercises"

func ExampleAccount() {
	exercises.CheckAccount(func() *Account { return new(Account) })
}

func ExampleTransfer() {
	exercises.CheckTransfer(NewVault, Transfer)
}

func ExampleCache() {
	exercises.CheckCache(func() *Cache { return new(Cache) })
}

func ExampleStats() {
	exercises.CheckStats(func() *Stats { return new(Stats) })
}

func ExampleSafe() {
	exercises.CheckSafe(Safe)
}
