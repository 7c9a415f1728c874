// Command odd uses Lanes in ways it is not meant for. The tests of kernelext
// run it; see odd_test.go.
package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"lanebook/internal/gotrace"
	"lanebook/kernelext"
)

var ways = map[string]func(){
	"nil":   func() { kernelext.Lanes(nil) },
	"empty": func() { kernelext.Lanes(func() {}, "empty") },
	"nested": func() {
		kernelext.Lanes(func() {
			kernelext.Lanes(func() { fmt.Println("inner ran") }, "inner")
		}, "outer")
	},
	"two at once": func() {
		var both, wg sync.WaitGroup
		both.Add(2)
		for i := range 2 {
			wg.Go(func() {
				kernelext.Lanes(func() {
					both.Done()
					both.Wait() // until the other one has begun, too
				}, fmt.Sprint("number ", i))
			})
		}
		wg.Wait()
	},
	"one after another": func() {
		for i := range 3 {
			kernelext.Lanes(func() { time.Sleep(time.Millisecond) }, fmt.Sprint("number ", i))
		}
	},
	"a million marks": func() {
		kernelext.Lanes(func() {
			for i := range 1_000_000 {
				kernelext.Mark(fmt.Sprint(i))
			}
		}, "marks")
	},
	"names": func() {
		kernelext.Lanes(func() {
			var wg sync.WaitGroup
			for _, name := range []string{`"quoted" 'name'`, "</svg><script>alert(1)</script>", "🦀🧵", "", "line\nbreak", "\x00\xff"} {
				wg.Go(func() {
					kernelext.Name(name)
					kernelext.Mark(name)
					time.Sleep(time.Millisecond)
				})
			}
			wg.Wait()
		}, `</figure><b>"title"`)
	},
	"tasks": func() {
		kernelext.Lanes(func() {
			var wg sync.WaitGroup
			for i := range 3 {
				wg.Go(func() {
					for n := range 30_000 {
						kernelext.Task(fmt.Sprint(n), func() {})
					}
					kernelext.Task(`</svg><script>alert(1)</script> "🧵"`, func() { time.Sleep(2 * time.Millisecond) })
					if i == 0 {
						kernelext.Task("never over", runtime.Goexit)
					}
				})
			}
			wg.Wait()
			func() {
				defer func() { fmt.Println("recovered", recover()) }()
				kernelext.Task("falls", func() { panic("boom") })
			}()
		}, "tasks")
	},
	"observer that exits": func() {
		kernelext.Observer(func() { time.Sleep(time.Millisecond); os.Exit(0) })
	},
	"panic": func() {
		kernelext.Lanes(func() { time.Sleep(time.Millisecond); panic("boom") }, "panic")
	},
	"panic elsewhere": func() {
		kernelext.Lanes(func() {
			go func() { arrived(); panic("boom") }()
			select {}
		}, "panic elsewhere")
	},
	"recovered": func() {
		defer func() { fmt.Println("recovered", recover()) }()
		kernelext.Lanes(func() { panic("boom") }, "recovered")
	},
	"exit": func() {
		kernelext.Lanes(func() { arrived(); os.Exit(0) }, "exit")
	},
	"goexit": func() {
		done := make(chan bool)
		go func() {
			defer close(done)
			kernelext.Lanes(func() { runtime.Goexit() }, "goexit")
		}()
		<-done
	},
	"bad labels": func() {
		var nothing *int
		kernelext.Label(nothing, "nothing")
		kernelext.Label(42, "a number")
		kernelext.Label(nil, "nil")
		kernelext.Name("outside")
		kernelext.Mark("outside")
	},
	"names and labels while watched": func() {
		kernelext.Watch(func() {
			var mu sync.Mutex
			kernelext.Label(&mu, "the\nlock </svg> \"x\"")
			kernelext.Name("<main>\n")
			mu.Lock()
			mu.Lock()
		}, "watched\r\n</figure>")
	},
}

// arrived waits until enough of the recording is in its file to be drawn.
func arrived() {
	for {
		if data, err := os.ReadFile(filepath.Join(os.Getenv("LANEBOOK_SPOOL"), "lanes-1.trace")); err == nil {
			if _, err := gotrace.Read(bytes.NewReader(data)); err == nil {
				return
			}
		}
		time.Sleep(time.Millisecond)
	}
}

func main() {
	ways[os.Args[1]]()
	fmt.Println("went on")
}
