package stub

// What the exercise cells run. The stubs are wrong, so nothing is compared.

import (
	"context"
	"fmt"
	"log"
	"strings"
	"time"

	"lanebook/kernelext"
	"lanebook/snippets/pools"
)

func ExampleMap() {
	words := []string{"ready", "steady", "go"}
	kernelext.Lanes(func() {
		loud, err := Map(context.Background(), words, 2, func(_ context.Context, w string) (string, error) {
			time.Sleep(time.Duration(8-len(w)) * time.Millisecond) // short words take longer
			return strings.ToUpper(w), nil
		})
		fmt.Println(loud, err) // wanted: [READY STEADY GO] <nil>
	})
}

func ExampleFirstComposite() {
	tested := 0
	n, found := FirstComposite(context.Background(), pools.Primes(), 1, func(n int) bool {
		tested++ // safe here: there is one worker
		return pools.IsPrime(n)
	})
	fmt.Println(n, found, "after", tested, "tests") // wanted: 1099726899285419 true after 13 tests
}

func ExampleIsPrime() {
	for n := -7; n < 20; n++ {
		if IsPrime(n) {
			fmt.Print(n, " ") // wanted: 2 3 5 7 11 13 17 19
		}
	}
	fmt.Println()
}

func ExampleCopyAll() {
	src, dst, remove, err := pools.Scratch()
	if err != nil {
		log.Fatal(err)
	}
	defer remove()
	for _, name := range []string{"a.txt", "b.txt", "c.txt"} {
		if err := src.WriteFile(name, []byte(name), 0o644); err != nil {
			log.Fatal(err)
		}
	}
	// A folder stands where b.txt should go, so that one file cannot be copied.
	if err := dst.MkdirAll("b.txt/in the way", 0o755); err != nil {
		log.Fatal(err)
	}

	copied, err := CopyAll(context.Background(), src, dst)
	fmt.Println("copied:", copied, "errors:", err) // wanted: 2 copied, one error about b.txt
}

func ExampleSquares() {
	fmt.Println(Squares(10, 3)) // wanted: the squares from 1 to 100, in any order, every time
}
