package study

import (
	"net/http"
	"path"
	"slices"
	"sync"

	"github.com/google/uuid"
)

// maxRequest is the largest body of an API request that holds no notebook;
// arbitrary.
const maxRequest = 1 << 20

// session ties a name that a client chose (a notebook's path) to a kernel.
type session struct {
	id, path, name, kind string
	kernel               *live
}

type sessions struct {
	mu   sync.Mutex
	list []*session

	opening sync.Mutex // one POST at a time: two for one path share a session
}

// sessionModel is a session in the API's JSON.
type sessionModel struct {
	ID       string      `json:"id"`
	Path     string      `json:"path"`
	Name     string      `json:"name"`
	Type     string      `json:"type"`
	Kernel   kernelModel `json:"kernel"`
	Notebook struct {
		Path string `json:"path"`
		Name string `json:"name"`
	} `json:"notebook"` // for clients older than type
}

func (ss *session) model() sessionModel {
	m := sessionModel{ID: ss.id, Path: ss.path, Name: ss.name, Type: ss.kind, Kernel: ss.kernel.model()}
	m.Notebook.Path, m.Notebook.Name = ss.path, ss.name
	return m
}

// sessionRequest is the body of POST and PATCH. Nil fields were not sent.
type sessionRequest struct {
	Path     *string        `json:"path"`
	Name     *string        `json:"name"`
	Type     *string        `json:"type"`
	Kernel   *kernelRequest `json:"kernel"`
	Notebook *struct {
		Path *string `json:"path"`
		Name *string `json:"name"`
	} `json:"notebook"`
	Lanebook struct {
		Lang string `json:"lang"`
	} `json:"lanebook"`
}

func (s *Server) readSession(w http.ResponseWriter, r *http.Request) (sessionRequest, error) {
	var q sessionRequest
	if err := readJSON(w, r, maxRequest, &q); err != nil {
		return q, err
	}
	if q.Path == nil && q.Notebook != nil {
		q.Path, q.Name = q.Notebook.Path, q.Notebook.Name
	}
	return q, nil
}

func (s *Server) listSessions(w http.ResponseWriter, r *http.Request) error {
	models := []sessionModel{}
	for _, ss := range s.sessions.all() {
		models = append(models, s.sessions.model(ss))
	}
	writeJSON(w, http.StatusOK, models)
	return nil
}

func (s *Server) postSession(w http.ResponseWriter, r *http.Request) error {
	q, err := s.readSession(w, r)
	if err != nil {
		return err
	}
	if q.Path == nil {
		return fail(http.StatusBadRequest, "Missing field in JSON data: path")
	}
	s.sessions.opening.Lock()
	defer s.sessions.opening.Unlock()
	ss := s.sessions.byPath(*q.Path)
	if ss == nil {
		ss = &session{id: uuid.NewString(), path: *q.Path, kind: "notebook"}
		ss.rename(q)
		if ss.kernel, err = s.sessionKernel(q, ss.path); err != nil {
			return err
		}
		s.sessions.add(ss)
	} else if lang := q.lang(); lang != "" {
		s.sessions.kernel(ss).setLang(lang)
	}
	w.Header().Set("Location", "/api/sessions/"+ss.id)
	writeJSON(w, http.StatusCreated, s.sessions.model(ss))
	return nil
}

// sessionKernel finds or starts the kernel that a session asks for.
func (s *Server) sessionKernel(q sessionRequest, path string) (*live, error) {
	k := kernelRequest{}
	if q.Kernel != nil {
		k = *q.Kernel
	}
	if k.ID != "" {
		return s.kernels.find(k.ID)
	}
	k.Lanebook.Lang = q.lang()
	return s.openKernel(k, path)
}

// lang is the language that the request names outright.
func (q sessionRequest) lang() string {
	if slices.Contains(languages, q.Lanebook.Lang) {
		return q.Lanebook.Lang
	}
	if q.Kernel != nil {
		return q.Kernel.lang("")
	}
	return ""
}

func (ss *session) rename(q sessionRequest) {
	if q.Path != nil {
		ss.path = *q.Path
	}
	if q.Name != nil {
		ss.name = *q.Name
	}
	if q.Type != nil && *q.Type != "" {
		ss.kind = *q.Type
	}
	if ss.name == "" {
		ss.name = path.Base(ss.path)
	}
}

func (s *Server) getSession(w http.ResponseWriter, r *http.Request) error {
	ss, err := s.sessions.find(r.PathValue("id"))
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, s.sessions.model(ss))
	return nil
}

func (s *Server) patchSession(w http.ResponseWriter, r *http.Request) error {
	ss, err := s.sessions.find(r.PathValue("id"))
	if err != nil {
		return err
	}
	q, err := s.readSession(w, r)
	if err != nil {
		return err
	}
	if lang := q.lang(); lang != "" {
		s.sessions.kernel(ss).setLang(lang)
	}
	var old *live
	if q.Kernel != nil && (q.Kernel.ID != "" || q.Kernel.Name != "") {
		path := ss.path
		if q.Path != nil {
			path = *q.Path
		}
		kernel, err := s.sessionKernel(q, path)
		if err != nil {
			return err
		}
		old = s.sessions.swap(ss, kernel)
	}
	s.sessions.mu.Lock()
	ss.rename(q)
	s.sessions.mu.Unlock()
	if old != nil {
		old.close() // a changed session has left it
	}
	writeJSON(w, http.StatusOK, s.sessions.model(ss))
	return nil
}

func (s *Server) deleteSession(w http.ResponseWriter, r *http.Request) error {
	ss, err := s.sessions.find(r.PathValue("id"))
	if err != nil {
		return err
	}
	s.sessions.remove(ss)
	if kernel := s.sessions.kernel(ss); !s.sessions.uses(kernel) {
		kernel.close()
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (all *sessions) add(ss *session) {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.list = append(all.list, ss)
}

func (all *sessions) all() []*session {
	all.mu.Lock()
	defer all.mu.Unlock()
	return slices.Clone(all.list)
}

func (all *sessions) byPath(path string) *session {
	all.mu.Lock()
	defer all.mu.Unlock()
	for _, ss := range all.list {
		if ss.path == path {
			return ss
		}
	}
	return nil
}

func (all *sessions) find(id string) (*session, error) {
	all.mu.Lock()
	defer all.mu.Unlock()
	for _, ss := range all.list {
		if ss.id == id {
			return ss, nil
		}
	}
	return nil, fail(http.StatusNotFound, "Session not found: %s", id)
}

func (all *sessions) model(ss *session) sessionModel {
	all.mu.Lock()
	defer all.mu.Unlock()
	return ss.model()
}

func (all *sessions) kernel(ss *session) *live {
	all.mu.Lock()
	defer all.mu.Unlock()
	return ss.kernel
}

func (all *sessions) remove(ss *session) {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.list = slices.DeleteFunc(all.list, func(other *session) bool { return other == ss })
}

func (all *sessions) dropKernel(id string) {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.list = slices.DeleteFunc(all.list, func(ss *session) bool { return ss.kernel.id == id })
}

// swap gives a session another kernel and returns the old one if no other
// session uses it.
func (all *sessions) swap(ss *session, kernel *live) *live {
	all.mu.Lock()
	old := ss.kernel
	ss.kernel = kernel
	all.mu.Unlock()
	if old == kernel || all.uses(old) {
		return nil
	}
	return old
}

func (all *sessions) uses(kernel *live) bool {
	all.mu.Lock()
	defer all.mu.Unlock()
	return slices.ContainsFunc(all.list, func(ss *session) bool { return ss.kernel == kernel })
}
