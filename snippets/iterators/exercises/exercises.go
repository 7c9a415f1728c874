// Package exercises judges the answers to the exercises on iterators. Beside it,
// stub holds the starting points, solution one good answer each, and wrong the
// answers that must be turned down.
package exercises

import (
	"iter"
	"slices"

	"lanebook/kernelext/check"
)

// source is a sequence that knows what was asked of it.
type source struct {
	values []int
	made   int // how many values it has handed out
	begun  int // how often it was started
	open   int // how many of those have not ended yet
}

// upTo is a source of the numbers 1, 2, … n.
func upTo(n int) *source {
	s := &source{}
	for i := range n {
		s.values = append(s.values, i+1)
	}
	return s
}

func (s *source) all(yield func(int) bool) {
	s.begun++
	s.open++
	defer func() { s.open-- }()
	for _, v := range s.values {
		s.made++
		if !yield(v) {
			return
		}
	}
}

// breaksOff is the case of a loop that is left at its first value. A sequence
// that goes on after that ends in a panic.
func breaksOff(seq func() iter.Seq[int], first int) check.Case {
	return check.That(check.Say("a loop over it may break off", "对它的循环可以中途 break"), func(t *check.T) {
		t.Try("for v := range … { break }")
		t.Look(check.Say("what does `yield` return, and who looks at it?", "`yield` 返回了什么？有没有人看？"))
		for v := range seq() {
			check.Equal(t, v, first)
			break
		}
	})
}

// startsAgain is the case of two loops over one sequence.
func startsAgain(seq func() iter.Seq[int], want []int) check.Case {
	return check.That(check.Say("a second loop starts again", "再循环一次，又从头开始"), func(t *check.T) {
		t.Try("for v := range … {}")
		t.Look(check.Say("where are the variables declared that remember something?", "记东西的变量是在哪里声明的？"))
		again := seq()
		for range again {
		}
		check.Equal(t, slices.Collect(again), want)
	})
}
