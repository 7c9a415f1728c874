package toolchain

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Local is a module whose source is a folder of the learner's.
type Local struct {
	Path string // of the module
	Dir  string
}

// modFile is what "go mod edit -json" tells of a go.mod.
type modFile struct {
	Module  struct{ Path string }
	Replace []struct {
		Old, New struct{ Path, Version string }
	}
}

// Local lists the modules that go.mod replaces by local folders, without those
// of the course.
func (m *Module) Local() ([]Local, error) {
	mod, err := m.modFile(context.Background(), m.dir)
	if err != nil {
		return nil, err
	}
	ours := map[string]string{}
	for _, c := range m.t.course.Modules {
		ours[c.Path] = c.Dir
	}
	var local []Local
	for _, r := range mod.Replace {
		if r.New.Version == "" && ours[r.Old.Path] != r.New.Path {
			local = append(local, Local{Path: r.Old.Path, Dir: r.New.Path})
		}
	}
	return local, nil
}

// UseWorkspace adds to go.mod a replacement for every module that go.work in
// the build folder uses, and returns them. They are nil if there is no go.work,
// and with an error, which is the learner's to mend.
func (m *Module) UseWorkspace(ctx context.Context) ([]Local, error) {
	if _, err := os.Stat(filepath.Join(m.dir, "go.work")); err != nil {
		return nil, nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	var work struct{ Use []struct{ DiskPath string } }
	if err := m.ask(ctx, m.dir, &work, "work", "edit", "-json"); err != nil {
		return nil, err
	}
	added := []Local{}
	for _, use := range work.Use {
		dir := use.DiskPath
		if !filepath.IsAbs(dir) {
			dir = filepath.Join(m.dir, dir)
		}
		if dir = filepath.Clean(dir); dir == m.dir {
			continue
		}
		mod, err := m.modFile(ctx, dir)
		if err != nil {
			return nil, err
		}
		if err := m.ask(ctx, m.dir, nil, "mod", "edit", "-replace="+mod.Module.Path+"="+dir); err != nil {
			return nil, err
		}
		added = append(added, Local{Path: mod.Module.Path, Dir: dir})
	}
	return added, nil
}

// modFile reads the go.mod of a folder.
func (m *Module) modFile(ctx context.Context, dir string) (mod modFile, err error) {
	err = m.ask(ctx, dir, &mod, "mod", "edit", "-json")
	return mod, err
}

// ask runs the go command and decodes what it answers, unless nobody wants to
// know.
func (m *Module) ask(ctx context.Context, dir string, answer any, args ...string) error {
	cmd := m.t.goCommand(ctx, dir, append(m.t.plainEnv(), "GOFLAGS=", "GOWORK="), args...)
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.Output()
	switch {
	case err != nil && said.Len() > 0:
		return errors.New(strings.TrimSpace(said.String()))
	case err != nil:
		return fmt.Errorf("go %s: %w", args[0], err)
	case answer == nil:
		return nil
	}
	return json.Unmarshal(out, answer)
}
