package goroutines_test

// The cells of chapter 10 that draw, time or differ from run to run. They are
// compiled here and run with the chapter.

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"runtime"
	"runtime/pprof"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"lanebook/kernelext"
	"lanebook/kernelext/figure"
	"lanebook/snippets/goroutines"
)

func Example_compare() {
	const pause = 5 * time.Millisecond
	kernelext.Compare(
		kernelext.Case("first sing, then dance", func() {
			goroutines.SingDance(io.Discard, pause)
		}),
		kernelext.Case("both at once", func() {
			goroutines.SingDanceConcurrent(io.Discard, pause)
		}),
		kernelext.Budget(800*time.Millisecond),
	)
}

func Example_two() {
	took := goroutines.TwoWorkers(os.Stdout, 10*time.Millisecond)
	fmt.Println("both together took", took.Round(time.Millisecond))
}

func Example_responsive() {
	kernelext.Lanes(func() {
		var wg sync.WaitGroup
		wg.Go(func() {
			kernelext.Name("download")
			time.Sleep(25 * time.Millisecond)
			kernelext.Mark("there")
		})
		wg.Go(func() {
			kernelext.Name("screen")
			for frame := range 5 {
				time.Sleep(5 * time.Millisecond)
				kernelext.Mark(fmt.Sprintf("frame %d", frame+1))
			}
		})
		wg.Wait()
	})
}

func Example_cores() {
	fmt.Println("cores:", runtime.NumCPU(), "used by this program:", runtime.GOMAXPROCS(0))
	for _, procs := range []int{1, 2} {
		runtime.GOMAXPROCS(procs)
		kernelext.Lanes(func() {
			var wg sync.WaitGroup
			for n := range 4 {
				wg.Go(func() {
					kernelext.Name(fmt.Sprintf("work %d", n+1))
					_ = goroutines.Spin(5_000_000)
				})
			}
			wg.Wait()
		}, fmt.Sprintf("GOMAXPROCS = %d", procs))
	}
}

func Example_waiting() {
	runtime.GOMAXPROCS(1)
	begin := time.Now()
	var wg sync.WaitGroup
	for range 1000 {
		wg.Go(func() { time.Sleep(20 * time.Millisecond) })
	}
	wg.Wait()
	fmt.Println("1000 sleeps of 20 ms, one core:", time.Since(begin).Round(time.Millisecond))
}

func Example_threads() {
	runtime.GOMAXPROCS(2) // a small machine makes a small picture
	gate := goroutines.NewGate()
	var over atomic.Bool
	var wg sync.WaitGroup
	for range 10_000 {
		wg.Go(gate.Wait)
	}
	for goroutines.Look().Waiting < 10_000 { // until all are there
		time.Sleep(time.Millisecond)
	}
	for range 4 {
		wg.Go(func() {
			for !over.Load() {
				_ = goroutines.Spin(1000)
			}
		})
	}
	time.Sleep(10 * time.Millisecond)
	now := goroutines.Look()
	over.Store(true)
	gate.Open()
	wg.Wait()

	process := figure.NewTree("one process, seen from inside", fmt.Sprint("process ", os.Getpid()))
	threads := process.Add(fmt.Sprint(now.Threads, " OS threads"))
	for n := range now.Procs {
		permission := threads.Add(fmt.Sprint("permission ", n+1), "to run Go code")
		if n < now.Running {
			permission.Add("goroutine", "running")
		}
	}
	threads.Add(fmt.Sprint(now.Threads-now.Procs, " more threads"), "idle, or in a system call")
	process.Add(fmt.Sprint(now.Ready, " goroutines"), "ready: they wait for a permission")
	process.Add(fmt.Sprint(now.Waiting, " goroutines"), "waiting: for the gate, the clock, …")
	process.Draw()
}

func Example_named() {
	goroutines.Named(os.Stdout, 3, 2, time.Millisecond)
}

func Example_alive() {
	gate := goroutines.NewGate()
	var wg sync.WaitGroup
	fmt.Println("before:", runtime.NumGoroutine())
	for range 5 {
		wg.Go(gate.Wait)
	}
	fmt.Println("five more:", runtime.NumGoroutine())
	gate.Open()
	wg.Wait() // instead of asking again and again until only one is left
	fmt.Println("after Wait:", runtime.NumGoroutine())
}

func Example_labels() {
	gate := goroutines.NewGate()
	var wg sync.WaitGroup
	for _, name := range []string{"tea", "toast"} {
		wg.Go(func() {
			labels := pprof.Labels("dish", name)
			pprof.Do(context.Background(), labels, func(context.Context) { gate.Wait() })
		})
	}
	time.Sleep(5 * time.Millisecond)

	var dump strings.Builder
	pprof.Lookup("goroutine").WriteTo(&dump, 1)
	for line := range strings.Lines(dump.String()) {
		if strings.Contains(line, "labels") {
			fmt.Print(line)
		}
	}
	gate.Open()
	wg.Wait()
}

func Example_orders() {
	kernelext.Tally(200, func() string { return goroutines.FinishOrder("A", "B", "C") })
}

func Example_many() {
	var rows []goroutines.Stats
	for _, n := range []int{1000, 10_000, 100_000} {
		rows = append(rows, goroutines.Many(n))
	}
	kernelext.Table(rows)
}

func Example_chatLanes() {
	a, errA := net.ListenPacket("udp", "127.0.0.1:0")
	b, errB := net.ListenPacket("udp", "127.0.0.1:0")
	if errA != nil || errB != nil {
		fmt.Println(errA, errB)
		return
	}
	defer a.Close()
	defer b.Close()
	kernelext.Lanes(func() {
		ctx, hangUp := context.WithCancel(context.Background())
		say := make(chan string)
		var wg sync.WaitGroup
		wg.Go(func() {
			kernelext.Name("a")
			goroutines.Chat(ctx, a, b.LocalAddr(), say, func(string) {})
		})
		wg.Go(func() {
			kernelext.Name("b")
			goroutines.Chat(ctx, b, a.LocalAddr(), nil, func(text string) {
				kernelext.Mark("b hears " + text)
			})
		})
		for _, text := range []string{"nihao", "bye"} {
			time.Sleep(5 * time.Millisecond) // typing
			say <- text
		}
		time.Sleep(5 * time.Millisecond)
		hangUp()
		wg.Wait()
	})
}
