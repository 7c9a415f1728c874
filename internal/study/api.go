package study

import (
	"net/http"
	"os/user"
	"time"
)

// The kernel is listed under its own name and under the one that our
// notebooks carry, so that clients which match by name find it.
const defaultKernel = "lanebook"

var kernelNames = map[string]string{
	"lanebook": "Go (lanebook)",
	"gonb":     "Go (lanebook, for GoNB notebooks)",
}

// kernelSpec is a kernelspec in the API's JSON. Clients silently drop a spec
// that lacks any of these.
type kernelSpec struct {
	Name      string            `json:"name"`
	Resources map[string]string `json:"resources"`
	Spec      struct {
		Argv          []string          `json:"argv"`
		DisplayName   string            `json:"display_name"`
		Language      string            `json:"language"`
		InterruptMode string            `json:"interrupt_mode"`
		Metadata      map[string]any    `json:"metadata"`
		Env           map[string]string `json:"env"`
	} `json:"spec"`
}

func newKernelSpec(name string) kernelSpec {
	k := kernelSpec{Name: name, Resources: map[string]string{}}
	k.Spec.Argv = []string{"lanebook", "kernel", "-f", "{connection_file}"} // shown; nobody runs it
	k.Spec.DisplayName = kernelNames[name]
	k.Spec.Language = "go"
	k.Spec.InterruptMode = "message"
	k.Spec.Metadata = map[string]any{}
	k.Spec.Env = map[string]string{}
	return k
}

// apiVersion names the version of Jupyter's server whose API this follows.
func (s *Server) apiVersion(w http.ResponseWriter, r *http.Request) error {
	writeJSON(w, http.StatusOK, map[string]string{"version": "2.14.0"})
	return nil
}

func (s *Server) apiStatus(w http.ResponseWriter, r *http.Request) error {
	connections, last := 0, s.started
	list := s.kernels.list()
	for _, l := range list {
		l.out.Lock()
		connections += l.clients.attached()
		if l.activity.After(last) {
			last = l.activity
		}
		l.out.Unlock()
	}
	writeJSON(w, http.StatusOK, map[string]any{
		"started":       s.started.UTC().Format(time.RFC3339Nano),
		"last_activity": last.UTC().Format(time.RFC3339Nano),
		"connections":   connections,
		"kernels":       len(list),
	})
	return nil
}

func (s *Server) apiMe(w http.ResponseWriter, r *http.Request) error {
	name := "learner"
	if u, err := user.Current(); err == nil && u.Username != "" {
		name = u.Username
	}
	writeJSON(w, http.StatusOK, map[string]any{
		"identity": map[string]any{
			"username": name, "name": name, "display_name": name,
			"initials": nil, "avatar_url": nil, "color": nil,
		},
		"permissions": map[string]any{},
	})
	return nil
}

func (s *Server) listKernelSpecs(w http.ResponseWriter, r *http.Request) error {
	specs := map[string]kernelSpec{}
	for name := range kernelNames {
		specs[name] = newKernelSpec(name)
	}
	writeJSON(w, http.StatusOK, map[string]any{"default": defaultKernel, "kernelspecs": specs})
	return nil
}

func (s *Server) getKernelSpec(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("name")
	if _, ok := kernelNames[name]; !ok {
		return fail(http.StatusNotFound, "Kernel spec %s not found", name)
	}
	writeJSON(w, http.StatusOK, newKernelSpec(name))
	return nil
}

func (s *Server) apiNothing(w http.ResponseWriter, r *http.Request) error {
	return fail(http.StatusNotFound, "there is no %s %s here", r.Method, r.URL.Path)
}
