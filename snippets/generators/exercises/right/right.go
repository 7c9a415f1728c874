// Package right holds good answers to the exercises on generators that go
// another way than the solutions. They must pass.
package right

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"iter"
	"slices"
)

// SortingMedian sorts all numbers each time.
func SortingMedian(v float64, yield func(float64) (float64, bool)) {
	var numbers []float64
	for {
		numbers = append(numbers, v)
		slices.Sort(numbers)
		middle := numbers[len(numbers)/2]
		if len(numbers)%2 == 0 {
			middle = (middle + numbers[len(numbers)/2-1]) / 2
		}
		var ok bool
		if v, ok = yield(middle); !ok {
			return
		}
	}
}

// RecursiveMedian calls itself for the next number.
func RecursiveMedian(v float64, yield func(float64) (float64, bool)) {
	medianOf(nil, v, yield)
}

func medianOf(sorted []float64, v float64, yield func(float64) (float64, bool)) {
	at, _ := slices.BinarySearch(sorted, v)
	sorted = slices.Insert(sorted, at, v)
	n := len(sorted)
	if next, ok := yield((sorted[(n-1)/2] + sorted[n/2]) / 2); ok {
		medianOf(sorted, next, yield)
	}
}

// WhileChanGen counts only what was received.
func WhileChanGen(ctx context.Context, n int) <-chan int {
	ch := make(chan int)
	go func() {
		defer close(ch)
		for i := 0; i < n; {
			select {
			case <-ctx.Done():
				return
			case ch <- i:
				i++
			}
		}
	}()
	return ch
}

// AheadChanGen is one number ahead of its reader.
func AheadChanGen(ctx context.Context, n int) <-chan int {
	ch := make(chan int, 1)
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

// ByteRecords reads byte by byte and looks at the end of what it has.
func ByteRecords(r io.Reader, sep []byte) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		in := bufio.NewReader(r)
		var record []byte
		for {
			b, err := in.ReadByte()
			if err == io.EOF {
				yield(record, nil)
				return
			}
			if err != nil {
				yield(record, err)
				return
			}
			record = append(record, b)
			if before, found := bytes.CutSuffix(record, sep); found {
				if !yield(before, nil) {
					return
				}
				record = record[:0]
			}
		}
	}
}

// ScannerRecords is a Scanner that also returns the piece after the last
// separator, if it is empty.
func ScannerRecords(r io.Reader, sep []byte) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		ended := false
		in := bufio.NewScanner(r)
		in.Split(func(data []byte, atEOF bool) (int, []byte, error) {
			if at := bytes.Index(data, sep); at >= 0 {
				return at + len(sep), data[:at], nil
			}
			if atEOF && !ended {
				ended = true
				return len(data), append([]byte{}, data...), bufio.ErrFinalToken
			}
			return 0, nil, nil
		})
		for in.Scan() {
			if ended && in.Err() != nil {
				break
			}
			if !yield(in.Bytes(), nil) {
				return
			}
		}
		if err := in.Err(); err != nil {
			yield(nil, err)
		}
	}
}

// CopyingDropEmptyEnd hands out each record one step later, as a copy.
func CopyingDropEmptyEnd(records iter.Seq2[[]byte, error]) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		var held []byte
		holds := false
		for record, err := range records {
			if holds && !yield(held, nil) {
				return
			}
			if holds = err == nil; !holds {
				if !yield(record, err) {
					return
				}
				continue
			}
			held = bytes.Clone(record)
		}
		if holds && len(held) > 0 {
			yield(held, nil)
		}
	}
}

// CountingDropEmptyEnd remembers how many empty records it owes.
func CountingDropEmptyEnd(records iter.Seq2[[]byte, error]) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		owed := 0
		for record, err := range records {
			if err == nil && len(record) == 0 {
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
		for ; owed > 1; owed-- {
			if !yield(nil, nil) {
				return
			}
		}
	}
}

// Tree is a binary search tree.
type Tree struct {
	Left, Right *Tree
	Value       int
}

// Insert adds a value and returns the tree with it.
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

// Ranging forwards both sides by loops.
func (t *Tree) Ranging() iter.Seq[int] {
	return func(yield func(int) bool) {
		if t == nil {
			return
		}
		for v := range t.Left.Ranging() {
			if !yield(v) {
				return
			}
		}
		if !yield(t.Value) {
			return
		}
		for v := range t.Right.Ranging() {
			if !yield(v) {
				return
			}
		}
	}
}

// Stacking keeps the way back in a slice.
func (t *Tree) Stacking() iter.Seq[int] {
	return func(yield func(int) bool) {
		var back []*Tree
		for at := t; at != nil || len(back) > 0; {
			if at != nil {
				back = append(back, at)
				at = at.Left
				continue
			}
			at = back[len(back)-1]
			back = back[:len(back)-1]
			if !yield(at.Value) {
				return
			}
			at = at.Right
		}
	}
}
