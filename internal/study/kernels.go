package study

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/google/uuid"

	"lanebook/internal/jupyter"
)

// Kernel is a running kernel as the server drives it.
type Kernel interface {
	Handle(jupyter.Message) // never blocks
	Interrupt()
	SetLang(lang string)
	Park()                 // lets go of what an idle kernel can do without; it notices nothing
	Wake()                 // undoes Park: it is about to be used
	Done() <-chan struct{} // closed when it has ended, by itself or by Close
	Restarting() bool      // after Done: it ended because it was asked to restart
	Close() error
}

// KernelConfig is what a kernel is started with.
type KernelConfig struct {
	Dir  string // where cells run
	Lang string // of explanations, en or zh
	Send func(jupyter.Message) error
}

// StartKernel starts a kernel that lives until ctx ends or it is closed.
type StartKernel func(ctx context.Context, config KernelConfig) (Kernel, error)

// maxKernels bounds what a client gone wild can start; arbitrary.
const maxKernels = 100

// kernels holds all that run.
type kernels struct {
	start StartKernel
	gone  func(id string) // called when a kernel has ended for good
	ctx   context.Context // ends with the server
	stop  context.CancelFunc

	mu   sync.Mutex
	byID map[string]*live
	last int // number of the newest, which orders lists
}

func newKernels(start StartKernel) *kernels {
	ctx, stop := context.WithCancel(context.Background())
	ks := &kernels{start: start, ctx: ctx, stop: stop, byID: map[string]*live{}}
	go ks.parkIdle()
	return ks
}

// open starts a kernel and returns at once; its state says when it is ready.
func (ks *kernels) open(name, dir, lang string) (*live, error) {
	ks.mu.Lock()
	defer ks.mu.Unlock()
	if ks.ctx.Err() != nil {
		return nil, fail(http.StatusServiceUnavailable, "the server is shutting down")
	}
	if len(ks.byID) >= maxKernels {
		return nil, fail(http.StatusServiceUnavailable, "%d kernels are running; shut one down first", maxKernels)
	}
	ks.last++
	l := newLive(uuid.NewString(), ks.last, name, dir, lang)
	l.start = func() (Kernel, error) {
		return ks.start(ks.ctx, KernelConfig{Dir: dir, Lang: l.language(), Send: l.send})
	}
	l.gone = func() { ks.forget(l.id) }
	ks.byID[l.id] = l
	go l.begin()
	return l, nil
}

// find returns a kernel that runs.
func (ks *kernels) find(id string) (*live, error) {
	ks.mu.Lock()
	defer ks.mu.Unlock()
	if l, ok := ks.byID[id]; ok {
		return l, nil
	}
	return nil, fail(http.StatusNotFound, "Kernel does not exist: %s", id)
}

func (ks *kernels) forget(id string) {
	ks.mu.Lock()
	delete(ks.byID, id)
	ks.mu.Unlock()
	ks.gone(id)
}

func (ks *kernels) list() []*live {
	ks.mu.Lock()
	defer ks.mu.Unlock()
	var list []*live
	for _, l := range ks.byID {
		list = append(list, l)
	}
	slices.SortFunc(list, func(a, b *live) int { return a.number - b.number })
	return list
}

// close shuts all kernels down and returns when they are gone.
func (ks *kernels) close() {
	ks.mu.Lock()
	ks.stop()
	ks.mu.Unlock()
	var wg sync.WaitGroup
	for _, l := range ks.list() {
		wg.Go(l.close)
	}
	wg.Wait()
}

// kernelRequest is the body of POST /api/kernels, and the part of a session
// that asks for a kernel.
type kernelRequest struct {
	ID       string            `json:"id"`
	Name     string            `json:"name"`
	Path     string            `json:"path"`
	Env      map[string]string `json:"env"`
	Lanebook struct {
		Lang string `json:"lang"`
	} `json:"lanebook"`
}

// lang is what the request says about the language: outright, by the
// environment, or by the folder of the notebook.
func (k kernelRequest) lang(path string) string {
	folder, _, _ := strings.Cut(path, "/")
	for _, lang := range []string{k.Lanebook.Lang, k.Env["LANEBOOK_LANG"], folder} {
		if slices.Contains(languages, lang) {
			return lang
		}
	}
	return ""
}

func (s *Server) openKernel(k kernelRequest, path string) (*live, error) {
	if k.Name == "" {
		k.Name = defaultKernel
	}
	if _, ok := kernelNames[k.Name]; !ok {
		return nil, fail(http.StatusNotImplemented, "No such kernel: %s", k.Name)
	}
	dir := s.shelf.dir(path)
	// JupyterLab, with us as its gateway, says so where its notebook lies.
	if folder := k.Env["KERNEL_WORKING_DIR"]; filepath.IsAbs(folder) {
		if info, err := os.Stat(folder); err == nil && info.IsDir() {
			dir = folder
		}
	}
	return s.kernels.open(k.Name, dir, k.lang(path))
}

func (s *Server) listKernels(w http.ResponseWriter, r *http.Request) error {
	models := []kernelModel{}
	for _, l := range s.kernels.list() {
		models = append(models, l.model())
	}
	writeJSON(w, http.StatusOK, models)
	return nil
}

func (s *Server) postKernel(w http.ResponseWriter, r *http.Request) error {
	var k kernelRequest
	if err := readJSON(w, r, maxRequest, &k); err != nil {
		return err
	}
	l, err := s.openKernel(k, k.Path)
	if err != nil {
		return err
	}
	w.Header().Set("Location", "/api/kernels/"+l.id)
	writeJSON(w, http.StatusCreated, l.model())
	return nil
}

func (s *Server) getKernel(w http.ResponseWriter, r *http.Request) error {
	l, err := s.kernels.find(r.PathValue("id"))
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, l.model())
	return nil
}

func (s *Server) deleteKernel(w http.ResponseWriter, r *http.Request) error {
	l, err := s.kernels.find(r.PathValue("id"))
	if err != nil {
		return err
	}
	l.close()
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (s *Server) interruptKernel(w http.ResponseWriter, r *http.Request) error {
	l, err := s.kernels.find(r.PathValue("id"))
	if err != nil {
		return err
	}
	l.interrupt()
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (s *Server) restartKernel(w http.ResponseWriter, r *http.Request) error {
	l, err := s.kernels.find(r.PathValue("id"))
	if err != nil {
		return err
	}
	l.restart()
	writeJSON(w, http.StatusOK, l.model())
	return nil
}
