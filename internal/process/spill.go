package process

import "os"

// maxSpill bounds the file that takes what is printed beyond the limit: a
// program that prints for ever must not fill the disk. // arbitrary
const maxSpill = 256 << 20

// spill keeps the text that is too much to show: in a file, for who wants it,
// and the last words on stderr, which may say why the program died.
type spill struct {
	path string // of the file; empty: nothing is kept
	file *os.File
	kept int // bytes in the file
	lost int // bytes that are nowhere
	last []byte
}

// lastWords is how much of stderr is passed on at the end.
const lastWords = 64 << 10

// add takes text of a stream.
func (s *spill) add(stream string, b []byte) {
	if stream == "stderr" {
		s.last = append(s.last, b...)
		if len(s.last) > 2*lastWords {
			s.last = append(s.last[:0], s.last[len(s.last)-lastWords:]...)
		}
	}
	s.lost += len(b)
	if s.path == "" {
		return
	}
	if s.file == nil {
		var err error
		if s.file, err = os.OpenFile(s.path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600); err != nil {
			s.path = ""
			return
		}
	}
	// A full disk takes a part, or nothing: what was lost is counted.
	n, _ := s.file.Write(b[:min(len(b), maxSpill-s.kept)])
	s.kept += n
	s.lost -= n
}

// end closes the file and returns its path, or "" if nothing is in it, and the
// last words on stderr, from the beginning of a line.
func (s *spill) end() (path string, last []byte) {
	if s.file != nil {
		if err := s.file.Close(); err == nil && s.kept > 0 {
			path = s.path
		}
	}
	last = s.last
	if len(last) > lastWords {
		last = last[len(last)-lastWords:]
	}
	for i, c := range last {
		if c == '\n' && len(s.last) > lastWords {
			return path, last[i+1:]
		}
	}
	return path, last
}
