//go:build lanebook

package cell

import (
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// Kept is data of a measurement that is under way. The kernel draws them if
// the program ends before it does so itself: in a deadlock, by a panic, by a kill.
type Kept struct {
	file string
	last time.Time
	took time.Duration // to write
}

// NewKept finds a place to keep data. Without one nothing is kept.
func NewKept() *Kept {
	dir := os.Getenv("LANEBOOK_SPOOL")
	if dir == "" {
		return &Kept{}
	}
	for n := 1; ; n++ {
		name := filepath.Join(dir, fmt.Sprintf("kept-%d.json", n))
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		switch {
		case err == nil:
			f.Close()
			return &Kept{file: name}
		case !os.IsExist(err):
			return &Kept{}
		}
	}
}

// Due reports whether it is time to write again: writing takes a tenth of the
// time at most.
func (k *Kept) Due() bool {
	return k.file != "" && time.Since(k.last) >= 10*k.took
}

// Write keeps data in the place of what was kept before.
func (k *Kept) Write(data Object) {
	start := time.Now()
	// In one step: a program may die at any moment.
	if os.WriteFile(k.file+".new", []byte(data.String()), 0o600) != nil || os.Rename(k.file+".new", k.file) != nil {
		k.Remove()
		return
	}
	k.last = time.Now()
	k.took = k.last.Sub(start)
}

// Remove forgets the data: they were drawn.
func (k *Kept) Remove() {
	if k.file != "" {
		os.Remove(k.file)
		os.Remove(k.file + ".new")
		k.file = ""
	}
}
