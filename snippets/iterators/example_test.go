package iterators_test

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"lanebook/snippets/iterators"
)

func Example_range() {
	fmt.Print("an integer:")
	for i := range 3 {
		fmt.Print(" ", i)
	}
	fmt.Print("\nthe characters of a string, and where they begin:")
	for i, r := range "Go语言" {
		fmt.Printf(" %d:%c", i, r)
	}
	fmt.Print("\na map, in any order, so we add up:")
	sum := 0
	for _, price := range map[string]int{"tea": 3, "bun": 2} {
		sum += price
	}
	fmt.Print(" ", sum)

	fmt.Print("\na channel, until it is closed:")
	mail := make(chan string, 2)
	mail <- "first"
	mail <- "second"
	close(mail)
	for letter := range mail {
		fmt.Print(" ", letter)
	}

	fmt.Print("\na function:")
	countdown := func(yield func(int) bool) { _ = yield(3) && yield(2) && yield(1) }
	for n := range countdown {
		fmt.Print(" ", n)
	}
	// Output:
	// an integer: 0 1 2
	// the characters of a string, and where they begin: 0:G 1:o 2:语 5:言
	// a map, in any order, so we add up: 5
	// a channel, until it is closed: first second
	// a function: 3 2 1
}

func ExampleCanRange() {
	var list iterators.MyList
	fmt.Println("can a loop range over it?")
	fmt.Println("  []int{}    ", iterators.CanRange([]int{}))
	fmt.Println("  10         ", iterators.CanRange(10))
	fmt.Println("  3.14       ", iterators.CanRange(3.14))
	fmt.Println("  list       ", iterators.CanRange(list))
	fmt.Println("  list.All() ", iterators.CanRange(list.All()))

	isSeq := func(v any) bool { _, ok := v.(iter.Seq[int]); return ok }
	fmt.Println("is it a sequence already?")
	fmt.Println("  []int{}                ", isSeq([]int{}))
	fmt.Println("  slices.Values([]int{}) ", isSeq(slices.Values([]int{})))
	// Output:
	// can a loop range over it?
	//   []int{}     true
	//   10          true
	//   3.14        false
	//   list        false
	//   list.All()  true
	// is it a sequence already?
	//   []int{}                 false
	//   slices.Values([]int{})  true
}

func Example_pull() {
	next, stop := iter.Pull(slices.Values([]int{11, 22, 33, 44, 55}))
	defer stop()
	for range 7 {
		v, ok := next()
		fmt.Println(v, ok)
	}
	// Output:
	// 11 true
	// 22 true
	// 33 true
	// 44 true
	// 55 true
	// 0 false
	// 0 false
}

func Example_once() {
	lines := iterators.Lines(strings.NewReader("one\ntwo\n"))
	for round := 1; round <= 2; round++ {
		n := 0
		for range lines {
			n++
		}
		fmt.Printf("round %d: %d lines\n", round, n)
	}
	// Output:
	// round 1: 2 lines
	// round 2: 0 lines
}

func Example_collect() {
	fmt.Println(slices.Collect(iterators.Fib(15)))

	six := [6]int(slices.Collect(iterators.Fib(6))) // an array: its length is part of its type
	fmt.Println(six, len(six))

	tuple := [5]int{1, 2, 3, 4, 5}
	fmt.Println(slices.Collect(slices.Values(tuple[:])))

	ages := map[string]int{"Wang": 52, "Li": 31, "Zhang": 40}
	fmt.Println(slices.Sorted(maps.Keys(ages)))
	// Output:
	// [1 1 2 3 5 8 13 21 34 55 89 144 233 377 610]
	// [1 1 2 3 5 8] 6
	// [1 2 3 4 5]
	// [Li Wang Zhang]
}

func Example_zip() {
	days := slices.Values([]string{"Mon", "Tue", "Wed"})
	for day, n := range iterators.Zip(days, iterators.Naturals()) {
		fmt.Println(day, n)
	}
	for week := range iterators.Chunk(iterators.Take(iterators.Naturals(), 10), 4) {
		fmt.Println(week)
	}
	// Output:
	// Mon 0
	// Tue 1
	// Wed 2
	// [0 1 2 3]
	// [4 5 6 7]
	// [8 9]
}

func Example_cleanup() {
	numbers := func(yield func(int) bool) {
		fmt.Println("open")
		defer fmt.Println("close")
		for i := range 5 {
			if !yield(i) {
				return
			}
		}
	}
	for n := range numbers {
		fmt.Println(n)
		if n == 1 {
			break
		}
	}
	fmt.Println("after the loop")
	// Output:
	// open
	// 0
	// 1
	// close
	// after the loop
}
