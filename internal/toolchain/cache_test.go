package toolchain

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"lanebook/internal/course"
)

const importsMuch = `package main

import (
	"fmt"
	"net/http"

	"golang.org/x/sync/errgroup"
	"golang.org/x/time/rate"
	"lanebook/kernelext"
	"lanebook/snippets/pools"
)

var _ = pools.Thumbnails

func main() {
	var g errgroup.Group
	g.Go(func() error { return nil })
	fmt.Println(g.Wait(), rate.Inf > 0, http.StatusOK)
	kernelext.Text("hello")
}
`

// privateCache is an empty cache folder on the disk of Go's build cache.
func privateCache(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp(filepath.Dir(sharedCache(t)), "test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// emptyHome takes away everything that a clone or a network would give.
func emptyHome(t *testing.T) {
	t.Helper()
	t.Setenv("GOCACHE", goCache(t))
	t.Setenv("GOPROXY", "off")
	t.Setenv("GOFLAGS", "-mod=mod")
	t.Setenv("HOME", t.TempDir())
	t.Setenv("GOMODCACHE", t.TempDir())
}

func TestOfflineWithoutClone(t *testing.T) {
	cache := privateCache(t)
	emptyHome(t)
	for _, live := range []bool{false, true} {
		t.Run(fmt.Sprintf("live=%v", live), func(t *testing.T) {
			if live {
				clone, err := filepath.Abs("../..")
				if err != nil {
					t.Fatal(err)
				}
				t.Setenv(course.SourceEnv, clone)
			}
			m := newModule(t, openAt(t, cache))
			before, err := m.moduleKey()
			if err != nil {
				t.Fatal(err)
			}
			for _, config := range []Config{{}, {Flags: []string{"-v"}}} {
				b := build(t, m, prog(t, importsMuch), config)
				if got := run(t, b.Path); got.Stdout != "<nil> true 200\nhello\n" || got.Code != 0 {
					t.Errorf("%s: got %+v", b.How, got)
				}
			}
			// Else every session would begin with a listing of its own.
			if after, _ := m.moduleKey(); after != before {
				data, _ := os.ReadFile(filepath.Join(m.Dir(), "go.mod"))
				t.Errorf("the go command changed go.mod or go.sum:\n%s", data)
			}
		})
	}
}

// TestTrimmedBuildCache builds when Go's build cache has lost everything: it
// must not even be looked at.
func TestTrimmedBuildCache(t *testing.T) {
	open(t)
	empty := filepath.Join(t.TempDir(), "gocache")
	t.Setenv("GOCACHE", empty)
	m := newModule(t, openAt(t, sharedCache(t)))
	if err := os.RemoveAll(empty); err != nil { // go env tries the C compiler there
		t.Fatal(err)
	}
	b := build(t, m, prog(t, importsMuch), Config{})
	if got := run(t, b.Path); got.Code != 0 {
		t.Errorf("got %+v", got)
	}
	if _, err := os.Stat(empty); err == nil {
		t.Error("the go command was asked, although everything was prepared")
	}
}

func TestOwnCacheDamaged(t *testing.T) {
	cache := privateCache(t)
	tc := openAt(t, cache)
	m := newModule(t, tc)
	build(t, m, prog(t, hello), Config{})
	damage := func() {
		archives, err := filepath.Glob(filepath.Join(cache, "std-*", "*.a"))
		if err != nil || len(archives) == 0 {
			t.Fatal("no archives", err)
		}
		for _, file := range archives {
			if err := os.Remove(file); err != nil {
				t.Fatal(err)
			}
		}
	}
	damage()
	again := strings.Replace(hello, "hello", "hello again", 1)
	b := build(t, m, prog(t, again), Config{})
	if got := run(t, b.Path); got.Stdout != "hello again\n" {
		t.Errorf("while running: got %+v", got)
	}
	damage()
	m = newModule(t, openAt(t, cache))
	b = build(t, m, prog(t, hello), Config{})
	if got := run(t, b.Path); got.Stdout != "hello\n" {
		t.Errorf("after a restart: got %+v", got)
	}
}

// TestBeforeAllIsPrepared imports what the core lacks, at once and again when
// everything is there.
func TestBeforeAllIsPrepared(t *testing.T) {
	tc := openAt(t, privateCache(t))
	m := newModule(t, tc)
	if path, ok := m.Packages().Find("http", []string{"Get"}); path != "net/http" || !ok {
		t.Errorf("Find: got %q, %v", path, ok)
	}
	for _, how := range []string{"direct", "cached"} { // nothing is built again because the rest has come
		b := build(t, m, prog(t, importsMuch), Config{})
		if got := run(t, b.Path); got.Code != 0 || b.How != how {
			t.Errorf("got %s, want %s, %+v", b.How, how, got)
		}
		tc.background.Wait()
	}
	if b := build(t, m, prog(t, importsMuch+"// edited\n"), Config{}); b.How != "direct" || run(t, b.Path).Code != 0 {
		t.Errorf("with everything there: got %+v", b)
	}
	std, err := tc.ready(context.Background())
	if err != nil || std.pkg("net/http") == nil || len(std.Names) < 150 {
		t.Errorf("the rest of the standard library did not follow: %v, %d names", err, len(std.Names))
	}
	if tc.tables[must(m.moduleKey())].std != std {
		t.Error("the session still uses the core")
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestFirstPreparationShowsProgress(t *testing.T) {
	if os.Getenv("LANEBOOK_SLOW") == "" {
		t.Skip("compiles the standard library; set LANEBOOK_SLOW=1")
	}
	cache := privateCache(t)
	t.Setenv("GOCACHE", t.TempDir())
	var steps []Progress
	tc, err := Open(context.Background(), Options{CacheDir: cache, Progress: func(p Progress) { steps = append(steps, p) }})
	if err != nil {
		t.Fatal(err)
	}
	if err := tc.Prepare(context.Background()); err != nil {
		t.Fatal(err)
	}
	t.Log(len(steps), steps[0], steps[len(steps)/2], steps[len(steps)-1])
	if len(steps) < 100 || steps[0].Total < 300 || steps[0].Done > 5 {
		t.Errorf("got %d steps, first %+v", len(steps), steps[0])
	}
}

func TestBuildsAtOnce(t *testing.T) {
	m := newModule(t, open(t))
	var wg sync.WaitGroup
	for i := range 6 {
		wg.Go(func() {
			text := fmt.Sprint("number ", i)
			var config Config
			if i%3 == 2 {
				config.Flags = []string{"-v"}
			}
			b, diags, err := m.Build(context.Background(), prog(t, strings.Replace(hello, "hello", text, 1)), config)
			if err != nil || len(diags) > 0 {
				t.Error(diags, err)
				return
			}
			if got := run(t, b.Path); got.Stdout != text+"\n" {
				t.Errorf("got %+v, want %q", got, text)
			}
		})
	}
	wg.Wait()
}

func TestBinariesAreBounded(t *testing.T) {
	b := binaries{dir: t.TempDir()}
	for i := range 5 {
		key := fmt.Sprint(i)
		if err := os.WriteFile(b.path(key), nil, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(b.path(key), maxBinaryBytes/3); err != nil {
			t.Fatal(err)
		}
		if err := b.add(key, Binary{Path: b.path(key)}); err != nil {
			t.Fatal(err)
		}
		if _, ok := b.get("0"); !ok {
			t.Errorf("after %d: the one in use was removed", i)
		}
	}
	left, err := os.ReadDir(b.dir)
	if err != nil || len(left) != 3 {
		t.Errorf("got %v, %v; want three files", left, err)
	}
}

func TestCancel(t *testing.T) {
	m := newModule(t, open(t))
	build(t, m, prog(t, hello), Config{})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, config := range []Config{{}, {Flags: []string{"-v"}}} {
		_, diags, err := m.Build(ctx, prog(t, strings.Replace(hello, "hello", "x", 1)), config)
		if err == nil || len(diags) > 0 {
			t.Errorf("got %v, %v; want the context's error", diags, err)
		}
	}
}

// TestClose ends a first preparation and wants nothing left of it.
func TestClose(t *testing.T) {
	cache := privateCache(t)
	tc := openAt(t, cache)
	started := make(chan error)
	go func() { started <- tc.Prepare(context.Background()) }()
	if err := tc.Close(); err != nil {
		t.Fatal(err)
	}
	if err := tc.Prepare(context.Background()); err == nil {
		t.Error("a closed toolchain prepared itself again")
	}
	<-started
	tc.Close()
	if left, _ := filepath.Glob(filepath.Join(cache, "prepare-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// A preparation that was given up, as after damage, is waited for as well.
func TestCloseAfterForget(t *testing.T) {
	cache := privateCache(t)
	tc := openAt(t, cache)
	if err := tc.Prepare(context.Background()); err != nil {
		t.Fatal(err)
	}
	tc.forget()
	if err := tc.Close(); err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(filepath.Join(cache, "prepare-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestClean(t *testing.T) {
	cache := privateCache(t)
	tc := openAt(t, cache)
	long := time.Now().Add(-2 * keepUnused)
	for _, name := range []string{"std-old", "prepare-1", "modules-old"} {
		dir := filepath.Join(cache, name)
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(dir, long, long); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chtimes(tc.course.Root, long, long); err != nil {
		t.Fatal(err)
	}
	tc.clean()
	entries, err := os.ReadDir(cache)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != "course" && !strings.HasPrefix(e.Name(), "goenv-") {
			t.Errorf("%s is still there", e.Name())
		}
	}
	if _, err := os.Stat(tc.course.Root); err != nil {
		t.Error("the course in use was removed")
	}
}
