package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"golang.org/x/sync/errgroup"
	"lanebook/snippets/pools"
)

var _ = pools.Thumbnails

func main() {
	info, ok := debug.ReadBuildInfo()
	fmt.Println(ok)
	fmt.Println(info)
	fmt.Println(runtime.Version(), runtime.GOROOT() != "", runtime.GOOS, runtime.GOARCH)
	var g errgroup.Group
	fmt.Println(g.Wait())
}
