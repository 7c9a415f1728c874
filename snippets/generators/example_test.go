package generators_test

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"log"
	"runtime"
	"slices"

	"lanebook/kernelext"
	"lanebook/snippets/generators"
	"lanebook/snippets/iterators"
)

func Example_lazy() {
	double := func(x int) int { return 2 * x }

	list := slices.Collect(iterators.Map(generators.Range(5), double)) // [x*2 for x in range(5)]
	fmt.Println("list:", list)

	gen := iterators.Map(generators.Range(5), double) // (x*2 for x in range(5))
	fmt.Printf("gen:  %T\n", gen)
	for x := range gen {
		fmt.Println(x)
	}
	// Output:
	// list: [0 2 4 6 8]
	// gen:  iter.Seq[int]
	// 0
	// 2
	// 4
	// 6
	// 8
}

func Example_next() {
	next, stop := iter.Pull(generators.Range(5))
	defer stop()
	for range 3 {
		v, _ := next()
		fmt.Println(v)
	}
	// Output:
	// 0
	// 1
	// 2
}

// What it prints is tested by TestSuspendedGenerators: here goroutines of other
// tests may come and go.
func Example_suspended() {
	before := runtime.NumGoroutine()
	var stops []func()
	for range 1000 {
		next, stop := iter.Pull(generators.Range(5))
		next() // now it stands at its first yield
		stops = append(stops, stop)
	}
	fmt.Println("standing still:", runtime.NumGoroutine()-before)
	for _, stop := range stops {
		stop()
	}
	fmt.Println("after stop:", runtime.NumGoroutine()-before)
}

func ExampleCreate() {
	numbers, result := generators.Create(10)
	for n := range numbers {
		fmt.Print(n, " ")
	}
	fmt.Println("→", *result)

	_, result = generators.Create(10)
	fmt.Printf("before the end: %q\n", *result)
	// Output:
	// 0 1 1 2 3 5 8 13 21 34 → ok...
	// before the end: ""
}

func ExampleFibErr() {
	count, largest := 0, 0
	for n, err := range generators.FibErr() {
		if err != nil {
			fmt.Println("it ended:", err)
			break
		}
		count, largest = count+1, n
	}
	fmt.Println(count, "numbers, the last one", largest)
	// Output:
	// it ended: the next number is too large
	// 93 numbers, the last one 7540113804746346429
}

func ExampleBetween() {
	fmt.Println(slices.Collect(generators.Between(3, 7)))
	// Output: [3 4 5 6 7]
}

func Example_big() {
	const records = 300_000
	sep := []byte("{|}")

	kernelext.Time("all at once", func() {
		all, err := io.ReadAll(generators.BigReader(records, "{|}"))
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(len(bytes.Split(all, sep)), "records of", len(all), "bytes")
	})
	kernelext.Time("record by record", func() {
		count, size := 0, 0
		for record, err := range generators.Records(generators.BigReader(records, "{|}"), sep) {
			if err != nil {
				log.Fatal(err)
			}
			count, size = count+1, size+len(record)+len(sep)
		}
		fmt.Println(count, "records of", size-len(sep), "bytes")
	})
}

func Example_memory() {
	const n = 1_000_000
	kernelext.Time("collect, then add", func() {
		sum := 0
		for _, v := range slices.Collect(generators.Range(n)) {
			sum += v
		}
	})
	kernelext.Time("add as they come", func() {
		sum := 0
		for v := range generators.Range(n) {
			sum += v
		}
	})
}

func Example_which() {
	const n = 100_000 // numbers to add up
	numbers := slices.Collect(generators.Range(n))
	send := func(capacity int) <-chan int {
		ch := make(chan int, capacity)
		go func() {
			defer close(ch)
			for v := range generators.Range(n) {
				ch <- v
			}
		}()
		return ch
	}

	sum := 0
	kernelext.Compare(
		kernelext.Case("channel", func() {
			for v := range send(0) {
				sum += v
			}
		}),
		kernelext.Case("buffered channel", func() {
			for v := range send(1024) {
				sum += v
			}
		}),
		kernelext.Case("iter.Pull", func() {
			next, stop := iter.Pull(generators.Range(n))
			defer stop()
			for v, ok := next(); ok; v, ok = next() {
				sum += v
			}
		}),
		kernelext.Case("sequence", func() {
			for v := range generators.Range(n) {
				sum += v
			}
		}),
		kernelext.Case("slice", func() {
			for _, v := range numbers {
				sum += v
			}
		}),
	)
}
