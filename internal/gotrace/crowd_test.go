package gotrace

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"lanebook/internal/display"
)

// crowd is a timeline of n workers that take turns: each runs a moment, waits
// for a lock, runs again. The last one has a name and is never done.
func crowd(n, turns int) *Timeline {
	const turn = 20 * time.Microsecond
	end := time.Duration(turns) * turn
	lock := &Pos{File: "cell[1]", Line: 5, Func: "main.work"}
	t := &Timeline{Title: "crowd", End: end, Procs: 2, How: "returned"}
	for id := range int64(n + 1) {
		g := &Goroutine{ID: id + 1, Entry: "main.work", Created: lock, End: end}
		if id > 0 {
			g.Parent = 1
		}
		for at := time.Duration(0); at < end; at += turn {
			g.Intervals = append(g.Intervals,
				Interval{From: at, To: at + turn/4, State: Running, Pos: lock},
				Interval{From: at + turn/4, To: at + turn, State: Waiting, Reason: Lock, Proc: -1, Pos: lock})
			t.Wakes = append(t.Wakes, Wake{At: at + turn, From: 1, To: g.ID, Call: "unlock", Pos: lock, Ended: turn/2 + time.Duration(id)})
		}
		t.Goroutines = append(t.Goroutines, g)
	}
	t.Ranges = []Range{{From: 0, To: end / 2, Kind: "gc"}, {From: end / 2, To: end, Kind: "stop"}}
	last := t.Goroutines[n]
	last.Name, last.named, last.Alive = "the last", true, true
	nameAll(t.Goroutines)
	return t
}

// Of a crowd only so many lanes are drawn, among them those worth seeing, and
// the picture says so.
func TestCrowdIsThinnedOut(t *testing.T) {
	tl := crowd(300, 5)
	shown := tl.lanes()
	if len(shown) != crowdLanes || shown[0] != tl.Goroutines[0] || shown[crowdLanes-1].Name != "the last" {
		t.Errorf("%d lanes, from %s to %s", len(shown), shown[0].Name, shown[len(shown)-1].Name)
	}
	if !slices.IsSortedFunc(shown, func(a, b *Goroutine) int { return int(a.ID - b.ID) }) {
		t.Error("the lanes are not in the order of their creation")
	}
	b := Draw(tl, Options{Lang: "en", HideLines: true})
	for _, form := range []string{display.Text, display.HTML} {
		for _, want := range []string{"12 most telling of 301 goroutines", "300 goroutines ran ", "nobody uses any more, ran once", "this kernel numbers them"} {
			if text := b[form].(string); !strings.Contains(text, want) {
				t.Errorf("%s does not say %q:\n%.2000s", form, want, text)
			}
		}
	}
	if picture := image(t, b); !strings.Contains(picture, `class="gc"`) || !strings.Contains(picture, `class="stop"`) {
		t.Error("the collector is not in the picture")
	}
}

// The data of a large recording stay small, and without gaps.
func TestCrowdDataAreBounded(t *testing.T) {
	for _, size := range []struct{ workers, turns int }{{300, 40}, {1200, 20}} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			var d Data
			if err := json.Unmarshal([]byte(Draw(crowd(size.workers, size.turns), Options{})[display.Data].(string)), &d); err != nil {
				t.Fatal(err)
			}
			intervals := 0
			for _, g := range d.Goroutines {
				at := g.Start
				for _, i := range g.Intervals {
					if i.From != at || i.To <= i.From {
						t.Fatalf("%s: a gap before %+v", g.Name, i)
					}
					at = i.To
				}
				if at != g.End {
					t.Errorf("%s ends at %d, its intervals at %d", g.Name, g.End, at)
				}
				intervals += len(g.Intervals)
			}
			if intervals > maxDataIntervals || len(d.Wakes) > maxDataWakes {
				t.Errorf("%d intervals, %d wakes", intervals, len(d.Wakes))
			}
			if len(d.Goroutines)+d.Hidden != size.workers+1 {
				t.Errorf("%d goroutines and %d hidden", len(d.Goroutines), d.Hidden)
			}
			if size.workers < maxDataGoroutines && d.Resolution == 0 {
				t.Error("nothing says that intervals were put together")
			}
		})
	}
}

// However large a recording is, its picture can be taken in by a page.
func TestCrowdPicturesAreBounded(t *testing.T) {
	for _, size := range []struct{ workers, turns int }{{1, 50_000}, {199, 500}, {999, 100}, {100_000, 5}} {
		b := Draw(crowd(size.workers, size.turns), Options{Lang: "en"})
		sum := 0
		for _, form := range b {
			sum += len(form.(string))
		}
		if sum > 1<<20 {
			t.Errorf("%d goroutines with %d turns: %d bytes, %d of them data", size.workers, size.turns, sum, len(b[display.Data].(string)))
		}
	}
}

// A crowd is counted by what it does, and the counts are those of the recording.
func TestGroups(t *testing.T) {
	tl := crowd(300, 5)
	for _, g := range tl.Goroutines[201:] {
		g.Entry = "main.other"
	}
	gs := tl.groups()
	if len(gs) != 2 || gs[0].name != "work" || len(gs[0].members) != 200 || gs[1].name != "other" || len(gs[1].members) != 100 {
		t.Fatalf("got %d groups, the first %q with %d", len(gs), gs[0].name, len(gs[0].members))
	}
	what, shares := gs[0].mostly()
	if len(what) != 2 || what[0] != "lock" || shares[0] != 75 || what[1] != "running" || shares[1] != 25 {
		t.Errorf("the first group mostly: %v %v", what, shares)
	}
	if most := int(gs[0].most + .5); most != 200 {
		t.Errorf("at most %d at once", most)
	}
}
