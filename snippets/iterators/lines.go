package iterators

import (
	"bufio"
	"io"
	"iter"
)

// Lines yields the lines of r without their line ends, each with a nil error.
// If reading fails, the error comes last, with an empty line.
//
// Lines can be ranged over once: what was read from r does not come again.
func Lines(r io.Reader) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		lines := bufio.NewScanner(r)
		for lines.Scan() {
			if !yield(lines.Text(), nil) {
				return
			}
		}
		if err := lines.Err(); err != nil {
			yield("", err)
		}
	}
}
