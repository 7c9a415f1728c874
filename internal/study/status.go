package study

import (
	"net/http"
	"sync"
)

// Progress says how far the preparation of the toolchain has come. Pages show
// it to a learner who would otherwise wait for a first cell in silence.
type Progress struct {
	Ready bool   `json:"ready"`
	Stage string `json:"stage"`
	Done  int    `json:"done"`
	Total int    `json:"total"`
	Error string `json:"error"` // why it will never be ready; empty when all is well
}

// status is the latest Progress.
type status struct {
	mu  sync.Mutex
	now Progress
}

// SetProgress records what pages are told from now on.
func (s *Server) SetProgress(p Progress) {
	s.status.mu.Lock()
	defer s.status.mu.Unlock()
	s.status.now = p
}

func (s *Server) apiLanebookStatus(w http.ResponseWriter, r *http.Request) error {
	s.status.mu.Lock()
	now := s.status.now
	s.status.mu.Unlock()
	writeJSON(w, http.StatusOK, struct {
		Progress
		Version string `json:"version"`
	}{now, s.options.Version})
	return nil
}
