package study

import (
	"errors"
	"net/http"

	"lanebook/internal/notebook"
)

// maxWork is the largest edit a page may send; arbitrary, above any notebook
// with pictures in its outputs that a page can still show.
const maxWork = 64 << 20

// workReply is what the work API says about a notebook.
type workReply struct {
	Message   string     `json:"message,omitempty"`
	Reason    string     `json:"reason,omitempty"`
	ETag      string     `json:"etag"`
	Kept      string     `json:"kept,omitempty"`
	Started   bool       `json:"started"`
	Changed   []string   `json:"changed"`
	Moved     []string   `json:"moved,omitempty"`
	Followed  []followed `json:"followed,omitempty"`
	Conflicts []string   `json:"conflicts"`
	Cells     []cellJSON `json:"cells,omitempty"`
	Removed   []cellJSON `json:"removed,omitempty"` // original cells that the learner deleted
}

func reply(v version, withCells bool) workReply {
	body := workReply{ETag: v.ETag, Started: v.Started, Changed: nonNil(v.Changed), Conflicts: nonNil(v.Conflicts)}
	if withCells {
		body.Cells, body.Moved, body.Followed = cellsJSON(v), v.Moved, v.Followed
		body.Removed = cellsJSON(version{Notebook: &notebook.Notebook{Cells: v.Removed}, Original: v.Original})
	}
	return body
}

func (s *Server) getWork(w http.ResponseWriter, r *http.Request, key string) error {
	if file := r.URL.Query().Get("kept"); file != "" {
		return s.getKept(w, key, file)
	}
	v, err := s.shelf.load(key)
	if err != nil {
		return err
	}
	w.Header().Set("ETag", v.ETag)
	writeJSON(w, http.StatusOK, reply(v, true))
	return nil
}

func (s *Server) putWork(w http.ResponseWriter, r *http.Request, key string) error {
	match := r.Header.Get("If-Match")
	if match == "" {
		return fail(http.StatusPreconditionRequired, "say in If-Match which version this edit was made from")
	}
	var e edit
	if err := readJSON(w, r, maxWork, &e); err != nil {
		return err
	}
	v, err := s.shelf.save(key, e, match)
	var conflict *errConflict
	if errors.As(err, &conflict) {
		body := reply(conflict.now, true)
		body.Message, body.Reason, body.Kept = conflict.Error(), "conflict", conflict.kept
		w.Header().Set("ETag", conflict.now.ETag)
		writeJSON(w, http.StatusConflict, body)
		return nil
	}
	if err != nil {
		return err
	}
	w.Header().Set("ETag", v.ETag)
	writeJSON(w, http.StatusOK, reply(v, false))
	return nil
}

// deleteWork answers with the notebook as it is now, since a page that resets
// one cell wants to show it.
func (s *Server) deleteWork(w http.ResponseWriter, r *http.Request, key string) error {
	if file := r.URL.Query().Get("kept"); file != "" {
		if err := s.shelf.discard(key, file); err != nil {
			return err
		}
		return s.getWork(w, withoutQuery(r), key)
	}
	query := r.URL.Query()
	v, err := s.shelf.reset(key, undo{cell: query.Get("cell"), place: query.Get("place")})
	if err != nil {
		return err
	}
	w.Header().Set("ETag", v.ETag)
	writeJSON(w, http.StatusOK, reply(v, true))
	return nil
}

func withoutQuery(r *http.Request) *http.Request {
	plain := r.Clone(r.Context())
	plain.URL.RawQuery = ""
	return plain
}
