package main

import (
	"fmt"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

func main() {
	info, _ := debug.ReadBuildInfo()
	for _, s := range info.Settings {
		fmt.Println(s.Key, s.Value)
	}
	t := time.NewTimer(time.Hour) // asynctimerchan
	fmt.Println(cap(t.C))
	n := 0
	for _, d := range metrics.All() {
		if len(d.Name) > 9 && d.Name[:9] == "/godebug/" {
			n++
		}
	}
	fmt.Println(n)
}
