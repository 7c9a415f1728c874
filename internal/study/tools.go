package study

import (
	"net/http"

	"lanebook/internal/program"
	"lanebook/internal/render"
)

// maxSource is the largest text of one cell that is laid out or rendered;
// arbitrary.
const maxSource = 4 << 20

// text is the body of requests about the text of one cell.
type text struct {
	Source string `json:"source"`
}

// formatCell lays a cell of code out as gofmt would.
func (s *Server) formatCell(w http.ResponseWriter, r *http.Request) error {
	var t text
	if err := readJSON(w, r, maxSource, &t); err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, text{Source: program.Format(t.Source)})
	return nil
}

// renderCell turns a note of the learner's into harmless HTML, the same way as
// the prose of the course.
func (s *Server) renderCell(w http.ResponseWriter, r *http.Request) error {
	var t text
	if err := readJSON(w, r, maxSource, &t); err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, map[string]any{"html": render.Markdown(t.Source)})
	return nil
}
