// Command stress does to the real kernel, over its real sockets, what learners
// and machines do: endless loops, floods, fork bombs, full disks, power cuts.
// It prints what survived, and fails if anything did not.
//
// Every scenario has kernels of its own. It passes when what it wants has
// happened, the kernel runs another cell afterwards, and ends without leaving
// a process or a file behind.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"lanebook/test/client"
)

// scenario is one thing that is done to a kernel.
type scenario struct {
	name string
	run  func(*trial) error
}

// errSkipped is what a scenario returns that this machine cannot play.
var errSkipped = errors.New("skipped")

func main() {
	kernel := flag.String("kernel", "bin/lanebook", "the lanebook binary to torment")
	only := flag.String("run", "", "run the scenarios whose names match this regular expression")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	binary, err := filepath.Abs(*kernel)
	if err != nil {
		fmt.Fprintln(os.Stderr, "stress:", err)
		os.Exit(2)
	}
	wanted, err := regexp.Compile(*only)
	if err != nil {
		fmt.Fprintln(os.Stderr, "stress:", err)
		os.Exit(2)
	}
	if died := all(ctx, binary, wanted); died > 0 {
		fmt.Printf("\n%d did not survive\n", died)
		os.Exit(1)
	}
}

// all plays the scenarios, prints a table, and returns how many went wrong.
func all(ctx context.Context, binary string, wanted *regexp.Regexp) (died int) {
	fmt.Printf("%-52s %-9s %s\n", "scenario", "", "seconds")
	for _, s := range scenarios {
		if !wanted.MatchString(s.name) || ctx.Err() != nil {
			continue
		}
		begin := time.Now()
		var log logged
		err := play(ctx, s, &trial{binary: binary, log: &log})
		verdict := "survived"
		switch {
		case errors.Is(err, errSkipped):
			verdict = "skipped"
		case err != nil:
			verdict = "DIED"
			died++
		}
		fmt.Printf("%-52s %-9s %.1f\n", s.name, verdict, time.Since(begin).Seconds())
		if err != nil {
			fmt.Printf("    %v\n", err)
		}
		if said := log.String(); said != "" && verdict == "DIED" {
			fmt.Printf("    the kernel said: %s\n", short(said))
		}
	}
	return died
}

// play runs one scenario and looks at what is left of it.
func play(ctx context.Context, s scenario, t *trial) error {
	ctx, cancel := context.WithTimeout(ctx, 15*time.Minute)
	defer cancel()
	t.ctx = ctx
	err := s.run(t)
	for _, k := range slices.Backward(t.kernels) { // later ones may use the folders of earlier ones
		if err == nil && !t.over[k] {
			err = t.alive(k)
		}
		err = errors.Join(err, k.Close())
		if left := t.leftovers(k, 0); len(left) > 0 {
			err = errors.Join(err, fmt.Errorf("processes left behind: %v", left))
		}
	}
	return err
}

// trial is one scenario being played.
type trial struct {
	ctx     context.Context
	binary  string
	log     *logged
	kernels []*client.Kernel
	over    map[*client.Kernel]bool // those that have ended already
}

// start starts another kernel.
func (t *trial) start(o client.Options) (*client.Kernel, error) {
	o.Binary, o.Log = t.binary, t.log
	k, err := client.Start(t.ctx, o)
	if err == nil {
		t.kernels = append(t.kernels, k)
	}
	return k, err
}

// alive wants a kernel to run a cell.
func (t *trial) alive(k *client.Kernel) error {
	got, err := k.Execute(t.ctx, "fmt.Println(\"alive\")")
	if err != nil || got.Stdout != "alive\n" {
		return fmt.Errorf("afterwards: %v, %s %q %q", err, got.Problem, got.Stdout, short(got.Stderr))
	}
	return nil
}

// ended wants a kernel to end by itself, in order.
func (t *trial) ended(k *client.Kernel) error {
	state, err := k.Ended(t.ctx)
	if err != nil {
		return err
	}
	if !state.Success() {
		return fmt.Errorf("the kernel ended with %v", state)
	}
	t.forget(k)
	return nil
}

// logged is what kernels said to stderr.
type logged struct {
	mu sync.Mutex
	b  strings.Builder
}

// Write keeps p.
func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// leftovers waits until a kernel has no more processes than these, but not for
// ever, and returns those it has.
func (t *trial) leftovers(k *client.Kernel, most int) (pids []int) {
	for range 1200 {
		if pids = k.Processes(); len(pids) <= most {
			return pids
		}
		time.Sleep(50 * time.Millisecond)
	}
	return pids
}

// short cuts a text for a message.
func short(text string) string {
	if len(text) > 300 {
		return text[:150] + " … " + text[len(text)-150:]
	}
	return text
}
