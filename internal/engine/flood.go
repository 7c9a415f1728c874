package engine

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"lanebook/internal/process"
)

// keptFloods is how many cells' surplus output is kept on disk.
const keptFloods = 3

// floodFile is where text goes that a cell prints beyond what can be shown.
// It is made only when there is such text; older ones make room for it.
func (x *execution) floodFile() string {
	dir := x.path("printed")
	if os.MkdirAll(dir, 0o700) != nil {
		return ""
	}
	name := strings.NewReplacer("[", "-", "]", "", "'", "").Replace(x.shownName(x.cell.Name)) + ".txt"
	files, _ := os.ReadDir(dir)
	files = slices.DeleteFunc(files, func(f os.DirEntry) bool { return f.Name() == name })
	slices.SortFunc(files, func(a, b os.DirEntry) int { return modTime(a).Compare(modTime(b)) })
	for len(files) >= keptFloods {
		_ = os.Remove(filepath.Join(dir, files[0].Name()))
		files = files[1:]
	}
	return filepath.Join(dir, name)
}

func modTime(f os.DirEntry) time.Time {
	if info, err := f.Info(); err == nil {
		return info.ModTime()
	}
	return time.Time{}
}

// flooded says, when the limit is reached or at the end, what became of the
// text that is not shown.
func (w *watcher) flooded(n process.Notice) string {
	switch {
	case n.Kind == process.OutputLimit && n.File != "":
		return fmt.Sprintf(w.say.outputToFile, size(n.Bytes))
	case n.Kind == process.OutputLimit:
		return fmt.Sprintf(w.say.outputLimit, size(n.Bytes))
	case n.File == "":
		return fmt.Sprintf(w.say.outputCut, size(n.Bytes))
	}
	text := fmt.Sprintf(w.say.outputKept, size(n.Kept), n.File)
	if n.Bytes > 0 {
		text += "\n" + fmt.Sprintf(w.say.outputCut, size(n.Bytes))
	}
	return text
}
