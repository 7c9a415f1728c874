package stub

// What the exercise cells run. The stubs are wrong, so nothing is compared.

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing/iotest"
	"time"

	"lanebook/snippets/generators"
)

func ExampleMedian() {
	m := generators.New(Median)
	defer m.Close()
	for _, v := range []float64{5, 1, 9, 2} {
		mid, _ := m.Send(v)
		fmt.Print(mid, " ") // wanted: 5 3 5 3.5
	}
	fmt.Println()
}

func ExampleChanGen() {
	before := runtime.NumGoroutine()
	ctx, cancel := context.WithCancel(context.Background())
	for n := range ChanGen(ctx, 1000) {
		time.Sleep(time.Millisecond) // meanwhile the sender comes to its next value
		if n == 3 {
			break
		}
	}
	cancel()
	time.Sleep(5 * time.Millisecond)                           // time to end
	fmt.Println("still there:", runtime.NumGoroutine()-before) // wanted: 0
}

func ExampleRecords() {
	file := iotest.OneByteReader(strings.NewReader("red{|}green{|}blue"))
	for record, err := range Records(file, []byte("{|}")) {
		fmt.Printf("%q %v\n", record, err) // wanted: "red", "green", "blue"
	}
}

func ExampleDropEmptyEnd() {
	file := strings.NewReader("red{|}{|}blue{|}")
	var got []string
	for record, err := range DropEmptyEnd(generators.Records(file, []byte("{|}"))) {
		if err != nil {
			break
		}
		got = append(got, string(record))
	}
	fmt.Printf("%q\n", got) // wanted: ["red" "" "blue"]
}

func ExampleTree_All() {
	var tree *Tree
	for _, v := range []int{5, 2, 8, 1, 3} {
		tree = tree.Insert(v)
	}
	fmt.Println(slices.Collect(tree.All())) // right already: [1 2 3 5 8]
	for v := range tree.All() {
		if v == 2 {
			fmt.Println("found", v) // wanted: found 2, and no panic
			break
		}
	}
}
