// Busy uses channels and locks in every way there is, with many goroutines,
// and checks what comes out. With an argument it writes a runtime trace, with
// one more the runtime does not report what is done to channels and locks.
package main

import (
	"context"
	"fmt"
	"os"
	"runtime/trace"
	"sync"
	"sync/atomic"
	"time"
	_ "unsafe" // for go:linkname
)

//go:linkname reports runtime.lanebookReports
func reports(on bool)

func main() {
	reports(len(os.Args) < 3)
	if len(os.Args) > 1 && os.Args[1] != "" {
		f, err := os.Create(os.Args[1])
		if err != nil {
			panic(err)
		}
		defer f.Close()
		if err := trace.Start(f); err != nil {
			panic(err)
		}
		defer trace.Stop()
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	const senders, each = 20, 500
	plain, buffered := make(chan int), make(chan int, 7)
	var mu sync.Mutex
	var rw sync.RWMutex
	var sum, tries atomic.Int64
	count, reads := 0, map[int]int{}
	var sending, receiving sync.WaitGroup
	for range senders {
		sending.Go(func() {
			for i := range each {
				select {
				case plain <- i:
				case buffered <- i:
				case <-ctx.Done():
				}
				if mu.TryLock() {
					tries.Add(1)
					mu.Unlock()
				}
			}
		})
	}
	for range 4 {
		receiving.Go(func() {
			from := plain
			for range 2 * senders * each {
				select {
				case v, ok := <-from:
					if !ok {
						from = nil
						continue
					}
					take(&mu, &rw, &count, reads, v)
					sum.Add(int64(v))
				case v, ok := <-buffered:
					if !ok {
						return
					}
					take(&mu, &rw, &count, reads, v)
					sum.Add(int64(v))
				}
			}
		})
	}
	sending.Wait()
	close(plain)
	close(buffered)
	receiving.Wait()
	select {
	case <-time.After(time.Millisecond):
	}
	if rw.TryRLock() {
		rw.RUnlock()
	}
	if want := int64(senders * each * (each - 1) / 2); sum.Load() != want || count != senders*each {
		fmt.Println("wrong:", sum.Load(), want, count)
		return
	}
	fmt.Println("all as it should be")
}

func take(mu *sync.Mutex, rw *sync.RWMutex, count *int, reads map[int]int, v int) {
	mu.Lock()
	*count++
	mu.Unlock()
	rw.RLock()
	known := reads[v]
	rw.RUnlock()
	if known == 0 {
		rw.Lock()
		reads[v]++
		rw.Unlock()
	}
}
