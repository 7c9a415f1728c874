package main

import "fmt"

func main() {
	var fs []func() int
	for i := range 3 {
		fs = append(fs, func() int { return i })
	}
	for _, f := range fs {
		fmt.Println(f())
	}
	for x := range func(yield func(int) bool) { _ = yield(1) && yield(2) } {
		fmt.Println(x)
	}
}
