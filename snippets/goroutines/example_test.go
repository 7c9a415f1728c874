package goroutines_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"net"

	"lanebook/snippets/goroutines"
)

func Example_inTurn() {
	goroutines.SingDance(os.Stdout, 20*time.Millisecond)
	// Output:
	// 正在唱歌...0
	// 正在唱歌...1
	// 正在唱歌...2
	// 正在跳舞...0
	// 正在跳舞...1
	// 正在跳舞...2
}

func Example_hello() {
	goroutines.Hello(os.Stdout, 5, 20*time.Millisecond)
	// Output:
	// hello
	// hello
	// hello
	// hello
	// hello
}

func Example_start() {
	tea := func() { fmt.Println("the water boils") } // a function value: nothing runs
	fmt.Println("ready")

	var wg sync.WaitGroup
	wg.Go(tea) // created and started, in one step
	wg.Wait()
	// Output:
	// ready
	// the water boils
}

func Example_task() {
	task := goroutines.Task{Name: "test_name", Out: os.Stdout, N: 5}
	if err := task.Run(context.Background()); err != nil {
		fmt.Println(err)
	}
	// Output:
	// 0
	// 1
	// 2
	// 3
	// 4
}

func Example_arguments() {
	num := 1
	var wg sync.WaitGroup
	wg.Add(2)
	go func(copied int) {
		defer wg.Done()
		time.Sleep(5 * time.Millisecond)
		fmt.Println("argument:", copied)
	}(num) // evaluated here and now
	go func() {
		defer wg.Done()
		time.Sleep(10 * time.Millisecond)
		fmt.Println("captured:", num)
	}()
	num = 2
	wg.Wait()
	// Output:
	// argument: 1
	// captured: 2
}

func Example_safeGo() {
	result := goroutines.SafeGo(func() error {
		var prices map[string]int
		prices["tea"] = 3
		return nil
	})
	err := <-result
	fmt.Println("main goes on. error:", err)

	_, caught := errors.AsType[*goroutines.PanicError](err)
	fmt.Println("it was a panic:", caught)
	// Output:
	// main goes on. error: panic: assignment to entry in nil map
	// it was a panic: true
}

func Example_chat() {
	a, err := net.ListenPacket("udp", "127.0.0.1:0") // 1, 2: a socket, bound to an address of this machine
	if err != nil {
		fmt.Println(err)
		return
	}
	defer a.Close()
	b, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer b.Close()

	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	lines := []string{"nihao", "can you hear me?"}
	heardA, heardB, err := goroutines.ChatBoth(ctx, a, b, lines, strings.ToUpper)
	fmt.Printf("b heard %q\n", heardB)
	fmt.Printf("a heard %q\n", heardA)
	fmt.Println("error:", err)
	// Output:
	// b heard ["nihao" "can you hear me?"]
	// a heard ["NIHAO" "CAN YOU HEAR ME?"]
	// error: <nil>
}
