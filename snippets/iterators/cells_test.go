package iterators

// The cells of chapter 07 that use declarations the learner has in front of
// them, in an earlier cell, and may change: no package name before them.

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"testing/iotest"
	"time"

	"lanebook/kernelext"
	"lanebook/kernelext/figure"
)

func ExampleMyList_All() {
	var list MyList
	list.Add(1)
	list.Add(2)
	list.Add(3)
	for num := range list.All() {
		fmt.Println(num)
	}
	// Output:
	// 1
	// 2
	// 3
}

func ExampleFibIter() {
	numbers := NewFibIter(6)
	for v, ok := numbers.Next(); ok; v, ok = numbers.Next() {
		fmt.Print(v, " ")
	}
	fmt.Println()
	// Output: 1 1 2 3 5 8
}

func ExampleFib() {
	for v := range Fib(6) {
		fmt.Print(v, " ")
	}
	fmt.Println()
	// Output: 1 1 2 3 5 8
}

func ExampleFib0() {
	fmt.Print("from 0:")
	for v := range Fib0(5) {
		fmt.Print(" ", v)
	}
	fmt.Println()

	twentieth := 0
	for v := range Fib(20) {
		twentieth = v
	}
	fmt.Println("the 20th of Fib:", twentieth)
	// Output:
	// from 0: 0 1 1 2 3
	// the 20th of Fib: 6765
}

func Example_desugar() {
	fmt.Println("the loop:")
	for v := range Fib(10) {
		if v > 3 {
			break
		}
		fmt.Println(v)
	}

	fmt.Println("the same, by hand:")
	Fib(10)(func(v int) bool {
		if v > 3 {
			return false // break
		}
		fmt.Println(v)
		return true // the end of the body: go on
	})
	// Output:
	// the loop:
	// 1
	// 1
	// 2
	// 3
	// the same, by hand:
	// 1
	// 1
	// 2
	// 3
}

func Example_pushSteps() {
	steps := figure.NewSteps("for v := range Fib(3)", "loop", "Fib")
	for v := range figure.Push(steps, "Fib", "loop", Fib(3)) {
		steps.Do("loop", fmt.Sprint("print ", v))
	}
	steps.Draw()
}

func Example_push() {
	kernelext.Lanes(func() {
		for p := range Parcels(4) {
			kernelext.Mark(fmt.Sprintf("deliver %d", p))
			Work(2 * time.Millisecond)
		}
	})
}

func Example_ignored() {
	stubborn := func(yield func(int) bool) {
		yield(1)
		yield(2) // nobody looked at what the first yield returned
	}
	for v := range stubborn {
		fmt.Println(v)
		break
	}
}

func Example_pullSteps() {
	numbers := []int{11, 22, 33, 44, 55}
	steps := figure.NewSteps("iter.Pull", "main", "walk")
	walk := func(yield func(int) bool) {
		for _, n := range numbers {
			if !yield(n) {
				return
			}
		}
	}
	next, stop := figure.Pull(steps, "walk", "main", walk)
	defer stop()
	at := 0
	for v, ok := next(); ok; v, ok = next() {
		at++
		steps.Do("main", fmt.Sprint("print ", v), fmt.Sprint(numbers[at:]))
	}
	steps.Draw()
}

func Example_pullLanes() {
	kernelext.Lanes(func() {
		packer := func(yield func(int) bool) {
			kernelext.Name("packer")
			Parcels(4)(yield) // hand the loop body on to another sequence
		}
		next, stop := iter.Pull(packer)
		defer stop()
		for p, ok := next(); ok; p, ok = next() {
			kernelext.Mark(fmt.Sprintf("deliver %d", p))
			Work(2 * time.Millisecond)
		}
	})
}

func Example_names() {
	var list NameList
	for _, name := range []string{"张三", "李四", "王五"} {
		list.Add(name)
	}
	for round := 1; round <= 2; round++ {
		fmt.Printf("Next, round %d:", round)
		for name, ok := list.Next(); ok; name, ok = list.Next() {
			fmt.Print(" ", name)
		}
		fmt.Println()
	}
	for round := 1; round <= 2; round++ {
		fmt.Printf("All, round %d:", round)
		for name := range list.All() {
			fmt.Print(" ", name)
		}
		fmt.Println()
	}
	// Output:
	// Next, round 1: 张三 李四 王五
	// Next, round 2:
	// All, round 1: 张三 李四 王五
	// All, round 2: 张三 李四 王五
}

func Example_lazy() {
	square := func(n int) int { fmt.Print("[", n, "²] "); return n * n }
	even := func(n int) bool { return n%2 == 0 }

	squares := Filter(Map(Naturals(), square), even)
	fmt.Println("nothing is computed yet")
	for v := range squares {
		fmt.Println(v)
		if v > 30 {
			break
		}
	}
	// Output:
	// nothing is computed yet
	// [0²] 0
	// [1²] [2²] 4
	// [3²] [4²] 16
	// [5²] [6²] 36
}

func ExampleLines() {
	file := io.MultiReader(
		strings.NewReader("first\nsecond\n"),
		iotest.ErrReader(errors.New("cable pulled out")),
	)
	for line, err := range Lines(file) {
		if err != nil {
			fmt.Println("error:", err)
			break
		}
		fmt.Println("line:", line)
	}
	// Output:
	// line: first
	// line: second
	// error: cable pulled out
}

func Example_cost() {
	const n = 100_000 // steps
	numbers := make([]int, n)
	count := func(yield func(int) bool) {
		for i := 0; i < n && yield(i); i++ {
		}
	}

	sum := 0
	kernelext.Compare(
		kernelext.Case("channel", func() {
			ch := make(chan int)
			go func() {
				defer close(ch)
				for v := range count {
					ch <- v
				}
			}()
			for v := range ch {
				sum += v
			}
		}),
		kernelext.Case("iter.Pull", func() {
			next, stop := iter.Pull(count)
			defer stop()
			for v, ok := next(); ok; v, ok = next() {
				sum += v
			}
		}),
		kernelext.Case("function", func() {
			for v := range count {
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
