package toolchain

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

const greeting = "package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println(%q) }\n"

func TestBuildAhead(t *testing.T) {
	m := newModule(t, open(t))
	ctx := context.Background()
	shown := build(t, m, prog(t, fmt.Sprintf(greeting, "shown")), Config{})
	p := prog(t, fmt.Sprintf(greeting, "ahead"))
	if !m.BuildAhead(ctx, p, Config{}) {
		t.Fatal("not built")
	}
	if source, _ := os.ReadFile(filepath.Join(m.Dir(), fileName)); !bytes.Contains(source, []byte(`"shown"`)) {
		t.Errorf("main.go is no longer that of the program built last: %s", source)
	}
	b := build(t, m, p, Config{})
	if !b.Cached {
		t.Errorf("built again: %+v", b)
	}
	if got := run(t, b.Path).Stdout; got != "ahead\n" {
		t.Errorf("printed %q", got)
	}
	if source, _ := os.ReadFile(filepath.Join(m.Dir(), fileName)); !bytes.Equal(source, p.Source) {
		t.Errorf("main.go is not that of the program built last: %s", source)
	}
	if got := run(t, shown.Path).Stdout; got != "shown\n" {
		t.Errorf("the other program printed %q", got)
	}
}

// What is wrong, unusual, or not there yet is left to Build.
func TestBuildAheadGivesUp(t *testing.T) {
	tc := open(t)
	m := newModule(t, tc)
	asked := filepath.Join(t.TempDir(), "asked") // made by whoever calls the go command
	tc.goCmd = filepath.Join(t.TempDir(), "go")
	if err := os.WriteFile(tc.goCmd, []byte("#!/bin/sh\ntouch "+asked+"\nexit 1\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, source := range map[string]string{
		"mistake":        "package main\n\nfunc main() { x := 1 }\n",
		"syntax":         "package main\n\nfunc main() {\n",
		"not fetched":    "package main\n\nimport _ \"example.com/not/here\"\n\nfunc main() {}\n",
		"unknown module": "package main\n\nimport _ \"nothere\"\n\nfunc main() {}\n",
		"cgo":            "package main\n\nimport \"C\"\n\nfunc main() {}\n",
	} {
		if m.BuildAhead(context.Background(), prog(t, source), Config{}) {
			t.Errorf("%s: built", name)
		}
		if _, err := os.Stat(asked); err == nil {
			t.Fatalf("%s: the go command was asked, which may take long", name)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if m.BuildAhead(ctx, prog(t, fmt.Sprintf(greeting, "cancelled")), Config{}) {
		t.Error("built although it was cancelled")
	}
}

// Several who want the same program get one build, also when the first of
// them gives up.
func TestBuildOnce(t *testing.T) {
	m := newModule(t, open(t))
	p := prog(t, fmt.Sprintf(greeting, "once"))
	ctx, cancel := context.WithCancel(context.Background())
	var all sync.WaitGroup
	all.Go(func() { m.BuildAhead(ctx, p, Config{}) })
	var mu sync.Mutex
	how := map[string]int{}
	for range 3 {
		all.Go(func() {
			b, diags, err := m.Build(context.Background(), p, Config{})
			if err != nil || len(diags) > 0 {
				t.Errorf("build: %v, %v", diags, err)
			}
			mu.Lock()
			defer mu.Unlock()
			how[b.How]++
		})
	}
	time.Sleep(5 * time.Millisecond)
	cancel()
	all.Wait()
	if how["direct"] > 1 || how["direct"]+how["cached"] != 3 {
		t.Errorf("built %v", how)
	}
}
