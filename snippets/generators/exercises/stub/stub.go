// Package stub holds the starting points of the exercises on generators: they
// compile, and they are wrong or unfinished.
package stub

import (
	"bytes"
	"context"
	"io"
	"iter"
)

// Median is the body of a coroutine that answers every number with the median
// of all numbers so far: the one in the middle, or the mean of the two there.
// It answers with the number itself.
func Median(v float64, yield func(float64) (float64, bool)) {
	for ok := true; ok; v, ok = yield(v) {
		// your code
	}
}

// ChanGen sends 0, 1, … n-1 from a goroutine of its own, which ends when all are
// sent or when ctx is done, whichever comes first. Does it?
func ChanGen(ctx context.Context, n int) <-chan int {
	ch := make(chan int)
	go func() {
		defer close(ch)
		for i := range n {
			if ctx.Err() != nil {
				return
			}
			ch <- i
		}
	}()
	return ch
}

// Records yields the pieces of r that sep separates. It misses a separator now
// and then.
func Records(r io.Reader, sep []byte) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		var record []byte
		chunk := make([]byte, 8)
		for {
			n, err := r.Read(chunk)
			part := chunk[:n]
			for {
				before, after, found := bytes.Cut(part, sep)
				record = append(record, before...)
				if !found {
					break
				}
				if !yield(record, nil) {
					return
				}
				record, part = nil, after
			}
			if err == io.EOF {
				yield(record, nil)
				return
			}
			if err != nil {
				yield(record, err)
				return
			}
		}
	}
}

// DropEmptyEnd yields what records yields, without the last record if that is
// empty. As with Records, a record is valid until the next one is asked for.
func DropEmptyEnd(records iter.Seq2[[]byte, error]) iter.Seq2[[]byte, error] {
	return records // your code
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

// All yields the values of the tree in order. What if the loop ends early?
func (t *Tree) All() iter.Seq[int] {
	return func(yield func(int) bool) {
		if t == nil {
			return
		}
		t.Left.All()(yield)
		if !yield(t.Value) {
			return
		}
		t.Right.All()(yield)
	}
}
