// Package exercises judges the answers to the exercises on generators. Beside
// it, stub holds the starting points, solution one good answer each, and wrong
// the answers that must be turned down.
package exercises

import (
	"io"
	"iter"
)

// pieces reads each of its texts by a Read of its own.
type pieces struct {
	texts []string
	err   error // after the last one; nil means io.EOF
}

func (p *pieces) Read(b []byte) (int, error) {
	if len(p.texts) == 0 {
		if p.err != nil {
			return 0, p.err
		}
		return 0, io.EOF
	}
	n := copy(b, p.texts[0])
	if p.texts[0] = p.texts[0][n:]; p.texts[0] == "" {
		p.texts = p.texts[1:]
	}
	return n, nil
}

// byBytes cuts a text into pieces of n bytes.
func byBytes(text string, n int) *pieces {
	p := &pieces{}
	for len(text) > n {
		p.texts, text = append(p.texts, text[:n]), text[n:]
	}
	p.texts = append(p.texts, text)
	return p
}

// drain copies the records of a sequence, up to the first error.
func drain(records iter.Seq2[[]byte, error]) (got []string, err error) {
	for record, err := range records {
		if err != nil {
			return got, err
		}
		got = append(got, string(record))
	}
	return got, nil
}
