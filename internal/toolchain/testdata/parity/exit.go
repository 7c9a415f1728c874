package main

import "os"

func main() {
	os.Stderr.WriteString("bye\n")
	os.Exit(7)
}
