package engine

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"lanebook/internal/display"
	"lanebook/internal/process"
	"lanebook/internal/toolchain"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestMain lets the test binary be the supervisor of its engines.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "supervise" {
		if err := process.Main(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// transcript is a Sink that writes down what a learner would see.
type transcript struct {
	strings.Builder
	stream   string
	streams  int
	progress []string
	onText   func(string)
}

func (s *transcript) Stream(name, text string) {
	s.streams++
	if s.stream != name {
		s.section(name)
	}
	s.WriteString(text)
	if s.onText != nil {
		s.onText(text)
	}
}

func (s *transcript) section(name string) {
	if s.Len() > 0 && !strings.HasSuffix(s.String(), "\n") {
		s.WriteString("⏎\n") // the text does not end its line
	}
	s.stream = name
	fmt.Fprintf(s, "[%s]\n", name)
}

func (s *transcript) Show(d display.Display) {
	mimes := slices.Sorted(func(yield func(string) bool) {
		for k := range d.Data {
			if !yield(k) {
				return
			}
		}
	})
	what := "display"
	if d.Update {
		what = "update"
	}
	s.section(fmt.Sprintf("%s %s", what, strings.Join(mimes, " ")))
	s.stream = ""
	if _, picture := d.Data[display.Data]; !picture {
		fmt.Fprintf(s, "%v\n", d.Data[mimes[0]])
	}
}

func (s *transcript) Progress(text string) { s.progress = append(s.progress, text) }

func (s *transcript) problem(p *Problem) {
	if p == nil {
		return
	}
	s.section("problem " + p.Name)
	s.WriteString(p.Message + "\n")
	if p.Pos.Cell != "" {
		fmt.Fprintf(s, "at %s:%d:%d\n", p.Pos.Cell, p.Pos.Line, p.Pos.Col)
	}
	for _, line := range p.Traceback {
		s.WriteString("| " + ansi.ReplaceAllString(line, "") + "\n")
	}
}

var numbers = regexp.MustCompile(`goroutine \d+`)

// took is how long a test took, as go test says it.
var took = regexp.MustCompile(`\(\d+\.\d\ds\)`)

var ansi = regexp.MustCompile("\x1b\\[[0-9;]*m")

// result is the transcript; names of temporary folders, times, and the version of
// Go are replaced.
func (s *transcript) result(e *Engine) string {
	text := strings.ReplaceAll(s.String(), e.home, "HOME")
	text = strings.ReplaceAll(text, e.opts.Dir, "DIR")
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "⏎\n"
	}
	text = strings.ReplaceAll(text, runtime.Version(), "go1.N")
	text = took.ReplaceAllString(text, "(0.00s)")
	return numbers.ReplaceAllString(text, "goroutine N")
}

func newEngine(t testing.TB, change ...func(*Options)) *Engine {
	t.Helper()
	if testing.Short() {
		t.Skip("builds and runs programs")
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Skip(err)
	}
	tool, err := toolchain.Open(t.Context(), toolchain.Options{CacheDir: filepath.Join(cache, "lanebook", "test")})
	if err != nil {
		t.Fatal(err)
	}
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	opts := Options{Dir: dir, Lang: "en", Tool: tool, Version: "v0"}
	for _, f := range change {
		f(&opts)
	}
	e, err := New(t.Context(), opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(e.home); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s is left: %v", e.home, err)
		}
	})
	return e
}

// Each file is a notebook: cells, and after each what the learner sees.
// -update rewrites them.
func TestCells(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no test cases", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			e := newEngine(t)
			got := &txtar.Archive{Comment: a.Comment}
			n := 0
			for _, f := range a.Files {
				if f.Name == "output" {
					continue
				}
				n++
				if lang, ok := strings.CutPrefix(f.Name, "cell "); ok {
					e.SetLang(lang)
				}
				var s transcript
				res, err := e.Execute(t.Context(), Cell{Name: fmt.Sprintf("cell[%d]", n), Source: string(f.Data), Ask: answers}, &s)
				if err != nil {
					t.Fatal(err)
				}
				s.problem(res.Problem)
				got.Files = append(got.Files, f, txtar.File{Name: "output", Data: []byte(s.result(e))})
			}
			if *update {
				if err := os.WriteFile(file, txtar.Format(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(txtar.Format(a)), string(txtar.Format(got))); diff != "" {
				t.Errorf("(-want +got, -update rewrites)\n%s", diff)
			}
		})
	}
}

// answers is a learner who refuses to tell passwords.
func answers(_ context.Context, prompt string, password bool) (string, error) {
	if password {
		return "", errors.New("refused")
	}
	if prompt == "" {
		return "1 2 3", nil
	}
	return "answer to " + prompt, nil
}

func execute(t *testing.T, e *Engine, ctx context.Context, src string, s *transcript) Result {
	t.Helper()
	res, err := e.Execute(ctx, Cell{Name: "cell[1]", Source: src}, s)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func problemName(r Result) string {
	if r.Problem == nil {
		return ""
	}
	return r.Problem.Name
}

func TestInterrupt(t *testing.T) {
	e := newEngine(t)
	tests := []struct{ name, src, problem string }{
		{"endless loop", "println()\nfmt.Println(\"started\")\nfor {}", "Interrupted"},
		{"ignores it", "signal.Ignore(os.Interrupt)\nfmt.Println(\"started\")\nselect { case <-time.After(time.Hour): }", "Interrupted"},
		{"tidies up", "ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)\ndefer stop()\nfmt.Println(\"started\")\n<-ctx.Done()", ""},
		{"shell", "!echo started; sleep 100", "Interrupted"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if e.opts.Grace = time.Minute; tt.name == "ignores it" {
				e.opts.Grace = 500 * time.Millisecond
			}
			s := &transcript{}
			s.onText = func(text string) {
				if strings.Contains(text, "started") {
					cancel()
				}
			}
			if got := problemName(execute(t, e, ctx, tt.src, s)); got != tt.problem {
				t.Errorf("got %q, want %q\n%s", got, tt.problem, s)
			}
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if got := problemName(execute(t, e, ctx, "fmt.Println(1)", &transcript{})); got != "Interrupted" {
		t.Errorf("before the start: %q", got)
	}
	var s transcript // and the session lives
	execute(t, e, t.Context(), "fmt.Println(\"alive\")", &s)
	if s.String() != "[stdout]\nalive\n" {
		t.Error(s.String())
	}
}

func TestMemoryLimit(t *testing.T) {
	e := newEngine(t, func(o *Options) { o.Memory = 256 << 20 })
	res := execute(t, e, t.Context(), "for { go func() { var b [4096]byte; time.Sleep(time.Hour); _ = b }() }", &transcript{})
	if problemName(res) != "MemoryLimit" || !strings.Contains(res.Problem.Message, "256.0 MiB") {
		t.Errorf("got %+v", res.Problem)
	}
}

func TestFlood(t *testing.T) {
	e := newEngine(t)
	var s transcript
	begin := time.Now()
	execute(t, e, t.Context(), "for i := range 1_000_000 { fmt.Println(i) }", &s)
	// Text is passed on by 64 KiB, and what is less every 50 ms, however slow the program is.
	most := 200 + int(time.Since(begin)/(50*time.Millisecond))
	if !strings.HasSuffix(s.String(), "\n999999\n") || strings.Count(s.String(), "\n") != 1_000_001 {
		t.Errorf("%d lines", strings.Count(s.String(), "\n"))
	}
	if s.streams > most {
		t.Errorf("%d messages, want %d at most", s.streams, most)
	}
}

func TestNothingIsLeftBehind(t *testing.T) {
	e := newEngine(t)
	long := strconv.Itoa(1_000_000 + os.Getpid()) // others may test this, too
	for _, src := range []string{
		`exec.Command("sleep", "LONG").Start()`,
		"c := exec.Command(\"sleep\", \"LONG\")\nc.SysProcAttr = &syscall.SysProcAttr{Setsid: true}\nc.Start()",
		"!(sleep LONG &) ; sleep LONG & true",
	} {
		src = strings.ReplaceAll(src, "LONG", long)
		if res := execute(t, e, t.Context(), src, &transcript{}); res.Problem != nil {
			t.Errorf("%s: %+v", src, res.Problem)
		}
	}
	out, err := exec.Command("ps", "-axo", "stat=,command=").Output()
	if err != nil {
		t.Skip("no ps:", err)
	}
	for line := range strings.Lines(string(out)) {
		if strings.Contains(line, "sleep "+long) && !strings.HasPrefix(line, "Z") {
			t.Errorf("left: %s", line)
		}
	}
}

// The order of text and displays is that of the program, however fast.
func TestDisplaysKeepTheirPlace(t *testing.T) {
	e := newEngine(t)
	var s transcript
	src := "import \"lanebook/kernelext\"\n%%\nfor i := range 30 {\n\tfmt.Print(i, \" \")\n\tkernelext.HTML(fmt.Sprint(i))\n}\nfmt.Println(\"end\")"
	if res := execute(t, e, t.Context(), src, &s); res.Problem != nil {
		t.Fatalf("%+v", res.Problem)
	}
	var want strings.Builder
	for i := range 30 {
		fmt.Fprintf(&want, "[stdout]\n%d ⏎\n[display text/html text/plain]\n%d\n", i, i)
	}
	want.WriteString("[stdout]\nend\n")
	if diff := cmp.Diff(want.String(), s.String()); diff != "" {
		t.Error(diff)
	}
}
