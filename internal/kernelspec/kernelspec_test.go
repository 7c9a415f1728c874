package kernelspec

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestUserDir(t *testing.T) {
	tests := []struct {
		name, os, home string
		env            map[string]string
		want           string
	}{
		{"Linux", "linux", "/home/ada", nil, "/home/ada/.local/share/jupyter/kernels"},
		{"macOS", "darwin", "/Users/ada", map[string]string{"XDG_DATA_HOME": "/xdg"}, "/Users/ada/Library/Jupyter/kernels"},
		{"XDG", "linux", "/home/ada", map[string]string{"XDG_DATA_HOME": "/xdg"}, "/xdg/jupyter/kernels"},
		{"XDG, not absolute", "linux", "/home/ada", map[string]string{"XDG_DATA_HOME": "xdg"}, "/home/ada/.local/share/jupyter/kernels"},
		{"Jupyter's own variable", "darwin", "", map[string]string{"JUPYTER_DATA_DIR": "/data", "XDG_DATA_HOME": "/xdg"}, "/data/kernels"},
		{"nothing", "linux", "", nil, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := Environment{OS: tt.os, Home: tt.home, Getenv: func(key string) string { return tt.env[key] }}
			got, err := e.UserDir()
			if got != tt.want || (err != nil) != (tt.want == "") {
				t.Errorf("got %q, %v, want %q", got, err, tt.want)
			}
		})
	}
}

func TestInstall(t *testing.T) {
	dir := PrefixDir(t.TempDir())
	for _, binary := range []string{"/old/lanebook", "/new/lanebook"} {
		target, err := Install(dir, "lanebook", New(binary))
		if err != nil {
			t.Fatal(err)
		}
		if target != filepath.Join(dir, "lanebook") {
			t.Errorf("installed in %s", target)
		}
		data, err := os.ReadFile(filepath.Join(target, "kernel.json"))
		if err != nil {
			t.Fatal(err)
		}
		var spec Spec
		if err := json.Unmarshal(data, &spec); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(New(binary), spec); diff != "" {
			t.Errorf("spec differs (-want +got):\n%s", diff)
		}
	}
	var names []string
	entries, err := os.ReadDir(filepath.Join(dir, "lanebook"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if want := []string{"kernel.json", "logo-32x32.png", "logo-64x64.png", "logo-svg.svg"}; !slices.Equal(names, want) {
		t.Errorf("files %v, want %v", names, want)
	}
}

func TestInstallRefusesNames(t *testing.T) {
	for _, name := range []string{"", "a b", "../x", "a/b", "..", "Gö"} {
		if _, err := Install(t.TempDir(), name, New("/x")); err == nil {
			t.Errorf("%q was accepted", name)
		}
	}
}
