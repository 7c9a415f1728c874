package process

import (
	"bufio"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"lanebook/internal/display"
)

// TestMain lets the test binary be the supervisor and the programs it runs.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 {
		switch os.Args[1] {
		case "supervise":
			if err := Main(); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
			os.Exit(0)
		case "program":
			program(os.Args[2], os.Args[3:])
			os.Exit(0)
		}
	}
	// With the race detector every process would stay for a second at its end.
	os.Setenv("GORACE", "atexit_sleep_ms=0 "+os.Getenv("GORACE"))
	os.Exit(m.Run())
}

// program is what a cell might do.
func program(what string, args []string) {
	switch what {
	case "wait": // for args[0], for a while
		waitFor(args[0])
	case "visit":
		time.Sleep(2 * stuckTime)
		if c, err := net.Dial("tcp", args[0]); err == nil {
			c.Close()
		}
	case "both":
		fmt.Println("out")
		fmt.Fprintln(os.Stderr, "err")
	case "exit":
		n, _ := strconv.Atoi(args[0])
		os.Exit(n)
	case "lines":
		n, _ := strconv.Atoi(args[0])
		for i := range n {
			fmt.Println("line", i)
		}
	case "flooded":
		program("lines", args)
		fmt.Fprintln(os.Stderr, "panic: the end")
	case "env":
		wd, _ := os.Getwd()
		fmt.Println(wd, os.Getenv("COLOUR"))
	case "bytes": // a character, byte by byte
		for _, b := range []byte("a世\xff🎉z") {
			os.Stdout.Write([]byte{b})
			time.Sleep(5 * time.Millisecond)
		}
		os.Stdout.Write([]byte("\xe4\xb8")) // never finished
	case "forever":
		fmt.Println("started")
		time.Sleep(time.Hour)
	case "polite":
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
		defer stop()
		fmt.Println("started")
		<-ctx.Done()
		fmt.Println("tidied up")
	case "stubborn":
		signal.Ignore(os.Interrupt)
		fmt.Println("started")
		time.Sleep(time.Hour)
	case "children": // leaves a child, a grandchild and one in its own session behind
		leave(false, "forever")
		leave(false, "parent")
		leave(true, "parent")
		fmt.Println("main ends")
	case "parent":
		leave(true, "forever")
		time.Sleep(time.Hour)
	case "hog":
		var keep [][]byte
		for {
			b := make([]byte, 1<<20)
			for i := range b {
				b[i] = 1
			}
			keep = append(keep, b)
			time.Sleep(time.Millisecond)
			runtime.KeepAlive(keep)
		}
	case "forks":
		for {
			leave(false, "forever")
		}
	case "displays":
		displays()
	case "ask":
		ask(args)
	case "read": // a line, in one of several ways
		readLine(args[0])
	case "scan":
		in := bufio.NewScanner(os.Stdin)
		for in.Scan() {
			fmt.Printf("%q\n", in.Text())
		}
		fmt.Println("end")
	case "junk":
		f, _ := os.OpenFile(os.Getenv("GONB_PIPE"), os.O_WRONLY, 0)
		f.WriteString("this is not gob, and never was, but it may be long enough")
		f.Close()
		fmt.Println("alive")
		c, err := display.Dial()
		if err == nil {
			err = c.Show(display.Display{Data: display.Bundle{display.Text: "x"}})
		}
		fmt.Println("show fails:", err != nil)
	case "nopipes": // puts something else in the place of its pipes
		os.Remove(os.Getenv("GONB_PIPE"))
		os.Symlink("/dev/null", os.Getenv("GONB_PIPE"))
		os.Remove(os.Getenv("GONB_PIPE_BACK"))
		os.MkdirAll(os.Getenv("GONB_PIPE_BACK")+"/folder", 0o700)
	case "gonbui":
		gonbui()
	case "widget":
		widgetProgram()
	case "values": // for widgets
		registerTypes()
		f, _ := os.OpenFile(os.Getenv("GONB_PIPE"), os.O_WRONLY, 0)
		enc := gob.NewEncoder(f)
		for i := range 3 {
			_ = enc.Encode(&displayData{Data: map[string]any{mimeComm: &commValue{Address: "/label", Value: i}}})
		}
	}
}

// widgetProgram speaks with widgets as GoNB's library does: it sends a value,
// asks for one, and waits for one at an address that it has subscribed to.
func widgetProgram() {
	registerTypes()
	w, _ := os.OpenFile(os.Getenv("GONB_PIPE"), os.O_WRONLY, 0)
	r, _ := os.OpenFile(os.Getenv("GONB_PIPE_BACK"), os.O_RDONLY, 0)
	enc, dec := gob.NewEncoder(w), gob.NewDecoder(r)
	send := func(key string, v any) { _ = enc.Encode(&displayData{Data: map[string]any{key: v}}) }
	send(mimeComm, &commValue{Address: startAddr, Value: 1})
	send(mimeSubscribe, &commSubscription{Address: "/clicks"})
	send(mimeComm, &commValue{Address: "/label", Value: "press me"})
	send(mimeComm, &commValue{Address: "/text", Request: true})
	for range 2 {
		var v commValue
		_ = dec.Decode(&v)
		fmt.Printf("%s = %v\n", v.Address, v.Value)
	}
	send(mimeSubscribe, &commSubscription{Address: "/clicks", Unsubscribe: true})
	send(mimeComm, &commValue{Address: syncAddr, Value: 1})
	var v commValue
	_ = dec.Decode(&v)
	fmt.Println(v.Address)
}

// readLine prints the first line of its input.
func readLine(how string) {
	in := os.Stdin
	switch how {
	case "goroutine": // while others wait for it, and for time
		lines := make(chan string)
		go func() {
			in := bufio.NewScanner(os.Stdin)
			in.Scan()
			lines <- in.Text()
		}()
		select {
		case line := <-lines:
			fmt.Println(line)
		case <-time.After(time.Hour):
		}
		return
	case "/dev/stdin":
		in, _ = os.Open(how)
	case "poller": // Go's own, as for sockets
		_ = syscall.SetNonblock(0, true)
		in = os.NewFile(0, "input")
	case "poll":
		_, _ = unix.Poll([]unix.PollFd{{Fd: 1, Events: unix.POLLERR}, {Fd: 0, Events: unix.POLLIN}}, -1)
	case "select":
		var set unix.FdSet
		set.Set(0)
		_, _ = unix.Select(1, &set, nil, nil, nil)
	case "copy":
		_, _ = io.Copy(os.Stdout, os.Stdin)
		return
	case "child":
		cmd := exec.Command(os.Args[0], "program", "read", "poll")
		cmd.Stdin, cmd.Stdout = os.Stdin, os.Stdout
		_ = cmd.Run()
		return
	}
	s := bufio.NewScanner(in)
	s.Scan()
	fmt.Println(s.Text())
}

func leave(session bool, what string) {
	cmd := exec.Command(os.Args[0], "program", what)
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: session}
	if err := cmd.Start(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		time.Sleep(10 * time.Millisecond)
	}
}

func displays() {
	c, err := display.Dial()
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	for i := range 20 {
		fmt.Print("before ", i, ";")
		if err := c.Show(display.Display{Data: display.Bundle{display.HTML: "<b>" + strconv.Itoa(i)}, ID: "same"}); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
	}
	fmt.Print("after")
}

func ask(args []string) {
	c, err := display.Dial()
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	in := bufio.NewScanner(os.Stdin)
	for _, prompt := range args {
		if err := c.Input(prompt, strings.HasPrefix(prompt, "secret")); err != nil {
			fmt.Println(err)
		}
		if in.Scan() {
			fmt.Printf("%q\n", in.Text())
		} else {
			fmt.Println("no answer")
		}
	}
}

// gonbui does what GoNB's own library does: two encoders' worth of gob, a
// reader that stays, asynchronous displays and one sync at the end.
func gonbui() {
	registerTypes()
	type mime string
	type DisplayData struct {
		Data      map[mime]any
		Metadata  map[string]any
		DisplayID string
	}
	w, err := os.OpenFile(os.Getenv("GONB_PIPE"), os.O_WRONLY, 0o600)
	r, err2 := os.OpenFile(os.Getenv("GONB_PIPE_BACK"), os.O_RDONLY, 0o600)
	if err := errors.Join(err, err2); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	enc, dec := gob.NewEncoder(w), gob.NewDecoder(r)
	synced := make(chan int)
	go func() {
		for {
			var v commValue
			if dec.Decode(&v) != nil {
				return
			}
			if v.Address == syncedAddr {
				synced <- v.Value.(int)
			}
		}
	}()
	for i := range 3 {
		_ = enc.Encode(&DisplayData{Data: map[mime]any{"text/markdown": "*" + strconv.Itoa(i) + "*"}})
	}
	_ = enc.Encode(&DisplayData{Data: map[mime]any{mimeComm: &commValue{Address: "#comms/start"}}})
	_ = enc.Encode(&DisplayData{Data: map[mime]any{mimeComm: &commValue{Address: syncAddr, Value: 0}}})
	fmt.Println("synced", <-synced)
}
