package main

import (
	"fmt"
	"log"
	"runtime"
	"runtime/debug"
)

//line cell[8]:4:1
func main() {
	log.SetFlags(log.Lshortfile)
	log.Print("here")
	_, file, line, ok := runtime.Caller(0)
	fmt.Println(file, line, ok)
	pc := make([]uintptr, 4)
	for frames := runtime.CallersFrames(pc[:runtime.Callers(1, pc)]); ; {
		f, more := frames.Next()
		fmt.Println(f.Function, f.File, f.Line)
		if !more {
			break
		}
	}
	fmt.Printf("%s", debug.Stack()[:20])
}
