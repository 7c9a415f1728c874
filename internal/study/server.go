package study

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"syscall"
	"time"
)

// Options says what a Server serves and to whom.
type Options struct {
	Version   string
	Templates *template.Template // "index.html" and "chapter.html", given IndexPage and ChapterPage
	Assets    fs.FS              // served under /assets/

	Course  fs.FS  // originals: en/NAME.ipynb, zh/NAME.ipynb
	WorkDir string // where the learner's work on the course is saved
	Path    string // a notebook or folder of the learner's own, shown instead of the course

	Start StartKernel // starts the kernels

	AllowRemote  bool     // listen on an address that others can reach
	AllowOrigins []string // sites whose pages may use the Jupyter Server API if they know the secret
	Log          *slog.Logger
}

// A Server is one start of the study server: one listener, one secret.
type Server struct {
	options  Options
	listener net.Listener
	secret   string
	shelf    shelf
	kernels  *kernels
	sessions sessions
	status   status
	rendered rendered
	digests  digests
	started  time.Time
	http     http.Server
}

// New listens on addr ("127.0.0.1:0" for any free port) and prepares
// everything that can fail before the first request.
func New(addr string, options Options) (*Server, error) {
	if options.Log == nil {
		options.Log = slog.New(slog.DiscardHandler)
	}
	var books shelf = newCourse(options.Course, options.WorkDir)
	if options.Path != "" {
		own, err := openFolder(options.Path)
		if err != nil {
			return nil, err
		}
		books = own
	}
	others, err := newOrigins(options.AllowOrigins)
	if err != nil {
		return nil, err
	}
	listener, err := listen(addr, options.AllowRemote)
	if err != nil {
		return nil, err
	}
	s := &Server{
		options:  options,
		listener: listener,
		secret:   newSecret(),
		shelf:    books,
		kernels:  newKernels(options.Start),
		started:  time.Now(),
	}
	s.kernels.gone = s.sessions.dropKernel
	s.http = http.Server{
		Handler:           newGate(s.routes(), listener.Addr().(*net.TCPAddr), s.secret, options.AllowRemote, others),
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(options.Log.Handler(), slog.LevelDebug),
	}
	return s, nil
}

// listen refuses an address that other machines can reach, unless told so: a
// server that runs code must not be put on a network by a typing slip.
func listen(addr string, allowRemote bool) (net.Listener, error) {
	resolved, err := net.ResolveTCPAddr("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", addr, err)
	}
	if !allowRemote && !resolved.IP.IsLoopback() {
		return nil, fmt.Errorf("listen on %s: whoever reaches this address and learns the secret can run programs as you; "+
			"use 127.0.0.1, or say --allow-remote", addr)
	}
	listener, err := net.Listen("tcp", resolved.String())
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("%w; another program, perhaps another lanebook, is there: leave --addr out for any free port", err)
	}
	if err != nil {
		return nil, err // already says what and where
	}
	return listener, nil
}

// URL is the address a browser opens: it holds the secret.
func (s *Server) URL() string {
	return fmt.Sprintf("http://%s/?token=%s", s.listener.Addr(), s.secret)
}

// routes is the list of everything we answer to.
func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.index)
	mux.HandleFunc("GET /tree", s.tree)
	mux.Handle("GET /assets/", http.StripPrefix("/assets/", assets(s.options.Assets)))
	for path, key := range map[string]func(*http.Request) string{
		"/en/{chapter}": func(r *http.Request) string { return "en/" + r.PathValue("chapter") },
		"/zh/{chapter}": func(r *http.Request) string { return "zh/" + r.PathValue("chapter") },
		"/nb/{path...}": func(r *http.Request) string { return r.PathValue("path") },
	} {
		mux.HandleFunc("GET "+path, s.chapter(key))
		mux.Handle("GET /work"+path, onKey(key, s.getWork))
		mux.Handle("PUT /work"+path, onKey(key, s.putWork))
		mux.Handle("DELETE /work"+path, onKey(key, s.deleteWork))
	}
	for pattern, handler := range map[string]answer{
		"GET /api":                         s.apiVersion,
		"/api/":                            s.apiNothing,
		"GET /api/lanebook/status":         s.apiLanebookStatus,
		"GET /api/lanebook/search":         s.search,
		"POST /api/lanebook/format":        s.formatCell,
		"POST /api/lanebook/markdown":      s.renderCell,
		"GET /api/lanebook/export":         s.getExport,
		"POST /api/lanebook/import":        s.postImport,
		"POST /api/lanebook/notebooks":     s.postNotebook,
		"GET /api/status":                  s.apiStatus,
		"GET /api/me":                      s.apiMe,
		"GET /api/kernelspecs":             s.listKernelSpecs,
		"GET /api/kernelspecs/{name}":      s.getKernelSpec,
		"GET /api/kernels":                 s.listKernels,
		"POST /api/kernels":                s.postKernel,
		"GET /api/kernels/{id}":            s.getKernel,
		"DELETE /api/kernels/{id}":         s.deleteKernel,
		"POST /api/kernels/{id}/interrupt": s.interruptKernel,
		"POST /api/kernels/{id}/restart":   s.restartKernel,
		"GET /api/kernels/{id}/channels":   s.channels,
		"GET /api/sessions":                s.listSessions,
		"POST /api/sessions":               s.postSession,
		"GET /api/sessions/{id}":           s.getSession,
		"PATCH /api/sessions/{id}":         s.patchSession,
		"DELETE /api/sessions/{id}":        s.deleteSession,
	} {
		mux.Handle(pattern, handler)
	}
	return mux
}

// onKey adapts a handler of the work API.
func onKey(key func(*http.Request) string, handle func(http.ResponseWriter, *http.Request, string) error) http.Handler {
	return answer(func(w http.ResponseWriter, r *http.Request) error { return handle(w, r, key(r)) })
}

// answer is a handler that has either answered or returns why not.
type answer func(http.ResponseWriter, *http.Request) error

func (a answer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := a(w, r); err != nil {
		writeError(w, err)
	}
}

// Serve answers requests until ctx ends. When it returns, every connection is
// closed and every kernel gone.
func (s *Server) Serve(ctx context.Context) error {
	defer s.kernels.close()
	s.http.BaseContext = func(net.Listener) context.Context { return ctx }
	stop := context.AfterFunc(ctx, func() { s.http.Close() })
	defer stop()
	if err := s.http.Serve(s.listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}
