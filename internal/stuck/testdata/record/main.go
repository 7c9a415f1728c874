// Command record makes the reports that the tests of stuck read. Run it from
// the root of the clone, for one report or for all:
//
//	GOEXPERIMENT=goroutineleakprofile go run -trimpath -tags lanebook ./internal/stuck/testdata/record internal/stuck/testdata locks
//	GOEXPERIMENT=goroutineleakprofile go run -trimpath -tags lanebook ./internal/stuck/testdata/record internal/stuck/testdata
//
// Every report comes from a process of its own. The functions pretend to be
// cells of a notebook, so that their lines are "cell[3]:5" and the like.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"

	"lanebook/kernelext"
)

var cells = map[string]func(){
	"locks": locks, "pool": pool, "fastest": fastest, "twice": twice, "nobody": nobody, "philosophers": philosophers,
	"fine": fine, "group": group, "ranging": ranging, "cond": cond, "nilchan": nilchan, "panics": panics, "forgot": forgot, "reader": reader,
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
	cmd.Env = append(os.Environ(), "LANEBOOK_SPOOL="+spool)
	_ = cmd.Run() // most of them are meant to fail
	data, err := os.ReadFile(filepath.Join(spool, "watch-1.txt"))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, name+".report"), data, 0o644)
}

//line cell[1]:1
var account, journal sync.Mutex

func locks() {
	kernelext.Label(&account, "account lock")
	kernelext.Watch(func() {
		var wg sync.WaitGroup
		wg.Go(func() {
			kernelext.Name("transfer")
			account.Lock()
			defer account.Unlock()
			time.Sleep(10 * time.Millisecond)
			journal.Lock()
			defer journal.Unlock()
		})
		wg.Go(func() {
			kernelext.Name("audit")
			journal.Lock()
			time.Sleep(10 * time.Millisecond)
			account.Lock()
			account.Unlock()
			journal.Unlock()
		})
		wg.Wait()
	}, `Two <locks> in "two" orders & 墙`)
}

//line cell[2]:1
func pool() {
	kernelext.Watch(func() {
		jobs, results := make(chan int), make(chan int)
		for range 3 {
			go func() {
				for j := range jobs {
					results <- j * j
				}
			}()
		}
		for j := range 10 {
			jobs <- j
		}
		close(jobs)
		for range 10 {
			fmt.Println(<-results)
		}
	}, "A pool that nobody empties")
}

//line cell[3]:1
func ask(name string, answers chan<- string) {
	answers <- "hello from " + name
}

func fastest() {
	kernelext.Watch(func() {
		ch := make(chan string)
		for _, name := range []string{"a", "b", "c"} {
			go ask(name, ch)
		}
		fmt.Println(<-ch)
	}, "The fastest wins")
}

//line cell[4]:1
func twice() {
	kernelext.Watch(func() {
		var mu sync.Mutex
		deposit := func() {
			mu.Lock()
			defer mu.Unlock()
		}
		mu.Lock()
		deposit()
		mu.Unlock()
	})
}

//line cell[5]:1
func nobody() {
	kernelext.Watch(func() {
		done := make(chan bool)
		go func() {
			for {
				time.Sleep(50 * time.Millisecond)
			}
		}()
		<-done
	}, "Waiting for nobody")
}

//line cell[6]:1
func philosopher(name string, left, right *sync.Mutex, wg *sync.WaitGroup) {
	defer wg.Done()
	kernelext.Name(name)
	left.Lock()
	time.Sleep(5 * time.Millisecond)
	right.Lock()
	right.Unlock()
	left.Unlock()
}

func philosophers() {
	kernelext.Watch(func() {
		forks := make([]sync.Mutex, 3)
		var wg sync.WaitGroup
		for i, name := range []string{"Plato", "Kant", "Hume"} {
			wg.Add(1)
			go philosopher(name, &forks[i], &forks[(i+1)%3], &wg)
		}
		wg.Wait()
	}, "Dining philosophers")
}

//line cell[7]:1
func fine() {
	kernelext.Watch(func() {
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() { time.Sleep(time.Millisecond) })
		}
		wg.Wait()
	}, "All is well")
}

//line cell[8]:1
func group() {
	kernelext.Watch(func() {
		var wg sync.WaitGroup
		wg.Add(3)
		for i := range 2 {
			go func() {
				defer wg.Done()
				_ = i * i
			}()
		}
		wg.Wait()
	}, "One too many")
}

//line cell[9]:1
func ranging() {
	kernelext.Watch(func() {
		numbers := make(chan int)
		go func() {
			for i := range 3 {
				numbers <- i
			}
		}()
		for n := range numbers {
			fmt.Println(n)
		}
	}, "Who closes?")
}

//line cell[10]:1
func cond() {
	kernelext.Watch(func() {
		var mu sync.Mutex
		c := sync.NewCond(&mu)
		ready := false
		go func() {
			mu.Lock()
			ready = true
			mu.Unlock()
		}()
		mu.Lock()
		for !ready {
			c.Wait()
		}
		mu.Unlock()
	}, "A signal that never comes")
}

//line cell[11]:1
func nilchan() {
	kernelext.Watch(func() {
		var ch chan int
		ch <- 1
	})
}

//line cell[12]:1
func panics() {
	kernelext.Watch(func() {
		panic("boom")
	})
}

//line cell[13]:1
func take(mu *sync.Mutex, early bool) {
	mu.Lock()
	if early {
		return
	}
	mu.Unlock()
}

func forgot() {
	kernelext.Watch(func() {
		var mu sync.Mutex
		take(&mu, true)
		take(&mu, false)
	}, "A way out without Unlock")
}

//line cell[14]:1
func reader() {
	kernelext.Watch(func() {
		var mu sync.RWMutex
		mu.RLock()
		mu.Lock()
		mu.Unlock()
		mu.RUnlock()
	}, "From reading to writing")
}
