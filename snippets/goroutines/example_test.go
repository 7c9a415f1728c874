package goroutines_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"sync"
	"time"

	"lanebook/snippets/goroutines"
)

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
	gate := goroutines.NewGate()
	lines := make([]string, 2)
	var wg sync.WaitGroup
	wg.Add(2)

	num := 1
	go func(copied int) {
		defer wg.Done()
		gate.Wait()
		lines[0] = fmt.Sprint("argument: ", copied)
	}(num) // evaluated here and now
	go func() {
		defer wg.Done()
		gate.Wait()
		lines[1] = fmt.Sprint("captured: ", num)
	}()
	num = 2

	gate.Open()
	wg.Wait()
	fmt.Println(lines[0])
	fmt.Println(lines[1])
	// Output:
	// argument: 1
	// captured: 2
}

func Example_safeGo() {
	result := goroutines.SafeGo(func() error {
		panic("out of tea")
	})
	err := <-result
	fmt.Println("main goes on. error:", err)

	_, caught := errors.AsType[*goroutines.PanicError](err)
	fmt.Println("it was a panic:", caught)
	// Output:
	// main goes on. error: panic: out of tea
	// it was a panic: true
}

func Example_chat() {
	a, err := net.ListenPacket("udp", "127.0.0.1:0") // a socket of this machine
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
