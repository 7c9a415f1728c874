package coord_test

import (
	"context"
	"fmt"
	"sync"
	"time"

	"lanebook/snippets/coord"
)

func Example_chanAccount() {
	account := coord.NewChanAccount()
	defer account.Close()

	var wg sync.WaitGroup
	wg.Go(func() { account.Withdraw(25) }) // waits
	for range 5 {
		account.Deposit(10)
	}
	wg.Wait()
	fmt.Println("balance:", account.Balance())
	// Output: balance: 25
}

func Example_once() {
	config := sync.OnceValue(func() string {
		fmt.Println("reading the configuration")
		return "port 8080"
	})
	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() { config() })
	}
	wg.Wait()
	fmt.Println(config())
	// Output:
	// reading the configuration
	// port 8080
}

func Example_patience() {
	account := coord.NewAccount()
	account.Deposit(5)
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	fmt.Println("10 out of 5:", account.WithdrawContext(ctx, 10))
	fmt.Println("balance:", account.Balance())
	// Output:
	// 10 out of 5: context deadline exceeded
	// balance: 5
}

func Example_selecting() {
	letters := make(chan string, 1)

	select { // default: do not wait at all
	case text := <-letters:
		fmt.Println(text)
	default:
		fmt.Println("no letter")
	}

	select { // timeout: wait, but not for ever
	case text := <-letters:
		fmt.Println(text)
	case <-time.After(10 * time.Millisecond):
		fmt.Println("no letter after 10 ms")
	}

	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	select { // cancelling: wait until somebody calls it off
	case text := <-letters:
		fmt.Println(text)
	case <-ctx.Done():
		fmt.Println("called off:", ctx.Err())
	}
	// Output:
	// no letter
	// no letter after 10 ms
	// called off: context canceled
}

func Example_urgent() {
	urgent, normal := make(chan string, 3), make(chan string, 3)
	for i := range 3 {
		normal <- fmt.Sprintf("normal %d", i+1)
		urgent <- fmt.Sprintf("urgent %d", i+1)
	}
	close(urgent)
	close(normal)
	coord.Urgent(urgent, normal, func(text string) { fmt.Println(text) })
	// Output:
	// urgent 1
	// urgent 2
	// urgent 3
	// normal 1
	// normal 2
	// normal 3
}

func Example_rendezvous() {
	bridge := make(coord.Rendezvous[string])
	var east, west string
	var wg sync.WaitGroup
	wg.Go(func() { east = bridge.Exchange("a spy of the west") }) // what the east gives
	wg.Go(func() { west = bridge.Exchange("a spy of the east") })
	wg.Wait()
	fmt.Println("the east gets", east)
	fmt.Println("the west gets", west)
	// Output:
	// the east gets a spy of the east
	// the west gets a spy of the west
}
