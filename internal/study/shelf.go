package study

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"lanebook/internal/notebook"
)

// A shelf is where notebooks come from and where the learner's work goes:
// the course with its originals, or a folder of the learner's own. Keys are
// slash-separated paths without a leading slash.
type shelf interface {
	// list names what there is, in reading order.
	list() ([]item, error)
	// load returns the learner's version of one notebook.
	load(key string) (version, error)
	// save applies an edit if match is the version on disk (or "*").
	// If it is not, the edit is kept in a file of its own: errConflict.
	save(key string, e edit, match string) (version, error)
	// reset gives up the learner's work on a notebook, or some of it.
	reset(key string, what undo) (version, error)
	// dir is the folder in which the cells of a notebook run.
	dir(key string) string
	// kept reads one of the files that hold what could not be saved; discard
	// removes it.
	kept(key, file string) (*notebook.Notebook, error)
	discard(key, file string) error
}

// item is one notebook in a list.
type item struct {
	Key     string
	Title   string
	Started bool   // there is work of the learner's
	Stamp   string // changes whenever the learner's file does
}

// stamp tells one state of a file from the next without reading it.
func stamp(info fs.FileInfo) string {
	return fmt.Sprint(info.ModTime().UnixNano(), " ", info.Size())
}

// version is one state of a notebook. Its ETag changes with every byte of the
// learner's file and of the original.
type version struct {
	Notebook  *notebook.Notebook
	ETag      string
	Started   bool
	Original  map[string]string // source of each original cell by id; nil for own notebooks
	Removed   []notebook.Cell   // original cells that the learner deleted
	Moved     []string          // ids of original cells that stand elsewhere
	Changed   []string          // ids of edited cells whose original changed since
	Followed  []followed        // what the course changed of cells that were not edited
	Conflicts []string          // names of files that hold what could not be saved
}

// errConflict is returned when somebody else saved first. Both are kept.
type errConflict struct {
	now  version // what is on disk
	kept string  // name of the file that holds what was sent
}

func (e *errConflict) Error() string {
	return "another tab or program saved this notebook first; what you sent is kept as " + e.kept
}

// title is the first heading of a notebook, or its name.
func title(nb *notebook.Notebook, name string) string {
	for _, cell := range nb.Cells {
		if cell.Type != notebook.Markdown {
			continue
		}
		for line := range strings.Lines(cell.Source) {
			if text, ok := strings.CutPrefix(line, "# "); ok {
				return strings.Trim(text, " \r\n#")
			}
		}
	}
	return name
}

// missing turns the file system's word for "no such notebook" into the API's.
// os.Root's "path escapes" error has no name of its own; it is not told apart,
// so that nobody learns what exists outside.
func missing(key string, err error) error {
	var pathError *fs.PathError
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) ||
		errors.As(err, &pathError) && strings.Contains(pathError.Err.Error(), "escapes") {
		return fail(404, "there is no notebook %q here", key)
	}
	return err
}
