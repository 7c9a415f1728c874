package engine

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"lanebook/internal/display"
)

// showings keeps the displays of a run in the order of their coming.
type showings struct {
	shown
	all []display.Display
}

func (s *showings) Show(d display.Display) {
	s.all = append(s.all, d)
	s.shown.Show(d)
}

// last is what stands in the notebook in the end.
func (s *showings) last(mime string) string {
	if len(s.all) == 0 {
		return ""
	}
	text, _ := s.all[len(s.all)-1].Data[mime].(string)
	return text
}

// checked runs a cell with an answer to the exercise Squares.
func checked(t *testing.T, e *Engine, answer string) *showings {
	t.Helper()
	var s showings
	res, err := e.Execute(t.Context(), Cell{Name: "cell[7]", Source: "func Squares(n, workers int) []int {\n" + answer + "\n}\n\n%%\nexercises.CheckSquares(Squares)"}, &s)
	if err != nil || res.Problem != nil {
		t.Fatalf("%v, problem %+v\n%s", err, res.Problem, s.errors.String())
	}
	return &s
}

const (
	rightSquares = `	out := make([]int, n)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := w; i < n; i += workers {
				out[i] = (i + 1) * (i + 1)
			}
		})
	}
	wg.Wait()
	return out`
	racySquares = `	var out []int
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := w; i < n; i += workers {
				out = append(out, (i+1)*(i+1))
			}
		})
	}
	wg.Wait()
	return out`
	stuckSquares = `	results := make(chan int)
	go func() { results <- n }()
	go func() { results <- n }()
	return []int{<-results, <-results, <-results}`
)

// The kernel builds the cell once more with the race detector, because the
// check asks for it, and replaces the first showing by the last.
func TestCheckLooksForRaces(t *testing.T) {
	needCompiler(t)
	e := newEngine(t)
	s := checked(t, e, rightSquares)
	if got := s.last(display.Text); !strings.Contains(got, "Squares: Passed") || !strings.Contains(got, "no data race was found") {
		t.Errorf("got %s", got)
	}
	if first := s.all[0]; len(s.all) != 2 || first.ID == "" || first.ID != s.all[1].ID || !strings.Contains(first.Data[display.Text].(string), "looking for data races") {
		t.Errorf("%d showings, first %+v", len(s.all), first)
	}
	s = checked(t, e, racySquares)
	if got := s.last(display.Text); !strings.Contains(got, "Not yet") || !strings.Contains(got, "Data race") || !strings.Contains(got, ".  cell[7]:7\n") ||
		!strings.Contains(got, "started at cell[7]:5  wg.Go(func() {") ||
		!strings.Contains(s.last(display.Data), `"kind":"race"`) {
		t.Errorf("got %s\n%s", got, s.last(display.Data))
	}
}

// A learner may have the race detector on for all cells, which makes Go blind for
// deadlocks. The check has the cell built without it, and finds both.
func TestCheckUnderRaceFlag(t *testing.T) {
	needCompiler(t)
	e := newEngine(t)
	var s showings
	if res, err := e.Execute(t.Context(), Cell{Name: "cell[6]", Source: "%goflags -race"}, &s); err != nil || res.Problem != nil {
		t.Fatal(err, res.Problem)
	}
	for answer, want := range map[string]string{stuckSquares: `"kind":"deadlock"`, racySquares: `"kind":"race"`, rightSquares: `"passed":true`} {
		if got := checked(t, e, answer).last(display.Data); !strings.Contains(got, want) {
			t.Errorf("want %s, got %.600s", want, got)
		}
	}
}

// What the goroutines did in the case that failed is one click away.
func TestCheckHasThePicture(t *testing.T) {
	e := newEngine(t)
	e.opts.Live = "var lanebookLive"
	s := checked(t, e, stuckSquares)
	if got := s.last(display.Text); !strings.Contains(got, "main waits to receive from a channel at cell[7]:5") {
		t.Errorf("got %s", got)
	}
	page, data := s.last(display.HTML), s.last(display.Data)
	if _, folded, ok := strings.Cut(page, "<details"); !ok || !strings.Contains(folded, "<img ") || !strings.Contains(data, `"kind":"lanes"`) {
		t.Errorf("no picture in\n%.600s\n%.300s", page, data)
	}
	if strings.Count(page, "<script>"+e.opts.Live) != 1 {
		t.Errorf("the picture cannot be walked through: %.600s", page)
	}
}

// Without a C compiler there is no race detector on Linux: the question stays
// open, and the learner is told how to get one.
func TestCheckWithoutACompiler(t *testing.T) {
	golang, err := exec.LookPath("go")
	if err != nil {
		t.Skip(err)
	}
	if golang, err = filepath.EvalSymlinks(golang); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", filepath.Dir(golang))
	t.Setenv("CC", "")
	if out, err := exec.Command("go", "env", "CC").Output(); err != nil {
		t.Fatal(err)
	} else if path, err := exec.LookPath(strings.TrimSpace(string(out))); err == nil {
		t.Skip("there is a C compiler beside the go command:", path)
	}
	e := newEngine(t)
	for lang, want := range map[string][2]string{
		"en": {"Squares: Passed", "not checked. Go's race detector needs a C compiler here. On Debian or Ubuntu: `sudo apt install gcc`"},
		"zh": {"平方：通过", "没有检查。Go 的竞争检测器在这里需要 C 编译器"},
	} {
		e.SetLang(lang)
		s := checked(t, e, rightSquares)
		if got := s.last(display.Text); !strings.Contains(got, want[0]) || !strings.Contains(got, want[1]) || !strings.Contains(s.last(display.Data), `"passed":true`) {
			t.Errorf("%s: got %s", lang, got)
		}
	}
}

// A cell is a learner's program: it may ask for what it likes.
func TestCheckRefusesNonsense(t *testing.T) {
	e := newEngine(t)
	var s showings
	w := &watcher{execution: &execution{Engine: e, sink: &s, say: wordsFor("en")}, builds: newBuilds(t.Context())}
	for _, d := range []display.Bundle{
		{display.Check: "{"}, {display.Check: `{"trace":"../../etc/passwd"}`},
		{display.Build: "{"}, {display.Build: `{"answer":"../x"}`}, {display.Build: `{"answer":"x","flags":["-race"]}`},
	} {
		w.Display(display.Display{Data: d})
	}
	w.builds.close()
	if len(s.all) != 1 || !strings.Contains(s.errors.String(), "could not be drawn") {
		t.Errorf("%d displays, errors %s", len(s.all), s.errors.String())
	}
}

// A learner who stops a check is rid of it: of its child, and of its files.
func TestStoppedCheckLeavesNothing(t *testing.T) {
	e := newEngine(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	begun := filepath.Join(e.dir, "begun")
	src := "func Squares(n, workers int) []int {\n\tos.WriteFile(" + strconv.Quote(begun) + ", []byte(strconv.Itoa(os.Getpid())), 0o600)\n\tfor {\n\t}\n}\n\n%%\nexercises.CheckSquares(Squares)"
	go func() {
		for ctx.Err() == nil {
			if text, err := os.ReadFile(begun); err == nil && len(text) > 0 {
				cancel()
			}
			time.Sleep(5 * time.Millisecond)
		}
	}()
	var s showings
	res, err := e.Execute(ctx, Cell{Name: "cell[1]", Source: src}, &s)
	if err != nil || res.Problem == nil || res.Problem.Name != "Interrupted" {
		t.Fatalf("%v, %+v", err, res.Problem)
	}
	text, err := os.ReadFile(begun)
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(string(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(pid, 0); err == nil {
		t.Errorf("the child %d still runs", pid)
	}
	if left, err := os.ReadDir(e.path("spool")); err != nil || len(left) > 0 {
		t.Errorf("left in the spool: %v, %v", left, err)
	}
}
