package main

import (
	"fmt"
	"net"
	"os/user"
	"time"

	"lanebook/kernelext"
)

func main() {
	kernelext.Text("text")
	_, err := net.LookupHost("")
	fmt.Println(err != nil)
	_, err = user.Current()
	fmt.Println(err)
	fmt.Println(time.Unix(0, 0).UTC())
}
