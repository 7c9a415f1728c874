package engine

import (
	"os"
	"path/filepath"
	"regexp"
	"syscall"
	"time"
)

// lockName is the file in a temporary folder that its engine holds locked for
// as long as it lives. The system unlocks it however the process ends.
const lockName = "lock"

// own locks the temporary folder. Where that cannot be done the folder stays
// behind if this process and its supervisor are killed at once.
func (e *Engine) own() {
	f, err := os.OpenFile(e.path(lockName), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return
	}
	if syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) != nil {
		f.Close()
		return
	}
	if e.lock != nil {
		e.lock.Close()
	}
	e.lock = f
}

var homeName = regexp.MustCompile(`^lanebook-[0-9]+$`)

// justMade is the age below which a folder may belong to an engine that has
// not locked it yet.
const justMade = time.Minute

// removeLeftovers removes the folders of engines that were killed together
// with their supervisors, as happens when a machine loses power.
func removeLeftovers() {
	entries, err := os.ReadDir(os.TempDir())
	if err != nil {
		return
	}
	for _, entry := range entries {
		if entry.IsDir() && homeName.MatchString(entry.Name()) {
			removeLeftover(filepath.Join(os.TempDir(), entry.Name()))
		}
	}
}

// removeLeftover removes a folder unless somebody holds its lock. Without a
// lock, or when it is another user's, it is not ours to touch.
func removeLeftover(home string) {
	f, err := os.OpenFile(filepath.Join(home, lockName), os.O_RDWR, 0)
	if err != nil {
		return
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || time.Since(info.ModTime()) < justMade {
		return
	}
	if syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil {
		_ = os.RemoveAll(home) // the next start tries again
	}
}
