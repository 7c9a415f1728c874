//go:build race

package check

import (
	"bytes"
	"os"
	"runtime"
	"time"
)

// stand waits until nobody is left who was not there before, or until those
// who are left wait for each other. A program with the race detector is a C
// program to Go, which then reports no deadlocks: so we look ourselves, and say
// it in the same words.
func stand(before int) {
	for still := 0; still < 20; still++ {
		time.Sleep(10 * time.Millisecond)
		if gone(before) {
			return
		}
		if !allWait() {
			still = 0
		}
	}
	dump := make([]byte, 1<<20)
	dump = dump[:runtime.Stack(dump, true)]
	_, _ = os.Stderr.WriteString("fatal error: all goroutines are asleep - deadlock!\n\n" + string(dump))
	os.Exit(2)
}

// allWait reports whether all goroutines but this one wait for a goroutine.
func allWait() bool {
	dump := make([]byte, 1<<20)
	dump = dump[:runtime.Stack(dump, true)]
	for i, section := range bytes.Split(dump, []byte("\n\n")) {
		_, state, _ := bytes.Cut(section, []byte("["))
		if i > 0 && !bytes.HasPrefix(state, []byte("chan ")) && !bytes.HasPrefix(state, []byte("select")) &&
			!bytes.HasPrefix(state, []byte("sync.")) && !bytes.HasPrefix(state, []byte("semacquire")) && !bytes.HasPrefix(state, []byte("coroutine")) {
			return false
		}
	}
	return true
}
