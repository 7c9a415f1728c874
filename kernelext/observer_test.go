package kernelext

import (
	"runtime"
	"runtime/trace"
	"strings"
	"testing"
)

// Every way to look is measured on the same function, and nothing is left of
// it: no recording, no goroutine, no picture of lanes.
func TestObserver(t *testing.T) {
	out := quiet(t)
	before := runtime.NumGoroutine()
	recorded, calls := 0, 0
	got := Observer(func() {
		calls++
		if trace.IsEnabled() {
			recorded++
		}
		ch := make(chan int)
		go func() { ch <- 1 }()
		<-ch
	}, soon...)
	if len(got) < 3 || got[2].Name != "Lanes" || got[0].Wall <= 0 || recorded == 0 || recorded == calls {
		t.Errorf("got %+v, %d of %d calls recorded", got, recorded, calls)
	}
	if trace.IsEnabled() {
		t.Error("tracing goes on")
	}
	noMoreThan(t, before)
	if text := out(); strings.Contains(text, "kernelext:") || strings.Contains(text, "│") || !strings.Contains(text, "Lanes") {
		t.Errorf("got %s", text)
	}
}

func TestObserverOddUse(t *testing.T) {
	out := quiet(t)
	if Observer(nil) != nil || strings.Count(out(), "kernelext: ") != 1 {
		t.Error("a nil function was measured")
	}
	ran := false
	Lanes(func() {
		if Observer(func() { ran = true }, soon...) != nil {
			t.Error("measured under a recording")
		}
	})
	if !ran {
		t.Error("the function did not run")
	}
	// A panic under a recording goes on, and the recording ends.
	calls := 0
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic got lost")
			}
		}()
		Observer(func() {
			if calls++; trace.IsEnabled() {
				panic("boom")
			}
		}, soon...)
	}()
	if trace.IsEnabled() {
		t.Error("tracing goes on")
	}
}

// Task runs its function in any case.
func TestTask(t *testing.T) {
	out := quiet(t)
	ran := 0
	Task("outside of Lanes", func() { ran++ })
	Task("nothing", nil)
	Lanes(func() {
		Task("", func() { Task("inside", func() { ran++ }) })
		func() {
			defer func() { recover() }()
			Task("falls", func() { panic("boom") })
		}()
		Task("after it", func() { ran++ })
	})
	if ran != 3 || strings.Count(out(), "kernelext: ") != 1 {
		t.Errorf("%d functions ran; said %s", ran, out())
	}
}

// Whatever wants a function says so when it gets none, and goes on.
func TestNilFunctions(t *testing.T) {
	out := quiet(t)
	Lanes(nil)
	Deep(nil, "title")
	Watch(nil)
	Task("x", nil)
	Observer(nil)
	Time("x", nil)
	Tally(3, nil)
	Compare(Case("x", nil))
	Sweep("x", []int{1}, nil)
	if n := strings.Count(out(), "kernelext: "); n != 9 {
		t.Errorf("%d complaints:\n%s", n, out())
	}
}
