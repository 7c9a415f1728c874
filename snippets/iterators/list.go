package iterators

import "iter"

// MyList is a container of numbers. Its slice is nobody else's business.
type MyList struct {
	items []int
}

// Add puts a number at the end.
func (l *MyList) Add(item int) { l.items = append(l.items, item) }

// All yields the numbers in the order in which they were added.
func (l *MyList) All() iter.Seq[int] {
	return func(yield func(int) bool) {
		for _, item := range l.items {
			if !yield(item) {
				return
			}
		}
	}
}

// Backward yields the numbers with their positions, the last one first.
func (l *MyList) Backward() iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		for i := len(l.items) - 1; i >= 0; i-- {
			if !yield(i, l.items[i]) {
				return
			}
		}
	}
}

// NameList is a list that is its own iterator, as many Python tutorials write
// it: the position is a field of the list. So there is one position for
// everybody, and it never goes back.
type NameList struct {
	names []string
	at    int
}

// Add puts a name at the end.
func (l *NameList) Add(name string) { l.names = append(l.names, name) }

// Next returns the next name and true, or "" and false when all were handed out.
func (l *NameList) Next() (string, bool) {
	if l.at == len(l.names) {
		return "", false
	}
	l.at++
	return l.names[l.at-1], true
}

// All yields the names in order. The position is a variable of the running
// loop, so any number of loops can go on, each with its own.
func (l *NameList) All() iter.Seq[string] {
	return func(yield func(string) bool) {
		for at := 0; at < len(l.names); at++ {
			if !yield(l.names[at]) {
				return
			}
		}
	}
}
