// Command stuck stands still in many ways, while a recording runs. The tests
// of kernelext run it; see stuck_test.go.
package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"sync"
	"syscall"
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
	"child": func() { must(exec.Command("sleep", "0.7").Run()) },
	"pipe": func() {
		cmd := exec.Command("sh", "-c", "sleep 0.7; echo here")
		out, err := cmd.StdoutPipe()
		must(err)
		must(cmd.Start())
		_, err = io.ReadAll(out)
		must(err)
		must(cmd.Wait())
	},
	"signal": func() {
		c := make(chan os.Signal, 1)
		signal.Notify(c, syscall.SIGUSR1)
		must(exec.Command("sh", "-c", "sleep 0.7; kill -USR1 $PPID").Start()) // nobody waits for it
		<-c
	},
	"network": func() {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			panic(err)
		}
		go func() {
			time.Sleep(700 * time.Millisecond)
			if c, err := net.Dial("tcp", l.Addr().String()); err == nil {
				c.Close()
			}
		}()
		if c, err := l.Accept(); err == nil {
			c.Close()
		}
	},

	// Some of them for ever.
	"main sleeps": func() { go twoLocal(); time.Sleep(20 * time.Second) },
	"main serves": func() {
		go twoLocal()
		if l, err := net.Listen("tcp", "127.0.0.1:0"); err == nil {
			_, _ = l.Accept()
		}
	},
	"others work": func() {
		done := make(chan int)
		go func() {
			for {
				time.Sleep(10 * time.Millisecond)
			}
		}()
		<-done
	},
	"asked meanwhile": func() { go twoLocal(); fmt.Scanln() },

	// Perhaps for ever.
	"interrupted": func() {
		go func() { channel <- 1 }()
		time.Sleep(4 * time.Second)
		os.Exit(3)
	},

	// Left behind.
	"leak": func() {
		answers := make(chan string)
		for _, name := range []string{"a", "b"} {
			go func() { answers <- "from " + name }()
		}
		<-answers
	},
	"late end": func() { go func() { time.Sleep(15 * time.Millisecond) }() },

	"panic": func() { panic("boom") },
	"panic elsewhere": func() {
		go func() { panic("boom") }()
		time.Sleep(5 * time.Second)
	},
	"exit": func() { os.Exit(3) },
	"watch in watch": func() {
		kernelext.Watch(func() { var mu sync.Mutex; mu.Lock(); mu.Lock() }, "inner")
	},
	"lanes in watch": func() {
		kernelext.Lanes(func() { var mu sync.Mutex; mu.Lock(); mu.Lock() }, "inner")
	},
	"nil": nil,
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	if len(os.Args) > 2 {
		kernelext.Watch(ways[os.Args[1]], os.Args[1])
	} else {
		kernelext.Lanes(ways[os.Args[1]], os.Args[1])
	}
	fmt.Println("went on")
}

// twoLocal waits for locks that nobody else knows.
func twoLocal() {
	var a, b sync.Mutex
	go func() { a.Lock(); time.Sleep(5 * time.Millisecond); b.Lock() }()
	b.Lock()
	time.Sleep(5 * time.Millisecond)
	a.Lock()
}

func twoLocks() {
	var wg sync.WaitGroup
	wg.Go(func() { global.Lock(); time.Sleep(20 * time.Millisecond); other.Lock() })
	wg.Go(func() { other.Lock(); time.Sleep(20 * time.Millisecond); global.Lock() })
	wg.Wait()
}
