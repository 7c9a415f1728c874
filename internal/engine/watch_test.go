package engine

import (
	"encoding/json"
	"strings"
	"testing"

	"lanebook/internal/display"
	"lanebook/internal/stuck"
)

// shower keeps what was shown.
type shower struct {
	transcript
	shown []display.Display
}

func (s *shower) Show(d display.Display) { s.shown = append(s.shown, d) }

// The verdict on a cell that uses Watch reaches the learner as a picture with
// data, whether Watch, Go or nobody ended the program.
func TestWatchedCells(t *testing.T) {
	r := &rerun{T: t, Engine: newEngine(t)}
	for _, tt := range []struct {
		name, body, verdict, problem string
		place                        string // of the first line of the data
	}{
		{"two locks", `
	var a, b sync.Mutex
	held := make(chan bool)
	go func() { a.Lock(); held <- true; b.Lock() }()
	b.Lock()
	<-held
	a.Lock()`, "deadlock", "Deadlock", "cell[1]"},
		{"a variable of the package", `
	global.Lock()
	global.Lock()`, "deadlock", "Deadlock", "cell[2]"},
		{"main sleeps", `
	go func() { c := make(chan int); c <- 1 }()
	time.Sleep(time.Hour)`, "partial-deadlock", "PartialDeadlock", "cell[3]"},
		{"panic", `
	go func() { panic("boom") }()
	time.Sleep(time.Hour)`, "panic", "Panic", "cell[4]"},
		{"exit", `os.Exit(4)`, "exit", "ExitError", ""},
		{"ok", ``, "ok", "", ""},
	} {
		s := &shower{}
		r.count++
		src := "import (\n\t\"os\"\n\t\"sync\"\n\t\"time\"\n\n\t\"lanebook/kernelext\"\n)\nvar global sync.Mutex\nvar _ = os.Args\nvar _ = time.Now\n%%\nkernelext.Watch(func() {" + tt.body + "\n}, \"" + tt.name + "\")\n"
		res, err := r.Execute(r.Context(), Cell{Name: "cell[" + string(rune('0'+r.count)) + "]", Source: src}, s)
		if err != nil {
			t.Fatal(err)
		}
		problem := ""
		if res.Problem != nil {
			problem = res.Problem.Name
		}
		if problem != tt.problem || len(s.shown) != 1 {
			t.Errorf("%s: problem %q, %d displays\n%s", tt.name, problem, len(s.shown), s.String())
			continue
		}
		var d stuck.Data
		text, _ := s.shown[0].Data[display.Data].(string)
		if err := json.Unmarshal([]byte(text), &d); err != nil {
			t.Fatal(err)
		}
		if d.Verdict != tt.verdict || d.Unsure || d.Title != tt.name || tt.place != "" && (len(d.Lines) < 2 || d.Lines[1].File != tt.place) {
			t.Errorf("%s: got %s", tt.name, text)
		}
		if page, _ := s.shown[0].Data[display.HTML].(string); !strings.Contains(page, tt.name) {
			t.Errorf("%s: the page has no title:\n%.300s", tt.name, page)
		}
	}
}
