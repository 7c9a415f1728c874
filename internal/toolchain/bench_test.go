package toolchain

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const line = `package main

import "fmt"

func main() {
	fmt.Println(%d)
}
`

const pool = `package main

import (
	"fmt"
	"sync"
	"time"
)

func worker(id int, jobs <-chan int, results chan<- int) {
	for j := range jobs {
		time.Sleep(time.Duration(j) * time.Millisecond)
		results <- j * id
	}
}

func main() {
	jobs, results := make(chan int), make(chan int)
	var wg sync.WaitGroup
	for id := range 3 {
		wg.Go(func() { worker(id, jobs, results) })
	}
	go func() {
		for j := range 5 {
			jobs <- j
		}
		close(jobs)
		wg.Wait()
		close(results)
	}()
	sum := %d
	for r := range results {
		sum += r
	}
	fmt.Println(sum)
}
`

const client = `package main

import (
	"fmt"
	"net/http"
)

func main() {
	_, err := http.NewRequest("GET", "http://127.0.0.1/%d", nil)
	fmt.Println(err)
}
`

const lanes = `package main

import "lanebook/kernelext"

func main() {
	kernelext.Lanes(func() { println(%d) })
}
`

var benchPrograms = []struct{ name, source string }{
	{"line", line}, {"pool", pool}, {"http", client}, {"lanes", lanes},
}

// BenchmarkBuild compares the ways to build an edited program; "command" is
// plain go build, as a learner would type it.
func BenchmarkBuild(b *testing.B) {
	tc := open(b)
	for _, bp := range benchPrograms {
		for _, way := range []struct {
			name   string
			config Config
		}{{"direct", Config{}}, {"gobuild", Config{Flags: []string{"-v"}}}} {
			b.Run(bp.name+"/"+way.name, func(b *testing.B) {
				m := newModule(b, tc)
				build(b, m, prog(b, fmt.Sprintf(bp.source, 0)), way.config)
				n := os.Getpid() * 1000
				for b.Loop() {
					n++
					build(b, m, prog(b, fmt.Sprintf(bp.source, n)), way.config)
				}
			})
		}
		b.Run(bp.name+"/command", func(b *testing.B) {
			m := newModule(b, tc)
			n := os.Getpid() * 2000
			for b.Loop() {
				n++
				if err := os.WriteFile(filepath.Join(m.Dir(), "main.go"), fmt.Appendf(nil, bp.source, n), 0o644); err != nil {
					b.Fatal(err)
				}
				cmd := exec.Command(tc.goCmd, "build", "-tags", tag, "-o", "a.out", ".")
				cmd.Dir = m.Dir()
				if out, err := cmd.CombinedOutput(); err != nil {
					b.Fatalf("%v: %s", err, out)
				}
			}
		})
	}
}

// BenchmarkPhases times the parts of a direct build.
func BenchmarkPhases(b *testing.B) {
	ctx := context.Background()
	tc := open(b)
	for _, bp := range benchPrograms {
		m := newModule(b, tc)
		p := prog(b, fmt.Sprintf(bp.source, 1))
		build(b, m, p, Config{})
		tb, err := m.resolve(ctx, p)
		if err != nil {
			b.Fatal(err)
		}
		work := b.TempDir()
		j := &job{table: tb, prog: p, work: work, out: filepath.Join(work, "out")}
		b.Run(bp.name+"/check", func(b *testing.B) {
			for b.Loop() {
				check(tb, p, tc.env)
			}
		})
		b.Run(bp.name+"/compile", func(b *testing.B) {
			for b.Loop() {
				if said, err := m.compile(ctx, j); err != nil {
					b.Fatalf("%v: %s", err, said)
				}
			}
		})
		b.Run(bp.name+"/link", func(b *testing.B) {
			for b.Loop() {
				if said, err := m.link(ctx, j); err != nil {
					b.Fatalf("%v: %s", err, said)
				}
			}
		})
		b.Run(bp.name+"/cached", func(b *testing.B) {
			for b.Loop() {
				build(b, m, p, Config{})
			}
		})
		b.Run(bp.name+"/mistake", func(b *testing.B) {
			n := 0
			for b.Loop() {
				n++
				wrong := prog(b, strings.Replace(fmt.Sprintf(bp.source, n), "func main() {", "func main() { x := 1;", 1))
				if _, diags, err := m.Build(ctx, wrong, Config{}); len(diags) != 1 || err != nil {
					b.Fatal(diags, err)
				}
			}
		})
	}
}

// BenchmarkOpen times what stands between the start of a kernel and its
// readiness, and the first table.
func BenchmarkOpen(b *testing.B) {
	cache := sharedCache(b)
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			openAt(b, cache)
		}
	})
	b.Run("prepare", func(b *testing.B) {
		for b.Loop() {
			if err := openAt(b, cache).Prepare(context.Background()); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkVet times what go vet's checks add to a build.
func BenchmarkVet(b *testing.B) {
	tc := open(b)
	for _, bp := range benchPrograms {
		m := newModule(b, tc)
		p := prog(b, fmt.Sprintf(bp.source, 1))
		tb, err := m.resolve(context.Background(), p)
		if err != nil {
			b.Fatal(err)
		}
		c := check(tb, p, tc.env)
		b.Run(bp.name, func(b *testing.B) {
			for b.Loop() {
				c.vet()
			}
		})
	}
}
