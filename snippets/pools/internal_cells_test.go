package pools

// The cells of chapter 13 that use declarations the learner has in front of
// them, in an earlier cell, and may change: no package name before them.

import (
	"context"
	"errors"
	"fmt"
	"log"
	"runtime"
	"time"

	"lanebook/kernelext"
)

func Example_future() {
	ctx := context.Background()
	kettle := Async(func() (string, error) {
		time.Sleep(30 * time.Millisecond)
		return "tea", nil
	})
	toaster := Async(func() (string, error) {
		time.Sleep(20 * time.Millisecond)
		return "toast", nil
	})
	stove := Async(func() (string, error) {
		time.Sleep(10 * time.Millisecond)
		return "", errors.New("out of eggs")
	})

	for _, order := range []*Future[string]{kettle, toaster, stove} {
		dish, err := order.Wait(ctx)
		fmt.Printf("%q %v\n", dish, err)
	}
	// Output:
	// "tea" <nil>
	// "toast" <nil>
	// "" out of eggs
}

func Example_futureLanes() {
	kernelext.Lanes(func() {
		work := func(name string, d time.Duration) *Future[string] {
			return Async(func() (string, error) {
				kernelext.Name(name)
				time.Sleep(d)
				return name, nil
			})
		}
		kettle := work("kettle", 30*time.Millisecond)
		toaster := work("toaster", 20*time.Millisecond)
		for _, f := range []*Future[string]{toaster, kettle} {
			dish, _ := f.Wait(context.Background())
			kernelext.Mark(dish)
		}
	})
}

func Example_checkall() {
	const workers = 4
	results, err := CheckAll(context.Background(), Primes(), workers)
	if err != nil {
		log.Fatal(err)
	}
	for _, r := range results[:13] {
		fmt.Println(r.N, r.Prime)
	}
	// Output:
	// 1116281 true
	// 1297337 true
	// 104395303 true
	// 472882027 true
	// 533000389 true
	// 817504243 true
	// 982451653 true
	// 112272535095293 true
	// 112582705942171 true
	// 112272535095293 true
	// 115280095190773 true
	// 115797848077099 true
	// 1099726899285419 false
}

func Example_primesTime() {
	kernelext.Time("65 numbers, 4 workers", func() {
		if _, err := CheckAll(context.Background(), Primes(), 4); err != nil {
			log.Fatal(err)
		}
	})
}

func Example_primesLanes() {
	kernelext.Lanes(func() {
		if _, err := CheckAll(context.Background(), Primes()[:26], 4); err != nil {
			log.Fatal(err)
		}
	})
}

func Example_speedup() {
	numbers := Primes()[:13]
	kernelext.Sweep("workers", []int{1, 2, 4, 8}, func(workers int) {
		if _, err := CheckAll(context.Background(), numbers, workers); err != nil {
			log.Fatal(err)
		}
	}, kernelext.Budget(1500*time.Millisecond))
	fmt.Println("cores this program may use:", runtime.GOMAXPROCS(0))
}

func Example_pipeline() {
	ctx := context.Background()
	square := func(n int) int { return n * n }

	sum := 0
	for sq := range Stage(ctx, Generate(ctx, 1, 2, 3, 4, 5), square) {
		sum += sq
	}
	fmt.Println("sum of squares:", sum)
	// Output: sum of squares: 55
}

func Example_queues() {
	kernelext.Deep(func() {
		numbers, squares := make(chan int, 4), make(chan int, 4)
		go func() {
			defer close(numbers)
			kernelext.Name("generate")
			for n := range 10 {
				time.Sleep(time.Millisecond)
				numbers <- n + 1
			}
		}()
		go func() {
			defer close(squares)
			kernelext.Name("square")
			for n := range numbers {
				time.Sleep(4 * time.Millisecond) // the slow one
				squares <- n * n
			}
		}()
		sum := 0
		for sq := range squares {
			sum += sq
		}
		fmt.Println("sum of squares:", sum)
	})
}

func Example_fan() {
	ctx := context.Background()
	slowSquare := func(n int) int {
		kernelext.Task(fmt.Sprintf("%d²", n), func() { time.Sleep(5 * time.Millisecond) })
		return n * n
	}
	kernelext.Lanes(func() {
		numbers := Generate(ctx, 1, 2, 3, 4, 5, 6, 7, 8)
		sum := 0
		for sq := range Merge(ctx, FanOut(ctx, numbers, 3, slowSquare)...) {
			sum += sq
		}
		fmt.Println("sum of squares:", sum)
	})
}
