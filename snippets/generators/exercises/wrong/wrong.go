// Package wrong holds answers to the exercises on generators that must be
// turned down, each for a reason of its own. They are common mistakes.
package wrong

import (
	"bytes"
	"context"
	"io"
	"iter"
	"slices"
)

// MeanMedian answers with the mean.
func MeanMedian(v float64, yield func(float64) (float64, bool)) {
	total, count := 0.0, 0.0
	for ok := true; ok; v, ok = yield(total / count) {
		total, count = total+v, count+1
	}
}

// UnsortedMedian takes the middle of the numbers as they came.
func UnsortedMedian(v float64, yield func(float64) (float64, bool)) {
	var all []float64
	mid := 0.0
	for ok := true; ok; v, ok = yield(mid) {
		all = append(all, v)
		n := len(all)
		mid = (all[(n-1)/2] + all[n/2]) / 2
	}
}

// UpperMedian takes one of the two in the middle.
func UpperMedian(v float64, yield func(float64) (float64, bool)) {
	var sorted []float64
	for ok := true; ok; v, ok = yield(sorted[len(sorted)/2]) {
		at, _ := slices.BinarySearch(sorted, v)
		sorted = slices.Insert(sorted, at, v)
	}
}

// DeafMedian is right, and does not end.
func DeafMedian(v float64, yield func(float64) (float64, bool)) {
	var sorted []float64
	for {
		at, _ := slices.BinarySearch(sorted, v)
		sorted = slices.Insert(sorted, at, v)
		n := len(sorted)
		v, _ = yield((sorted[(n-1)/2] + sorted[n/2]) / 2)
	}
}

// OpenChanGen heeds its context, and never closes the channel.
func OpenChanGen(ctx context.Context, n int) <-chan int {
	ch := make(chan int)
	go func() {
		for i := range n {
			select {
			case ch <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	return ch
}

// DroppingChanGen does not wait for anybody.
func DroppingChanGen(ctx context.Context, n int) <-chan int {
	ch := make(chan int, 1)
	go func() {
		defer close(ch)
		for i := range n {
			select {
			case ch <- i:
			case <-ctx.Done():
				return
			default: // nobody is there: next
			}
		}
	}()
	return ch
}

// RoomyChanGen makes room for everything, so that it need not wait.
func RoomyChanGen(_ context.Context, n int) <-chan int {
	ch := make(chan int, n)
	for i := range n {
		ch <- i
	}
	close(ch)
	return ch
}

// DrainedChanGen waits for its context after the last number only.
func DrainedChanGen(ctx context.Context, n int) <-chan int {
	ch := make(chan int)
	go func() {
		defer close(ch)
		for i := range n {
			ch <- i
		}
		select {
		case <-ctx.Done():
		default:
		}
	}()
	return ch
}

// MatchingRecords compares byte by byte, and after a false start forgets that
// the byte at hand may begin a separator.
func MatchingRecords(r io.Reader, sep []byte) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		var record []byte
		matched := 0
		one := make([]byte, 1)
		for {
			n, err := r.Read(one)
			if n == 1 {
				if one[0] == sep[matched] {
					matched++
				} else {
					record = append(append(record, sep[:matched]...), one[0])
					matched = 0
				}
				if matched == len(sep) {
					if !yield(record, nil) {
						return
					}
					record, matched = nil, 0
				}
			}
			if err == io.EOF {
				yield(append(record, sep[:matched]...), nil)
				return
			}
			if err != nil {
				yield(record, err)
				return
			}
		}
	}
}

// SilentRecords takes every error for the end.
func SilentRecords(r io.Reader, sep []byte) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		all, _ := io.ReadAll(r)
		for record := range bytes.SplitSeq(all, sep) {
			if !yield(record, nil) {
				return
			}
		}
	}
}

// DeafRecords does not look at what yield returns.
func DeafRecords(r io.Reader, sep []byte) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		all, err := io.ReadAll(r)
		records := bytes.Split(all, sep)
		for _, record := range records[:len(records)-1] {
			yield(record, nil)
		}
		yield(records[len(records)-1], err)
	}
}

// HeldDropEmptyEnd holds on to a record that is not valid any more.
func HeldDropEmptyEnd(records iter.Seq2[[]byte, error]) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		var held []byte
		first := true
		for record, err := range records {
			if err != nil {
				yield(nil, err)
				return
			}
			if !first && !yield(held, nil) {
				return
			}
			held, first = record, false
		}
		if len(held) > 0 {
			yield(held, nil)
		}
	}
}

// AllDropEmptyEnd leaves out every empty record.
func AllDropEmptyEnd(records iter.Seq2[[]byte, error]) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for record, err := range records {
			if (len(record) > 0 || err != nil) && !yield(record, err) {
				return
			}
		}
	}
}

// ManyDropEmptyEnd leaves out all empty records at the end.
func ManyDropEmptyEnd(records iter.Seq2[[]byte, error]) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		owed := 0
		for record, err := range records {
			if len(record) == 0 && err == nil {
				owed++
				continue
			}
			for ; owed > 0; owed-- {
				if !yield(nil, nil) {
					return
				}
			}
			if !yield(record, err) {
				return
			}
		}
	}
}

// SilentDropEmptyEnd takes an error for an empty record.
func SilentDropEmptyEnd(records iter.Seq2[[]byte, error]) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		empty := false
		for record := range records {
			if empty && !yield(nil, nil) {
				return
			}
			if empty = len(record) == 0; !empty && !yield(record, nil) {
				return
			}
		}
	}
}

// tree is a search tree without a walk.
type tree struct {
	left, right *tree
	value       int
}

func grow(numbers []int) *tree {
	var t *tree
	for _, n := range numbers {
		t = t.insert(n)
	}
	return t
}

func (t *tree) insert(v int) *tree {
	switch {
	case t == nil:
		return &tree{value: v}
	case v < t.value:
		t.left = t.left.insert(v)
	default:
		t.right = t.right.insert(v)
	}
	return t
}

// RootFirst yields a value before the smaller ones.
func RootFirst(numbers ...int) iter.Seq[int] {
	var walk func(t *tree, yield func(int) bool) bool
	walk = func(t *tree, yield func(int) bool) bool {
		return t == nil || yield(t.value) && walk(t.left, yield) && walk(t.right, yield)
	}
	return func(yield func(int) bool) { walk(grow(numbers), yield) }
}

// LeftOnly passes on what comes from the left side, and goes on after the right.
func LeftOnly(numbers ...int) iter.Seq[int] {
	var walk func(t *tree, yield func(int) bool) bool
	walk = func(t *tree, yield func(int) bool) bool {
		if t == nil {
			return true
		}
		if !walk(t.left, yield) || !yield(t.value) {
			return false
		}
		walk(t.right, yield)
		return true
	}
	return func(yield func(int) bool) { walk(grow(numbers), yield) }
}
