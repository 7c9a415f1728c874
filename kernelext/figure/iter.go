package figure

import (
	"fmt"
	"iter"
	"runtime"
	"strings"
)

// stack is what stood on a stack at a moment, innermost call first.
type stack struct {
	of     string
	frames []string
}

// Push passes seq on and records how control goes back and forth between the
// producer and the loop that ranges over it. The figure also shows the stack
// while a value is yielded: producer and loop share one.
func Push[V any](s *Steps, producer, consumer string, seq iter.Seq[V]) iter.Seq[V] {
	return func(yield func(V) bool) {
		s.Send(consumer, producer, "range")
		seq(func(v V) bool {
			s.seen(consumer+" + "+producer, consumer)
			s.Send(producer, consumer, fmt.Sprintf("yield(%v)", v))
			more := yield(v)
			s.Send(consumer, producer, fmt.Sprintf("yield returns %v", more))
			return more
		})
		s.Send(producer, consumer, "return")
	}
}

// Pull is iter.Pull, and records how control goes back and forth. The figure
// also shows the stacks: the producer has one of its own.
func Pull[V any](s *Steps, producer, consumer string, seq iter.Seq[V]) (next func() (V, bool), stop func()) {
	pull, end := iter.Pull(func(yield func(V) bool) {
		seq(func(v V) bool {
			s.seen(producer, "")
			return yield(v)
		})
	})
	next = func() (V, bool) {
		s.seen(consumer, "")
		s.Send(consumer, producer, "next()")
		v, ok := pull()
		if ok {
			s.Send(producer, consumer, fmt.Sprintf("%v, true", v))
		} else {
			s.Send(producer, consumer, zeroText(v)+", false")
		}
		return v, ok
	}
	stop = func() {
		s.Send(consumer, producer, "stop()")
		end()
	}
	return next, stop
}

// zeroText writes the value that next returns when there is none left: the zero
// value of its type.
func zeroText(v any) string {
	if text := fmt.Sprint(v); text != "" {
		return text
	}
	return `""`
}

// seen keeps the stack of the caller's caller, once for each name. On top of
// it comes what is called next, if that is known.
func (s *Steps) seen(of, next string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, known := range s.stacks {
		if known.of == of {
			return
		}
	}
	frames := learners()
	if next != "" {
		frames = append([]string{next}, frames...)
	}
	s.stacks = append(s.stacks, stack{of, frames})
}

// learners are the calls on this goroutine's stack that the learner wrote.
func learners() []string {
	pcs := make([]uintptr, 64)
	var names []string
	for frames, more := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)]), true; more; {
		var f runtime.Frame
		f, more = frames.Next()
		name := f.Function
		if strings.HasPrefix(name, "runtime.") || strings.HasPrefix(name, "iter.") || strings.HasPrefix(name, "testing.") ||
			strings.HasSuffix(f.File, "kernelext/figure/iter.go") {
			continue
		}
		name = strings.ReplaceAll(name[strings.LastIndexByte(name, '/')+1:], "[...]", "")
		// A function literal in a function that was inlined into main is main.main.Fib.func1.
		names = append(names, strings.TrimPrefix(strings.TrimPrefix(name, "main."), "main."))
	}
	return names
}
