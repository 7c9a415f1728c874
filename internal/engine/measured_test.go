package engine

import (
	"context"
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"

	"lanebook/internal/display"
)

// gallery is a Sink that keeps the data of pictures and everything said.
type gallery struct {
	strings.Builder
	data []picture
	text []string // of the pictures
}

type picture struct {
	Kind, Form, Stage string
	Cut, Asked, Right bool
	Said              string
	Runs              int
	Goroutines        []struct{ Name string }
}

func (s *gallery) Stream(_, text string) { s.WriteString(text) }

func (s *gallery) Show(d display.Display) {
	var p picture
	data, _ := d.Data[display.Data].(string)
	if err := json.Unmarshal([]byte(data), &p); data != "" && err != nil {
		p.Kind = "not data: " + data
	}
	if _, private := d.Data[display.Draw]; private || data != "" && d.Data[display.HTML] == nil {
		p.Kind += ", not drawn"
	}
	s.data = append(s.data, p)
	s.text = append(s.text, d.Data[display.Text].(string))
}

// measure runs a cell.
func measure(t *testing.T, e *Engine, src string, ask func(context.Context, string, bool) (string, error)) (*gallery, Result) {
	t.Helper()
	s := &gallery{}
	res, err := e.Execute(t.Context(), Cell{Name: "cell[1]", Source: "%%\n" + src, Ask: ask}, s)
	if err != nil {
		t.Fatal(err)
	}
	return s, res
}

func TestMeasurementsAreDrawn(t *testing.T) {
	e := newEngine(t)
	few := `, kernelext.Samples(2), kernelext.Budget(time.Millisecond))`
	for kind, src := range map[string]string{
		"timing":  `kernelext.Time("nothing", func() {})`,
		"compare": `kernelext.Compare(kernelext.Case("a", func() {}), kernelext.Case("b", func() {})` + few,
		"sweep":   `kernelext.Sweep("workers", []int{1, 2}, func(n int) {}` + few,
		"tally":   `kernelext.Tally(3, func() string { kernelext.Mark("m"); return "x" })`,
		"figure":  "figure.Struct(struct{ A int }{})",
	} {
		s, res := measure(t, e, src, nil)
		if len(s.data) != 1 || s.data[0].Kind != kind || res.Problem != nil || s.Len() > 0 {
			t.Errorf("%s: got %+v, %v, %s", kind, s.data, res.Problem, s)
		}
	}
}

func TestPicturesSpeakTheLanguageOfTheCell(t *testing.T) {
	e := newEngine(t)
	tell(t, e, "%env LANEBOOK_LANG zh")
	s, _ := measure(t, e, `kernelext.Tally(9, func() string { return "x" })`, nil)
	if len(s.text) != 1 || !strings.Contains(s.text[0], "9 次运行的结果全是“x”") {
		t.Errorf("got %q", s.text)
	}
	if got := tell(t, e, "undefined()"); !strings.Contains(got, "undefined") || e.Lang() != "zh" {
		t.Errorf("language %s: %s", e.Lang(), got)
	}
}

// A measurement that gets stuck ends in a verdict, and what a tally counted
// until then is drawn.
func TestStuckMeasurements(t *testing.T) {
	e := newEngine(t)
	const never = "func() { <-make(chan int) }"
	for name, src := range map[string]string{
		"time":    `kernelext.Time("stuck", ` + never + ")",
		"compare": `kernelext.Compare(kernelext.Case("fine", func() {}), kernelext.Case("stuck", ` + never + "))",
		"sweep":   `kernelext.Sweep("workers", []int{1}, func(n int) { (` + never + ")() })",
	} {
		if s, res := measure(t, e, src, nil); problemName(res) != "Deadlock" {
			t.Errorf("%s: %s, %s", name, problemName(res), s)
		}
	}
	s, res := measure(t, e, `n := 0
kernelext.Tally(100, func() string {
	if n++; n == 8 {
		<-make(chan int)
	}
	return "fine"
})`, nil)
	if problemName(res) != "Deadlock" || len(s.data) != 1 || !s.data[0].Cut || s.data[0].Runs != 7 {
		t.Errorf("tally: %s, %+v, %s", problemName(res), s.data, s)
	}
}

func TestInputAndPredict(t *testing.T) {
	e := newEngine(t)
	const src = `name, ok := kernelext.Input("name?")
fmt.Printf("%q %v;", name, ok)
secret, ok := kernelext.Password("password?")
fmt.Printf("%q %v;", secret, ok)`
	if s, _ := measure(t, e, src, answers); s.String() != `"answer to name?" true;"" false;` {
		t.Errorf("got %s", s)
	}
	said := func(text string) func(context.Context, string, bool) (string, error) {
		return func(context.Context, string, bool) (string, error) { return text, nil }
	}
	const guess = `g := kernelext.Predict("who?", "sing", "dance")
g.Reveal("dance")`
	for _, tt := range []struct {
		answer string
		want   picture
	}{
		{"2", picture{Kind: "prediction", Stage: "reveal", Asked: true, Right: true, Said: "dance"}},
		{"si", picture{Kind: "prediction", Stage: "reveal", Asked: true, Said: "sing"}},
		{"fly", picture{Kind: "prediction", Stage: "reveal"}}, // no option, three times
	} {
		s, _ := measure(t, e, guess, said(tt.answer))
		if len(s.data) != 2 || s.data[0].Stage != "question" || !reflect.DeepEqual(s.data[1], tt.want) {
			t.Errorf("%q: got %+v", tt.answer, s.data)
		}
	}
	// Nobody is there: no question is put, so there is nothing to apologise for.
	s, res := measure(t, e, guess, nil)
	if len(s.data) != 2 || s.data[1].Asked || s.Len() > 0 || res.Problem != nil {
		t.Errorf("got %+v, %v, %s", s.data, res.Problem, s)
	}
}

// The rarest outcome is recorded when it comes out again; other runs leave
// nothing behind.
func TestRarestOutcomeAsLanes(t *testing.T) {
	e := newEngine(t)
	s, res := measure(t, e, `n := 0
kernelext.Tally(20, func() string {
	if n++; n%7 == 0 {
		done := make(chan bool)
		go func() { done <- true }()
		<-done
		return "odd"
	}
	return "even"
}, kernelext.ShowRarest())`, nil)
	if res.Problem != nil || len(s.data) != 3 || s.data[0].Kind != "tally" || s.data[2].Kind != "lanes" || !strings.Contains(s.text[1], "“odd” came out again") {
		t.Errorf("got %+v, %v, %s", s.data, res.Problem, s)
	}
	// An outcome that never comes back is told in words.
	s, _ = measure(t, e, `n := 0
kernelext.Tally(20, func() string {
	if n++; n == 3 {
		return "once"
	}
	return "even"
}, kernelext.ShowRarest(), kernelext.Budget(time.Second))`, nil)
	if len(s.text) != 2 || !strings.Contains(s.text[1], "None of the rare outcomes came out again") {
		t.Errorf("got %q, %s", s.text, s)
	}
	if left, err := os.ReadDir(e.path("spool")); err != nil || len(left) > 0 {
		t.Errorf("left in the spool: %v, %v", left, err)
	}
}

// The goroutines of the probe must not get into a picture of lanes.
func TestProbeStaysOutOfRecordings(t *testing.T) {
	e := newEngine(t)
	s, _ := measure(t, e, `kernelext.Lanes(func() { kernelext.Time("inside", func() {}) })`, nil)
	if len(s.data) != 2 || s.data[1].Kind != "lanes" || len(s.data[1].Goroutines) != 1 {
		t.Errorf("got %+v, %s", s.data, s)
	}
}

// What a cell sends may be junk; the learner is told, and nothing breaks.
func TestDrawJunk(t *testing.T) {
	s := &gallery{}
	w := &watcher{execution: &execution{Engine: &Engine{}, sink: s, say: wordsFor("en")}}
	w.Display(display.Display{Data: display.Bundle{display.Draw: `{"version":1,"kind":"unheard of"}`}})
	if len(s.data) != 0 || !strings.Contains(s.String(), "unheard of") {
		t.Errorf("got %+v, %s", s.data, s)
	}
}
