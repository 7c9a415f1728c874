package toolchain

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// recallFor is how long a session may get the versions that an earlier one on
// this machine has fetched; then "go get" looks for newer ones. // arbitrary
const recallFor = 24 * time.Hour

// fetched are a session's module files after it has fetched something.
type fetched struct{ Mod, Sum []byte }

// fetchedFile is where the outcome of fetching packages is kept, by the module
// files of before.
func (m *Module) fetchedFile(before string, wanted []string) string {
	wanted = slices.Sorted(slices.Values(wanted))
	return filepath.Join(m.t.cacheDir, "modules-"+m.t.key(), "fetched-"+hash(append(wanted, before)...)+".json")
}

// keepFetched keeps the module files for sessions that will want the same.
// Without it they fetch again.
func (m *Module) keepFetched(before string, wanted []string) {
	mod, err1 := os.ReadFile(filepath.Join(m.dir, "go.mod"))
	sum, err2 := os.ReadFile(filepath.Join(m.dir, "go.sum"))
	data, err3 := json.Marshal(fetched{mod, sum})
	if errors.Join(err1, err2, err3) == nil {
		_ = writeFile(m.fetchedFile(before, wanted), data)
	}
}

// recall puts the module files in place that an earlier session has got for
// the same packages, which saves asking the go command three times. It reports
// whether there were any. The caller holds m.mu.
func (m *Module) recall(before string, wanted []string) bool {
	file := m.fetchedFile(before, wanted)
	info, err := os.Stat(file)
	if err != nil || time.Since(info.ModTime()) > recallFor || m.noFetch.Load() {
		return false
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return false
	}
	var got fetched
	if err := json.Unmarshal(data, &got); err != nil {
		return false
	}
	return errors.Join(writeFile(filepath.Join(m.dir, "go.mod"), got.Mod), writeFile(filepath.Join(m.dir, "go.sum"), got.Sum)) == nil
}
