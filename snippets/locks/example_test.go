package locks_test

import (
	"fmt"
	"sync"

	"lanebook/snippets/locks"
)

func Example_shared() {
	visits := 0 // captured by the function below: both mean this very variable
	guests := []string{"Ann", "Bo"}
	number := 7

	var wg sync.WaitGroup
	wg.Add(1)
	go func(number int) { // a parameter: a copy, made at the go statement
		defer wg.Done()
		visits = 1
		guests[0] = "Cleo"
		number++
	}(number)
	wg.Wait()

	fmt.Println("visits:", visits)
	fmt.Println("guests:", guests)
	fmt.Println("number:", number)
	// Output:
	// visits: 1
	// guests: [Cleo Bo]
	// number: 7
}

func Example_schedules() {
	outcomes := locks.Outcomes()
	fmt.Println("num = 2:", outcomes[2])
	fmt.Println("num = 1:", len(outcomes[1]), "orders")
	// Output:
	// num = 2: [AAABBB BBBAAA]
	// num = 1: 18 orders
}

func Example_tasks() {
	var account locks.Account
	var tasks []locks.DepositTask
	for range 10 {
		tasks = append(tasks, locks.DepositTask{Account: &account, Amount: 10})
	}
	fmt.Println("tasks made, balance:", account.Balance())

	var wg sync.WaitGroup
	for _, task := range tasks {
		wg.Go(task.Run)
	}
	wg.Wait()
	fmt.Println("tasks run, balance:", account.Balance())
	// Output:
	// tasks made, balance: 0
	// tasks run, balance: 100
}

func Example_map() {
	hits := locks.NewShardedMap[string, int]()
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for range 100_000 {
				hits.Update("index.html", func(n int) int { return n + 1 })
			}
		})
	}
	wg.Wait()
	fmt.Println(hits.All())
	// Output: map[index.html:200000]
}

func Example_order() {
	a, b := locks.NewVault(1, 1000), locks.NewVault(2, 1000)
	var wg sync.WaitGroup
	wg.Go(func() {
		for range 1000 {
			locks.Transfer(a, b, 1)
		}
	})
	wg.Go(func() {
		for range 1000 {
			locks.Transfer(b, a, 1)
		}
	})
	wg.Wait()
	fmt.Println("a:", a.Balance(), "b:", b.Balance())
	// Output: a: 1000 b: 1000
}

func Example_banker() {
	// Ten coins in the purse. The customers have said how many they will need at most.
	banker := locks.NewBanker(10, 8, 5, 9)
	ask := func(customer, amount int) {
		granted := banker.Request(customer, amount)
		fmt.Printf("customer %d asks for %d: %t, ", customer, amount, granted)
		fmt.Println("in the purse:", banker.Free())
	}
	ask(0, 4)
	ask(1, 2)
	ask(2, 2) // two coins would be left, too few to serve anyone in full
	ask(0, 1)
	ask(1, 1)
	// Output:
	// customer 0 asks for 4: true, in the purse: 6
	// customer 1 asks for 2: true, in the purse: 4
	// customer 2 asks for 2: false, in the purse: 4
	// customer 0 asks for 1: true, in the purse: 3
	// customer 1 asks for 1: true, in the purse: 2
}
