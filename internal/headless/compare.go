package headless

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"lanebook/internal/notebook"
)

// Difference is a cell whose outputs are not what was recorded.
type Difference struct {
	Cell string // cell[3]
	ID   string
	Text string // a readable diff
}

// byKind are the tags of cells that may print and draw something else in
// every run.
var byKind = []string{"timing", "picture", "nondeterministic"}

// Compare compares a notebook that was just run with its recorded outputs.
// Cells are found by id. Text of deterministic cells must be the same to the
// byte; of the others only what kinds of output there are is compared, and
// that none is empty.
func Compare(recorded, fresh *notebook.Notebook) (diffs []Difference) {
	was := map[string]*notebook.Cell{}
	for i := range recorded.Cells {
		was[recorded.Cells[i].ID] = &recorded.Cells[i]
	}
	n := 0
	for i := range fresh.Cells {
		c := &fresh.Cells[i]
		if !runs(c) {
			continue
		}
		n++
		d := Difference{Cell: fmt.Sprintf("cell[%d]", n), ID: c.ID}
		old := was[c.ID]
		switch {
		case old == nil || old.ExecutionCount == nil && len(old.Outputs) == 0:
			d.Text = "nothing is recorded for this cell\n"
		case slices.ContainsFunc(byKind, c.HasTag):
			d.Text = difference(kinds(old.Outputs), kinds(c.Outputs))
		default:
			d.Text = difference(texts(old.Outputs), texts(c.Outputs))
		}
		if d.Text != "" {
			diffs = append(diffs, d)
		}
	}
	return diffs
}

func difference(recorded, now string) string {
	if recorded == now {
		return ""
	}
	return string(diff.Diff("recorded", []byte(recorded), "now", []byte(now)))
}

// texts writes outputs as text to compare. Between two displays the order of
// stdout against stderr is not certain, so each stream stands by itself.
func texts(outs []notebook.Output) string {
	var b strings.Builder
	var streams [2]strings.Builder
	flush := func() {
		for i, name := range []string{"stdout", "stderr"} {
			if s := streams[i].String(); s != "" {
				fmt.Fprintf(&b, "--- %s\n%s\n", name, normal(s))
			}
			streams[i].Reset()
		}
	}
	for _, o := range outs {
		switch o.Type {
		case notebook.Stream:
			i := 0
			if o.Name == "stderr" {
				i = 1
			}
			streams[i].WriteString(o.Text)
		case notebook.Error:
			flush()
			// The traceback of a panic is full of addresses; name and message say enough.
			fmt.Fprintf(&b, "--- error\n%s: %s\n", o.EName, normal(o.EValue))
		default:
			flush()
			fmt.Fprintf(&b, "--- %s\n%s", o.Type, forms(o))
		}
	}
	flush()
	return b.String()
}

var address = regexp.MustCompile(`\b0x[0-9a-f]{6,16}\b`)

// normal takes out what differs between runs that did the same: memory
// addresses, line ends.
func normal(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return address.ReplaceAllString(s, "0x…")
}

// forms writes all forms of a display: text as it is, anything binary or
// drawn by its kind.
func forms(o notebook.Output) string {
	if isCheck(o) {
		text, _ := o.MIME("text/plain")
		return "verdict of a check:\n" + normal(text) + "\n"
	}
	var b strings.Builder
	for _, mime := range slices.Sorted(maps.Keys(o.Data)) {
		text, _ := o.MIME(mime)
		if strings.HasPrefix(mime, "image/") {
			text = presence(text)
		}
		fmt.Fprintf(&b, "%s:\n%s\n", mime, normal(text))
	}
	return b.String()
}

// isCheck reports whether a display is the verdict of a checker. Its text is
// the same in every run; its page and its data hold a picture, which is not.
func isCheck(o notebook.Output) bool {
	data, _ := o.Data["application/vnd.lanebook+json"].(map[string]any)
	return data["kind"] == "check"
}

// kinds writes only what kinds of output there are. How a stream is cut into
// pieces by displays may differ between runs.
func kinds(outs []notebook.Output) string {
	streams := map[string]string{}
	var rest strings.Builder
	for _, o := range outs {
		switch o.Type {
		case notebook.Stream:
			streams[o.Name] += o.Text
		case notebook.Error:
			fmt.Fprintf(&rest, "error %s\n", o.EName)
		default:
			fmt.Fprintf(&rest, "%s:", o.Type)
			for _, mime := range slices.Sorted(maps.Keys(o.Data)) {
				text, _ := o.MIME(mime)
				fmt.Fprintf(&rest, " %s (%s)", mime, presence(text))
			}
			rest.WriteByte('\n')
		}
	}
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(streams)) {
		fmt.Fprintf(&b, "%s (%s)\n", name, presence(streams[name]))
	}
	return b.String() + rest.String()
}

func presence(text string) string {
	if strings.TrimSpace(text) == "" {
		return "empty"
	}
	return "something"
}
