package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"lanebook/internal/jupyter"
	"lanebook/test/client"
)

// running starts a cell with descendants and waits until it prints.
func running(t *trial, k *client.Kernel) (jupyter.Message, error) {
	request, err := k.Send(jupyter.Shell, jupyter.ExecuteRequest{Code: descendants + "fmt.Println(1)\ntime.Sleep(time.Hour)"})
	if err != nil {
		return request, err
	}
	return request, k.WaitOutput(t.ctx, request)
}

func kernelKilled(t *trial) error {
	k, err := t.start(client.Options{})
	if err != nil {
		return err
	}
	if _, err := running(t, k); err != nil {
		return err
	}
	t.kill(k)
	if left := t.leftovers(k, 0); len(left) > 0 {
		return fmt.Errorf("processes left: %v", left)
	}
	if left, _ := os.ReadDir(k.Temp); len(left) > 0 {
		return fmt.Errorf("files left: %v", left)
	}
	return nil
}

// kill ends a kernel without a word.
func (t *trial) kill(k *client.Kernel) {
	t.forget(k)
	k.Kill()
}

// forget notes that a kernel runs no more cells.
func (t *trial) forget(k *client.Kernel) {
	if t.over == nil {
		t.over = map[*client.Kernel]bool{}
	}
	t.over[k] = true
}

func powerCut(t *trial) error {
	k, err := t.start(client.Options{})
	if err != nil {
		return err
	}
	if err := t.alive(k); err != nil {
		return err
	}
	// Nobody gets the chance to tidy up.
	all := k.Processes()
	for _, pid := range all {
		_ = syscall.Kill(pid, syscall.SIGSTOP)
	}
	t.kill(k)
	for _, pid := range all {
		_ = syscall.Kill(pid, syscall.SIGKILL)
	}
	locks, err := filepath.Glob(filepath.Join(k.Temp, "lanebook-*", "lock"))
	if err != nil || len(locks) != 1 {
		return fmt.Errorf("nothing was left to tidy up: %v, %v", locks, err)
	}
	old := time.Now().Add(-time.Hour)
	if err := os.Chtimes(locks[0], old, old); err != nil {
		return err
	}
	next, err := t.start(client.Options{Temp: k.Temp})
	if err != nil {
		return err
	}
	if err := t.alive(next); err != nil {
		return err
	}
	for range 1200 {
		if _, err := os.Stat(locks[0]); errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	return errors.New("the next start did not tidy up")
}

func twoKernels(t *trial) error {
	dir := ""
	var all sync.WaitGroup
	errs := make([]error, 2)
	for i := range errs {
		k, err := t.start(client.Options{Dir: dir})
		if err != nil {
			return err
		}
		dir = k.Dir
		all.Go(func() {
			for n := range 5 {
				got, err := k.Execute(t.ctx, fmt.Sprintf("%%%%writefile -a both.txt\n%d\n", i))
				if err == nil {
					got, err = k.Execute(t.ctx, fmt.Sprintf("var me = %d\n%%%%\nfmt.Println(me, %d)", i, n))
				}
				if err == nil {
					err = want(got, "", fmt.Sprintf("%d %d\n", i, n))
				}
				errs[i] = errors.Join(errs[i], err)
			}
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

func fiftyKernels(t *trial) error {
	var all sync.WaitGroup
	var mu sync.Mutex
	var errs []error
	for range 50 {
		all.Go(func() {
			k, err := client.Start(t.ctx, client.Options{Binary: t.binary, Log: t.log})
			if err == nil {
				err = errors.Join(t.alive(k), k.Close())
			}
			mu.Lock()
			defer mu.Unlock()
			errs = append(errs, err)
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

// sleep stops everything for a while, as closing a laptop does.
func sleep(t *trial) error {
	k, err := t.start(client.Options{})
	if err != nil {
		return err
	}
	request, err := k.Send(jupyter.Shell, jupyter.ExecuteRequest{Code: "for i := range 20 {\n\tfmt.Println(i)\n\ttime.Sleep(50 * time.Millisecond)\n}"})
	if err != nil {
		return err
	}
	if err := k.WaitOutput(t.ctx, request); err != nil {
		return err
	}
	all := append(k.Processes(), k.Cmd.Process.Pid)
	for _, pid := range all {
		_ = syscall.Kill(pid, syscall.SIGSTOP)
	}
	time.Sleep(12 * time.Second) // longer than any patience in the kernel
	for _, pid := range all {
		_ = syscall.Kill(pid, syscall.SIGCONT)
	}
	got, err := k.Collect(t.ctx, request, time.Now())
	if err != nil {
		return err
	}
	if !strings.HasPrefix(got.Stdout, "0\n1\n") || !strings.HasSuffix(got.Stdout, "18\n19\n") {
		return fmt.Errorf("printed %q", got.Stdout)
	}
	return want(got, "", "")
}

// stoppedInAFlood stops only the kernel, so that the program's pipes fill up.
func stoppedInAFlood(t *trial) error {
	k, err := t.start(client.Options{})
	if err != nil {
		return err
	}
	request, err := k.Send(jupyter.Shell, jupyter.ExecuteRequest{Code: "for i := range 1_000_000 {\n\tfmt.Println(i)\n}"})
	if err != nil {
		return err
	}
	if err := k.WaitOutput(t.ctx, request); err != nil {
		return err
	}
	_ = k.Cmd.Process.Signal(syscall.SIGSTOP)
	time.Sleep(12 * time.Second)
	_ = k.Cmd.Process.Signal(syscall.SIGCONT)
	got, err := k.Collect(t.ctx, request, time.Now())
	if err != nil {
		return err
	}
	if n := strings.Count(got.Stdout, "\n"); n != 1_000_000 {
		return fmt.Errorf("%d lines", n)
	}
	return nil
}
