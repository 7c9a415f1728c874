// Command record makes the recordings that the tests of gotrace read. Run it
// from the root of the clone, for one recording or for all:
//
//	go run -trimpath -tags lanebook ./internal/gotrace/testdata/record internal/gotrace/testdata pool
//	go run -trimpath -tags lanebook ./internal/gotrace/testdata/record internal/gotrace/testdata
//
// Every recording comes from a process of its own. The functions pretend to be
// cells of a notebook, so that their lines are "cell[3]:5" and the like.
package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"lanebook/kernelext"
)

var cells = map[string]func(){
	"pool": pool, "lock": lock, "deadlock": deadlock, "group": group, "leak": leak,
	"panic": panics, "exit": exit, "cond": cond, "alone": alone, "pull": pull, "timer": timer, "flags": flags, "tasks": tasks,
	"semaphore": semaphores, "barrier": barriers, "select": selects, "signal": signals,
	"deep": deep, "embrace": embrace, // these two: go run -overlay, see internal/deep
}

func main() {
	if len(os.Args) == 4 {
		cells[os.Args[3]]()
		return
	}
	for name := range cells {
		if len(os.Args) == 2 || os.Args[2] == name {
			if err := record(os.Args[1], name); err != nil {
				fmt.Fprintln(os.Stderr, "record", name+":", err)
				os.Exit(1)
			}
		}
	}
}

func record(dir, name string) error {
	spool, err := os.MkdirTemp("", "record")
	if err != nil {
		return err
	}
	defer os.RemoveAll(spool)
	cmd := exec.Command(os.Args[0], "inside", "one", name)
	// Not for every recording: the tracer's parts make a file large.
	period := "traceadvanceperiod=1000000000"
	if name == "exit" {
		period = "traceadvanceperiod=10000000"
	}
	cmd.Env = append(os.Environ(), "LANEBOOK_SPOOL="+spool, "GODEBUG="+period)
	_ = cmd.Run() // several of them are meant to fail
	data, err := os.ReadFile(filepath.Join(spool, "lanes-1.trace"))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, name+".trace"), data, 0o644)
}

//line cell[1]:1
func worker(id int, jobs <-chan int, results chan<- int) {
	kernelext.Name(fmt.Sprintf("worker %d", id))
	for j := range jobs {
		time.Sleep(time.Duration(5+j) * time.Millisecond)
		results <- j * 2
	}
}

func pool() {
	kernelext.Lanes(func() {
		jobs, results := make(chan int), make(chan int, 10)
		var wg sync.WaitGroup
		for id := 1; id <= 3; id++ {
			wg.Go(func() { worker(id, jobs, results) })
		}
		for j := range 10 {
			jobs <- j
		}
		kernelext.Mark("all handed out")
		close(jobs)
		wg.Wait()
	}, `Ten <tasks>, three "workers" & 墙`)
}

//line cell[2]:1
func lock() {
	var mu sync.RWMutex
	kernelext.Lanes(func() {
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() {
				mu.Lock()
				defer mu.Unlock()
				burn(4)
			})
		}
		wg.Go(func() {
			kernelext.Name("reader")
			time.Sleep(time.Millisecond)
			mu.RLock()
			burn(1)
			mu.RUnlock()
		})
		wg.Wait()
	}, "One lock")
}

//line cell[3]:1
var account, journal sync.Mutex

func deadlock() {
	kernelext.Lanes(func() {
		var wg sync.WaitGroup
		wg.Go(func() {
			kernelext.Name("transfer")
			account.Lock()
			time.Sleep(10 * time.Millisecond)
			journal.Lock()
		})
		wg.Go(func() {
			kernelext.Name("audit")
			journal.Lock()
			time.Sleep(10 * time.Millisecond)
			account.Lock()
		})
		wg.Wait()
	}, "Two locks in two orders")
}

//line cell[4]:1
func group() {
	kernelext.Lanes(func() {
		g, ctx := errgroup.WithContext(context.Background())
		for i := range 3 {
			g.Go(func() error {
				kernelext.Name(fmt.Sprintf("fetch %d", i))
				select {
				case <-time.After(time.Duration(5+i*15) * time.Millisecond):
				case <-ctx.Done():
					kernelext.Mark("cancelled")
					return ctx.Err()
				}
				if i == 1 {
					return errors.New("no such page")
				}
				return nil
			})
		}
		_ = g.Wait()
	}, "The first error stops the others")
}

//line cell[5]:1
func answer(ch chan<- int, i int) {
	time.Sleep(time.Duration(i+1) * 4 * time.Millisecond)
	ch <- i
}

func leak() {
	kernelext.Lanes(func() {
		ch := make(chan int)
		for i := range 3 {
			go answer(ch, i)
		}
		<-ch
		time.Sleep(12 * time.Millisecond)
	}, "Only the first answer is wanted")
}

//line cell[6]:1
func panics() {
	kernelext.Lanes(func() {
		go func() { time.Sleep(time.Second) }()
		time.Sleep(3 * time.Millisecond)
		panic("boom")
	})
}

//line cell[7]:1
func exit() {
	kernelext.Lanes(func() {
		ch := make(chan int)
		go func() {
			time.Sleep(60 * time.Millisecond)
			os.Exit(3)
		}()
		<-ch
	})
}

//line cell[8]:1
func cond() {
	kernelext.Lanes(func() {
		var mu sync.Mutex
		ready := false
		c := sync.NewCond(&mu)
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() {
				mu.Lock()
				for !ready {
					c.Wait()
				}
				mu.Unlock()
			})
		}
		time.Sleep(5 * time.Millisecond)
		mu.Lock()
		ready = true
		mu.Unlock()
		c.Broadcast()
		wg.Wait()
	}, "A starting gun")
}

//line cell[11]:1
func pull() {
	kernelext.Lanes(func() {
		next, stop := iter.Pull(func(yield func(int) bool) {
			kernelext.Name("source")
			for i := 0; ; i++ {
				burn(2)
				if !yield(i) {
					return
				}
			}
		})
		for range 3 {
			next()
			burn(2)
		}
		stop()
	})
}

//line cell[12]:1
func timer() {
	kernelext.Lanes(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Millisecond)
		defer cancel()
		var wg sync.WaitGroup
		for range 2 {
			wg.Go(func() { <-ctx.Done() })
		}
		time.AfterFunc(3*time.Millisecond, func() { kernelext.Mark("ring") })
		wg.Wait()
	})
}

//line cell[13]:1
func flags() {
	kernelext.Lanes(func() {
		var g errgroup.Group
		g.SetLimit(3)
		for task := range 6 {
			g.Go(func() error {
				time.Sleep(10 * time.Millisecond)
				return nil
			})
			kernelext.Mark(fmt.Sprintf("task %d accepted", task+1))
		}
		_ = g.Wait()
	})
}

//line cell[14]:1
func tasks() {
	kernelext.Lanes(func() {
		jobs := make(chan string, 2)
		var wg sync.WaitGroup
		for w := range 3 {
			wg.Go(func() {
				kernelext.Name(fmt.Sprintf("cook %d", w+1))
				for dish := range jobs {
					kernelext.Task(dish, func() {
						time.Sleep(time.Duration(len(dish)) * time.Millisecond)
						kernelext.Task("taste", func() { burn(1) })
					})
				}
			})
		}
		for _, dish := range []string{"rice", "<soup> & \"dumplings\"", "tea", "红烧茄子 🍆", "noodles", "tofu", "cake", "tea again"} {
			jobs <- dish
		}
		close(jobs)
		wg.Wait()
	})
}

//line cell[15]:1
func semaphores() {
	kernelext.Lanes(func() {
		sem := make(chan struct{}, 2)
		places := semaphore.NewWeighted(1)
		var wg sync.WaitGroup
		for i := range 5 {
			wg.Go(func() {
				kernelext.Name(fmt.Sprintf("visitor %d", i+1))
				sem <- struct{}{}
				time.Sleep(3 * time.Millisecond)
				<-sem
				if places.Acquire(context.Background(), 1) == nil {
					time.Sleep(2 * time.Millisecond)
					places.Release(1)
				}
			})
		}
		wg.Wait()
	})
}

//line cell[16]:1
type barrier struct {
	sync.Mutex
	*sync.Cond
	here, round int
}

func (b *barrier) wait(all int) {
	b.Lock()
	defer b.Unlock()
	round := b.round
	if b.here++; b.here == all {
		b.here = 0
		b.round++
		b.Broadcast()
	}
	for round == b.round {
		b.Cond.Wait()
	}
}

func barriers() {
	kernelext.Lanes(func() {
		b := &barrier{}
		b.Cond = sync.NewCond(&b.Mutex)
		var wg sync.WaitGroup
		for i := range 3 {
			wg.Go(func() {
				kernelext.Name(fmt.Sprintf("walker %d", i+1))
				for range 3 {
					time.Sleep(time.Duration(1+3*i) * time.Millisecond)
					b.wait(3)
				}
			})
		}
		wg.Wait()
	})
}

//line cell[17]:1
func selects() {
	kernelext.Lanes(func() {
		fast, slow := make(chan int), make(chan int)
		send := func(to chan int, name string, n int, pause time.Duration) {
			kernelext.Name(name)
			for i := range n {
				time.Sleep(pause)
				to <- i
			}
		}
		go send(fast, "fast", 4, 3*time.Millisecond)
		go send(slow, "slow", 2, 7*time.Millisecond)
		for range 6 {
			select {
			case <-fast:
			case <-slow:
			}
		}
	})
}

//line cell[18]:1
func signals() {
	kernelext.Lanes(func() {
		var mu sync.Mutex
		bread := sync.NewCond(&mu)
		loaves := 0
		var wg sync.WaitGroup
		for i := range 2 {
			wg.Go(func() {
				kernelext.Name(fmt.Sprintf("eater %d", i+1))
				for range 2 {
					mu.Lock()
					for loaves == 0 {
						bread.Wait()
					}
					loaves--
					mu.Unlock()
				}
			})
		}
		for range 4 {
			time.Sleep(2 * time.Millisecond)
			mu.Lock()
			loaves++
			mu.Unlock()
			bread.Signal()
		}
		wg.Wait()
	})
}

//line cell[9]:1
func alone() { kernelext.Lanes(func() { burn(2) }) }

//line cell[21]:1
func deep() {
	jobs, results := make(chan int, 3), make(chan int)
	var mu sync.RWMutex
	total := 0
	kernelext.Deep(func() {
		var wg sync.WaitGroup
		for w := range 2 {
			wg.Go(func() {
				kernelext.Name(fmt.Sprintf("worker %d", w+1))
				for j := range jobs {
					time.Sleep(3 * time.Millisecond)
					mu.Lock()
					total += j
					time.Sleep(time.Millisecond)
					mu.Unlock()
				}
			})
		}
		for j := range 8 {
			select {
			case jobs <- j:
			case <-results:
			}
		}
		close(jobs)
		wg.Wait()
		mu.RLock()
		fmt.Println(total)
		mu.RUnlock()
	})
}

//line cell[22]:1
type purse struct {
	mu      sync.Mutex
	balance int
}

func transfer(from, to *purse, n int) {
	from.mu.Lock()
	defer from.mu.Unlock()
	time.Sleep(2 * time.Millisecond)
	to.mu.Lock()
	defer to.mu.Unlock()
	from.balance -= n
	to.balance += n
}

func embrace() {
	kernelext.Deep(func() {
		var ann, bob purse
		var wg sync.WaitGroup
		wg.Go(func() { kernelext.Name("ann pays"); transfer(&ann, &bob, 10) })
		wg.Go(func() { kernelext.Name("bob pays"); transfer(&bob, &ann, 5) })
		wg.Wait()
	})
}

//line cell[10]:1
func burn(ms int) int {
	n := 0
	for range ms * 400_000 {
		n += n*7 + 1
	}
	return n & 1
}
