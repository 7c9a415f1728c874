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
	for i := range 3 { // an integer
		fmt.Println("number", i)
	}
	for at, char := range "Go语言" { // a string: its characters, and where they begin
		fmt.Printf("%c at %d\n", char, at)
	}

	sum := 0
	for _, price := range map[string]int{"tea": 3, "bun": 2} { // a map: in any order
		sum += price
	}
	fmt.Println("sum", sum)

	mail := make(chan string, 2)
	mail <- "first letter"
	mail <- "second letter"
	close(mail)
	for letter := range mail { // a channel: until it is closed and empty
		fmt.Println(letter)
	}

	countdown := func(yield func(int) bool) { _ = yield(3) && yield(2) && yield(1) }
	for n := range countdown { // a function!
		fmt.Println("down to", n)
	}
	// Output:
	// number 0
	// number 1
	// number 2
	// G at 0
	// o at 1
	// 语 at 2
	// 言 at 5
	// sum 5
	// first letter
	// second letter
	// down to 3
	// down to 2
	// down to 1
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
	for group := range iterators.Chunk(iterators.Take(iterators.Naturals(), 10), 4) {
		fmt.Println(group)
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
