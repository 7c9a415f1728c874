// Package coverage compares what the course must teach, a list of ids, with
// what the cells of its chapters say they cover. It reads notebooks, not
// lessons: the generator has put the ids there, and read every comment.
package coverage

import (
	"bufio"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"lanebook/internal/notebook"
)

// Item is one thing to teach. It is covered when a cell of one of its chapters
// cites it; an item that stands for others (Of) when all of those are.
type Item struct {
	ID       string   // "T-31", or the name of a source's heading
	Chapters []string // "07"
	Of       []string
	About    string
}

var (
	itemID    = regexp.MustCompile(`^[TEOCK]-\d+$`)
	headingID = regexp.MustCompile(`^S\d[\w./]*$`)
	chapterID = regexp.MustCompile(`^\d\d(?:,\d\d)*$`)
)

// Parse reads a list such as lessons/coverage.txt.
func Parse(r io.Reader) ([]Item, error) {
	var items []Item
	known := map[string]bool{}
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		fields := strings.Fields(lines.Text())
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		if len(fields) < 3 || !itemID.MatchString(fields[0]) && !headingID.MatchString(fields[0]) || !chapterID.MatchString(fields[1]) {
			return nil, fmt.Errorf("line %d: want an id, its chapters and what it is: %s", n, lines.Text())
		}
		item := Item{ID: fields[0], Chapters: strings.Split(fields[1], ",")}
		rest := fields[2:]
		for len(rest) > 0 && itemID.MatchString(rest[0]) {
			if !known[rest[0]] {
				return nil, fmt.Errorf("line %d: %s stands for %s, which is not in the list", n, item.ID, rest[0])
			}
			item.Of, rest = append(item.Of, rest[0]), rest[1:]
		}
		if isHeading := headingID.MatchString(item.ID); isHeading != (len(item.Of) > 0) {
			return nil, fmt.Errorf("line %d: %s: headings, and only they, stand for items", n, item.ID)
		}
		if known[item.ID] {
			return nil, fmt.Errorf("line %d: %s occurs twice", n, item.ID)
		}
		known[item.ID] = true
		item.About = strings.Join(rest, " ")
		items = append(items, item)
	}
	return items, lines.Err()
}

// Citation is a cell that cites an id.
type Citation struct {
	Chapter string // the notebook's name without its ending: "07-iterators"
	Cell    string
}

// Citations are all cells that cite an id, in the notebooks of one folder.
type Citations map[string][]Citation

// Read finds the citations of all notebooks in a folder, in order.
func Read(dir fs.FS) (Citations, error) {
	names, err := fs.Glob(dir, "*.ipynb")
	if err != nil {
		return nil, err
	}
	all := Citations{}
	for _, name := range names {
		data, err := fs.ReadFile(dir, name)
		if err != nil {
			return nil, err
		}
		nb, err := notebook.Parse(data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		chapter := strings.TrimSuffix(path.Base(name), ".ipynb")
		for _, c := range nb.Cells {
			about, _ := c.Metadata["lanebook"].(map[string]any)
			ids, _ := about["covers"].([]any)
			for _, id := range ids {
				if id, ok := id.(string); ok {
					all[id] = append(all[id], Citation{chapter, c.ID})
				}
			}
		}
	}
	return all, nil
}

// Of are the citations of an item in the chapters where it belongs.
func (c Citations) Of(item Item) []Citation {
	var found []Citation
	for _, at := range c[item.ID] {
		number, _, _ := strings.Cut(at.Chapter, "-")
		if slices.Contains(item.Chapters, number) {
			found = append(found, at)
		}
	}
	return found
}

// Missing are the items that no cell covers.
func (c Citations) Missing(items []Item) []Item {
	covered := map[string]bool{}
	var missing []Item
	for _, item := range items {
		covered[item.ID] = len(c.Of(item)) > 0
		if len(item.Of) > 0 {
			covered[item.ID] = !slices.ContainsFunc(item.Of, func(id string) bool { return !covered[id] })
		}
		if !covered[item.ID] {
			missing = append(missing, item)
		}
	}
	return missing
}

// Unknown are the ids that cells cite and the list does not have.
func (c Citations) Unknown(items []Item) []string {
	var unknown []string
	for id := range c {
		if !slices.ContainsFunc(items, func(item Item) bool { return item.ID == id }) {
			unknown = append(unknown, id)
		}
	}
	slices.Sort(unknown)
	return unknown
}
