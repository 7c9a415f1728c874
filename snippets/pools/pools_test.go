package pools_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"lanebook/snippets/pools"
)

// In virtual time the plan of Workers is exact: whoever is free takes the next
// task.
func TestWorkersPlan(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		spans := pools.Workers(3, pools.Naps(100*time.Millisecond))
		busyUntil := map[int]time.Duration{}
		for i, s := range spans {
			if s.Task != i+1 {
				t.Errorf("span %d is of task %d", i, s.Task)
			}
			if s.Start < busyUntil[s.Worker] {
				t.Errorf("worker %d began task %d while it was busy", s.Worker, s.Task)
			}
			busyUntil[s.Worker] = s.End
		}
		if len(busyUntil) != 3 {
			t.Errorf("%d workers were used, want 3", len(busyUntil))
		}
		var end time.Duration
		for _, until := range busyUntil {
			end = max(end, until)
		}
		if want := 430 * time.Millisecond; end != want {
			t.Errorf("all done after %v, want %v", end, want)
		}
	})
}

func TestWorkersBound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var running, most atomic.Int32
		task := func() {
			if now := running.Add(1); now > most.Load() {
				most.Store(now)
			}
			time.Sleep(time.Second)
			running.Add(-1)
		}
		pools.Workers(4, slices.Repeat([]func(){task}, 20))
		if most.Load() != 4 {
			t.Errorf("%d tasks ran at the same time, want 4", most.Load())
		}
	})
}

func TestFuture(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := pools.Async(func() (int, error) { time.Sleep(time.Second); return 42, nil })

		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		if _, err := slow.Wait(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("impatient: error %v", err)
		}
		for range 2 {
			if v, err := slow.Wait(t.Context()); v != 42 || err != nil {
				t.Errorf("patient: %d, %v", v, err)
			}
		}
	})
}

func TestFuturePanic(t *testing.T) {
	_, err := pools.Async(func() (int, error) { panic("no luck") }).Wait(t.Context())
	if err == nil || !strings.Contains(err.Error(), "no luck") {
		t.Errorf("error %v", err)
	}
}

func TestSubmitBound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pool := pools.NewPool(2)
		begin := time.Now()
		for range 6 {
			pools.Submit(pool, func() (int, error) { time.Sleep(time.Second); return 0, nil })
		}
		pool.Close()
		if took := time.Since(begin); took != 3*time.Second {
			t.Errorf("six seconds of work on two slots took %v", took)
		}
	})
}

func TestPrimes(t *testing.T) {
	results, err := pools.CheckAll(t.Context(), pools.Primes(), 4)
	if err != nil {
		t.Fatal(err)
	}
	primes := 0
	for i, r := range results {
		if r.N != pools.Primes()[i] {
			t.Fatalf("result %d is about %d", i, r.N)
		}
		if r.Prime {
			primes++
		} else if r.N != 1099726899285419 {
			t.Errorf("%d is said not to be a prime", r.N)
		}
	}
	if len(results) != 65 || primes != 60 {
		t.Errorf("%d of %d are primes, want 60 of 65", primes, len(results))
	}
}

func TestIsPrimeSmall(t *testing.T) {
	var got []int
	for n := -3; n < 30; n++ {
		if pools.IsPrime(n) {
			got = append(got, n)
		}
	}
	if want := []int{2, 3, 5, 7, 11, 13, 17, 19, 23, 29}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestCheckAllCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := pools.CheckAll(ctx, pools.Primes(), 2); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestPipeline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx := t.Context()
		square := func(n int) int { return n * n }
		sum := 0
		for v := range pools.Merge(ctx, pools.FanOut(ctx, pools.Generate(ctx, 1, 2, 3, 4, 5), 3, square)...) {
			sum += v
		}
		if sum != 55 {
			t.Errorf("sum %d, want 55", sum)
		}
	})
}

// A pipeline that nobody reads any more ends with its context. synctest fails
// the test if a goroutine is left.
func TestPipelineAbandoned(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		identity := func(n int) int { return n }
		out := pools.Merge(ctx, pools.FanOut(ctx, pools.Generate(ctx, 1, 2, 3, 4, 5), 2, identity)...)
		<-out
		cancel()
	})
}

func TestRateLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		n := 0
		for range pools.RateLimit(t.Context(), pools.Generate(t.Context(), 1, 2, 3, 4), time.Second) {
			n++
		}
		if took := time.Since(begin); n != 4 || took != 4*time.Second {
			t.Errorf("%d values in %v", n, took)
		}
	})
}

func TestThumbnails(t *testing.T) {
	srcDir, dstDir := t.TempDir(), t.TempDir()
	src, dst := openRoot(t, srcDir), openRoot(t, dstDir)
	if err := pools.Pictures(src, 3, 64, 32); err != nil {
		t.Fatal(err)
	}
	n, err := pools.Thumbnails(t.Context(), src, dst, []int{8, 16}, 2)
	if n != 6 || err != nil {
		t.Fatalf("wrote %d, error %v", n, err)
	}
	f, err := dst.Open("02_16.png")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if got := img.Bounds().Size(); got != image.Pt(16, 8) {
		t.Errorf("size %v", got)
	}
}

func TestThumbnailsBrokenPicture(t *testing.T) {
	src, dst := openRoot(t, t.TempDir()), openRoot(t, t.TempDir())
	if err := src.WriteFile("bad.png", []byte("not a picture"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := pools.Thumbnails(t.Context(), src, dst, []int{8}, 2); err == nil || !strings.Contains(err.Error(), "bad.png") {
		t.Errorf("error %v", err)
	}
}

func TestShrinkAverages(t *testing.T) {
	src := image.NewRGBA(image.Rect(0, 0, 2, 2))
	src.Set(0, 0, color.White)
	src.Set(1, 1, color.White)
	src.Set(1, 0, color.Black)
	src.Set(0, 1, color.Black)
	r, _, _, a := pools.Shrink(src, 1).At(0, 0).RGBA()
	if r>>8 != 127 || a>>8 != 255 {
		t.Errorf("red %d, alpha %d", r>>8, a>>8)
	}
	if pools.Shrink(src, 5) != image.Image(src) {
		t.Error("a small picture was changed")
	}
}

func TestCopyDir(t *testing.T) {
	srcDir, dstDir := t.TempDir(), t.TempDir()
	src, dst := openRoot(t, srcDir), openRoot(t, dstDir)
	if err := pools.Files(src, 25, 1000); err != nil {
		t.Fatal(err)
	}
	last := 0
	err := pools.CopyDir(t.Context(), src, dst, 4, func(done, total int) {
		if done != last+1 || total != 25 {
			t.Errorf("progress %d of %d after %d", done, total, last)
		}
		last = done
	})
	if err != nil || last != 25 {
		t.Fatalf("copied %d, error %v", last, err)
	}
	for _, name := range []string{"part1/001.bin", "part3/025.bin"} {
		want, err1 := os.ReadFile(filepath.Join(srcDir, name))
		got, err2 := os.ReadFile(filepath.Join(dstDir, name))
		if err1 != nil || err2 != nil || !bytes.Equal(got, want) {
			t.Errorf("%s differs (%v, %v)", name, err1, err2)
		}
	}
}

// The Python original waits for ever when one file cannot be copied.
func TestCopyDirError(t *testing.T) {
	src, dst := openRoot(t, t.TempDir()), openRoot(t, t.TempDir())
	if err := pools.Files(src, 12, 10); err != nil {
		t.Fatal(err)
	}
	if err := dst.MkdirAll("part1/003.bin", 0o755); err != nil {
		t.Fatal(err)
	}
	if err := pools.CopyDir(t.Context(), src, dst, 3, func(int, int) {}); err == nil {
		t.Error("no error")
	}
}

func openRoot(t *testing.T, dir string) *os.Root {
	t.Helper()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	return root
}

// FuzzWorkers: whatever the number of workers and tasks, every task runs
// exactly once and results stay in order.
func FuzzWorkers(f *testing.F) {
	f.Add(uint8(1), uint8(0))
	f.Add(uint8(3), uint8(10))
	f.Fuzz(func(t *testing.T, workers, tasks uint8) {
		runs := make([]atomic.Int32, tasks)
		var todo []func()
		for i := range runs {
			todo = append(todo, func() { runs[i].Add(1) })
		}
		for i, s := range pools.Workers(int(workers)%16+1, todo) {
			if s.Task != i+1 || runs[i].Load() != 1 {
				t.Fatal(fmt.Sprint("task ", i+1, " ran ", runs[i].Load(), " times, span ", s))
			}
		}
	})
}
