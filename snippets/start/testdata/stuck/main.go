// Command stuck waits for somebody who never comes.
package main

import "fmt"

func main() {
	table := make(chan string)
	table <- "tea" // waits until somebody takes it
	fmt.Println(<-table)
}
