// Command stuck stands still in many ways, while a recording runs. The tests
// of kernelext run it; see stuck_test.go.
package main

import (
	"context"
	"fmt"
	"os"
	"sync"
	"time"

	"lanebook/kernelext"
)

// What package variables reach looks alive to the garbage collector, so these
// are the hard cases for everything but Go's own deadlock report.
var (
	global  sync.Mutex
	other   sync.Mutex
	channel = make(chan int)
)

var ways = map[string]func(){
	// For ever.
	"mutex":     func() { global.Lock(); global.Lock() },
	"two locks": twoLocks,
	"send":      func() { channel <- 1 },
	"receive":   func() { <-channel },
	"wait group": func() {
		var wg sync.WaitGroup
		wg.Add(1)
		go func() {}()
		wg.Wait()
	},
	"cond":         func() { c := sync.NewCond(&global); global.Lock(); c.Wait() },
	"empty select": func() { select {} },
	"nil channel":  func() { var c chan int; <-c },
	"shown before": func() { kernelext.Text("first"); channel <- 1 },

	// Not for ever.
	"timer": func() {
		select {
		case <-channel:
		case <-time.After(700 * time.Millisecond):
		}
	},
	"late timer": func() { <-time.After(3500 * time.Millisecond) },
	"context": func() {
		ctx, cancel := context.WithTimeout(context.Background(), 500*time.Millisecond)
		defer cancel()
		<-ctx.Done()
	},
	"ticker": func() {
		t := time.NewTicker(300 * time.Millisecond)
		defer t.Stop()
		for range 7 {
			<-t.C
		}
	},
	"sleep":      func() { time.Sleep(1500 * time.Millisecond) },
	"after func": func() { global.Lock(); time.AfterFunc(500*time.Millisecond, global.Unlock); global.Lock() },
	"busy": func() {
		go func() {
			for begin := time.Now(); time.Since(begin) < 700*time.Millisecond; {
			}
			channel <- 1
		}()
		<-channel
	},
	"input": func() { fmt.Scanln() },
}

func main() {
	kernelext.Lanes(ways[os.Args[1]], os.Args[1])
	fmt.Println("went on")
}

func twoLocks() {
	var wg sync.WaitGroup
	wg.Go(func() { global.Lock(); time.Sleep(20 * time.Millisecond); other.Lock() })
	wg.Go(func() { other.Lock(); time.Sleep(20 * time.Millisecond); global.Lock() })
	wg.Wait()
}
