package pools_test

// The cells of chapter 13 that draw or time something. What they show differs
// from run to run, so these examples have no fixed output: they are compiled
// here and run with the chapter.

import (
	"context"
	"fmt"
	"log"
	"sync"
	"time"

	"lanebook/kernelext"
	"lanebook/snippets/pools"

	"golang.org/x/sync/errgroup"
)

func Example_gantt() {
	const workers = 3
	tasks := pools.Naps(10 * time.Millisecond)

	kernelext.Lanes(func() {
		jobs := make(chan int)
		var wg sync.WaitGroup
		for w := range workers {
			wg.Go(func() {
				kernelext.Name(fmt.Sprintf("worker %d", w+1))
				for i := range jobs {
					kernelext.Task(fmt.Sprintf("task %d", i+1), tasks[i])
				}
			})
		}
		for i := range tasks {
			jobs <- i // waits until a worker is free
		}
		close(jobs) // no more jobs: the workers' loops end
		wg.Wait()
	})
}

func Example_log() {
	spans := pools.Workers(3, pools.Naps(10*time.Millisecond))
	kernelext.Table(spans)
}

func Example_blocking() {
	kernelext.Lanes(func() {
		var g errgroup.Group
		g.SetLimit(2)
		for task := range 5 {
			g.Go(func() error { // waits while two tasks are running
				kernelext.Name(fmt.Sprintf("task %d", task+1))
				time.Sleep(10 * time.Millisecond)
				return nil
			})
			kernelext.Mark(fmt.Sprintf("task %d accepted", task+1))
		}
		g.Wait()
	})
}

func Example_thumbnailsTime() {
	src, dst, remove, err := pools.Scratch()
	if err != nil {
		log.Fatal(err)
	}
	defer remove()
	if err := pools.Pictures(src, 8, 480, 320); err != nil {
		log.Fatal(err)
	}
	for _, workers := range []int{1, 4} {
		name := fmt.Sprintf("thumbnails, workers: %d", workers)
		kernelext.Time(name, func() {
			sizes := []int{64, 128, 240}
			if _, err := pools.Thumbnails(context.Background(), src, dst, sizes, workers); err != nil {
				log.Fatal(err)
			}
		})
	}
	picture, err := dst.ReadFile("03_240.png")
	if err != nil {
		log.Fatal(err)
	}
	kernelext.PNG(picture)
}

func Example_copy() {
	src, dst, remove, err := pools.Scratch()
	if err != nil {
		log.Fatal(err)
	}
	defer remove()

	const files = 200
	if err := pools.Files(src, files, 64<<10); err != nil {
		log.Fatal(err)
	}
	bar := kernelext.Progress(files)
	err = pools.CopyDir(context.Background(), src, dst, 4, func(done, total int) {
		bar.Add(1)
	})
	fmt.Println("copied, error:", err)
}

func Example_copyTime() {
	src, dst, remove, err := pools.Scratch()
	if err != nil {
		log.Fatal(err)
	}
	defer remove()
	if err := pools.Files(src, 60, 64<<10); err != nil {
		log.Fatal(err)
	}
	kernelext.Sweep("workers", []int{1, 4, 16}, func(workers int) {
		err := pools.CopyDir(context.Background(), src, dst, workers, func(int, int) {})
		if err != nil {
			log.Fatal(err)
		}
	}, kernelext.Budget(800*time.Millisecond))
}

func Example_ratelimit() {
	kernelext.Lanes(func() {
		ctx := context.Background()
		requests := pools.Generate(ctx, "a", "b", "c", "d", "e", "f")
		for r := range pools.RateLimit(ctx, requests, 10*time.Millisecond) {
			kernelext.Mark(r)
		}
	})
}
