// Package solution holds one good answer to each exercise on generators.
package solution

import (
	"bytes"
	"context"
	"io"
	"iter"
	"slices"
)

// Median is the body of a coroutine that answers every number with the median
// of all numbers so far: the one in the middle, or the mean of the two there.
func Median(v float64, yield func(float64) (float64, bool)) {
	var sorted []float64
	mid := 0.0
	for ok := true; ok; v, ok = yield(mid) {
		at, _ := slices.BinarySearch(sorted, v)
		sorted = slices.Insert(sorted, at, v)
		n := len(sorted)
		mid = (sorted[(n-1)/2] + sorted[n/2]) / 2
	}
}

// ChanGen sends 0, 1, … n-1 from a goroutine of its own, which ends when all are
// sent or when ctx is done, whichever comes first.
func ChanGen(ctx context.Context, n int) <-chan int {
	ch := make(chan int)
	go func() {
		defer close(ch)
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

// Records yields the pieces of r that sep separates.
func Records(r io.Reader, sep []byte) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		var buf []byte
		chunk := make([]byte, 8)
		for {
			n, err := r.Read(chunk)
			buf = append(buf, chunk[:n]...)
			for {
				before, after, found := bytes.Cut(buf, sep)
				if !found {
					break
				}
				if !yield(before, nil) {
					return
				}
				buf = after
			}
			if err == io.EOF {
				yield(buf, nil)
				return
			}
			if err != nil {
				yield(buf, err)
				return
			}
		}
	}
}

// DropEmptyEnd yields what records yields, without the last record if that is
// empty. As with Records, a record is valid until the next one is asked for.
func DropEmptyEnd(records iter.Seq2[[]byte, error]) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		empty := false // an empty record has come, and nobody has seen it yet
		for record, err := range records {
			if empty && !yield(nil, nil) {
				return
			}
			empty = len(record) == 0 && err == nil
			if !empty && !yield(record, err) {
				return
			}
		}
	}
}

// Tree is a binary search tree: smaller values are on the left.
type Tree struct {
	Left, Right *Tree
	Value       int
}

// Insert adds a value and returns the tree with it. A nil tree is an empty one.
func (t *Tree) Insert(v int) *Tree {
	switch {
	case t == nil:
		return &Tree{Value: v}
	case v < t.Value:
		t.Left = t.Left.Insert(v)
	default:
		t.Right = t.Right.Insert(v)
	}
	return t
}

// All yields the values of the tree in order.
func (t *Tree) All() iter.Seq[int] {
	return func(yield func(int) bool) { t.walk(yield) }
}

// walk passes the loop body down the tree. It reports whether the loop wants to
// go on.
func (t *Tree) walk(yield func(int) bool) bool {
	return t == nil || t.Left.walk(yield) && yield(t.Value) && t.Right.walk(yield)
}
