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
	file *os.File // nil: nothing is kept
	size int64    // of what was written last
	last time.Time
	took time.Duration // to write
}

// small data are always worth writing: it takes some microseconds.
const small = 4 << 10

// NewKept finds a place to keep data. Without one nothing is kept.
func NewKept() *Kept {
	dir := os.Getenv("LANEBOOK_SPOOL")
	if dir == "" {
		return &Kept{}
	}
	for n := 1; ; n++ {
		f, err := os.OpenFile(filepath.Join(dir, fmt.Sprintf("kept-%d.json", n)), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if !os.IsExist(err) {
			return &Kept{file: f} // nil after any other error
		}
	}
}

// Due reports whether it is time to write again. Writing much takes a tenth of
// the time at most.
func (k *Kept) Due() bool {
	return k.file != nil && (k.size < small || time.Since(k.last) >= 10*k.took)
}

// Write keeps data in the place of what was kept before.
func (k *Kept) Write(data Object) {
	start, text := time.Now(), data.String()
	_, err := k.file.WriteAt([]byte(text), 0)
	if size := int64(len(text)); err == nil && size < k.size {
		err = k.file.Truncate(size)
	}
	if err != nil {
		k.Remove() // half of it is worth nothing
		return
	}
	k.size, k.last = int64(len(text)), time.Now()
	k.took = k.last.Sub(start)
}

// Remove forgets the data: they were drawn.
func (k *Kept) Remove() {
	if k.file != nil {
		k.file.Close()
		os.Remove(k.file.Name())
		k.file = nil
	}
}
