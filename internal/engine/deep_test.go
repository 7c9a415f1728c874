package engine

import (
	"encoding/json"
	"strings"
	"testing"

	"lanebook/internal/display"
	"lanebook/internal/gotrace"
	"lanebook/internal/stuck"
)

// A cell that asks for deep recording gets the runtime that tells more: the
// verdict names the locks, their holders and the circle.
func TestDeep(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles much of the standard library the first time")
	}
	e := newEngine(t)
	s := &pictures{}
	r, err := e.Execute(t.Context(), Cell{Name: "cell[1]", Source: `import "lanebook/kernelext"
%%
kernelext.Observer(func() { ch := make(chan int, 1); ch <- 1; <-ch }, kernelext.Samples(2), kernelext.Budget(100*time.Millisecond))
kernelext.Deep(func() {
	var left, right sync.Mutex
	jobs := make(chan int, 2)
	jobs <- 1
	var wg sync.WaitGroup
	var both sync.WaitGroup // hold one
	both.Add(2)
	wg.Go(func() { left.Lock(); both.Done(); both.Wait(); right.Lock() })
	wg.Go(func() { right.Lock(); both.Done(); both.Wait(); left.Lock() })
	wg.Wait()
})`}, s)
	if err != nil || problemName(r) != "Deadlock" {
		t.Fatal(problemName(r), err)
	}
	var data gotrace.Data
	looked := false
	for _, d := range s.shown {
		if text, ok := d.Data[display.Data].(string); ok && strings.Contains(text, `"observer"`) {
			looked = strings.Contains(text, `"name":"Lanes"`) && strings.Contains(text, `"name":"Deep"`)
		}
		if text, ok := d.Data[display.Data].(string); ok && strings.Contains(text, `"objects"`) {
			if err := json.Unmarshal([]byte(text), &data); err != nil {
				t.Fatal(err)
			}
		}
	}
	names := map[string]bool{}
	for _, o := range data.Objects {
		names[o.Name] = true
	}
	if !looked {
		t.Error("the observer effect of Deep was not measured")
	}
	if !names["left"] || !names["right"] || !names["jobs"] || len(data.Cycle) != 2 {
		t.Errorf("objects %v, circle %v", names, data.Cycle)
	}
}

// Watch has the same runtime, and so knows the circle for certain, although
// both goroutines stand at the same lines.
func TestWatchKnowsTheHolders(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles much of the standard library the first time")
	}
	e := newEngine(t)
	s := &pictures{}
	r, err := e.Execute(t.Context(), Cell{Name: "cell[1]", Source: `import "lanebook/kernelext"

type account struct{ mu sync.Mutex }

var both sync.WaitGroup // hold one

func transfer(from, to *account) {
	from.mu.Lock()
	defer from.mu.Unlock()
	both.Done()
	both.Wait()
	to.mu.Lock()
	defer to.mu.Unlock()
}

%%
kernelext.Watch(func() {
	var ann, bob account
	kernelext.Label(&ann.mu, "Ann's lock")
	both.Add(2)
	var wg sync.WaitGroup
	wg.Go(func() { kernelext.Name("Ann"); transfer(&ann, &bob) })
	wg.Go(func() { kernelext.Name("Bob"); transfer(&bob, &ann) })
	wg.Wait()
})`}, s)
	if err != nil || problemName(r) != "Deadlock" {
		t.Fatal(problemName(r), err)
	}
	var data stuck.Data
	for _, d := range s.shown {
		if text, ok := d.Data[display.Data].(string); ok && strings.Contains(text, `"verdict"`) {
			if err := json.Unmarshal([]byte(text), &data); err != nil {
				t.Fatal(err)
			}
		}
	}
	if data.Verdict != "deadlock" || len(data.Cycle) != 2 {
		t.Errorf("%s, circle %v", data.Verdict, data.Cycle)
	}
	held := map[string]string{}
	for _, g := range data.Goroutines {
		for _, h := range g.Holds {
			held[g.Name] += h.Object
		}
	}
	if held["Ann"] != "Ann's lock" || held["Bob"] == "" {
		t.Errorf("held: %v", held)
	}
}
