// Nowait is broken on purpose: main is over before its goroutine has said a
// word.
package main

import (
	"fmt"
	"time"
)

func main() {
	go func() {
		time.Sleep(time.Second)
		fmt.Println("hello from a goroutine")
	}()
	fmt.Println("main is done")
}
