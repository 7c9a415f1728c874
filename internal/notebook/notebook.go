// Package notebook reads and writes Jupyter notebooks (.ipynb, nbformat 4).
//
// It keeps what it does not know (fields, metadata, cell types, output types),
// and writes exactly the bytes that Python's nbformat writes, so that a
// notebook that passes through here shows no differences but real ones.
// It is not a validator of the whole nbformat schema and it executes nothing.
//
// The format: https://nbformat.readthedocs.io/en/latest/format_description.html
package notebook

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// Types of cells. A cell of any other type is kept as it is and shown raw.
const (
	Code     = "code"
	Markdown = "markdown"
	Raw      = "raw"
)

// Types of outputs. An output of any other type is kept as it is.
const (
	Stream        = "stream"
	DisplayData   = "display_data"
	ExecuteResult = "execute_result"
	Error         = "error"
)

// Notebook is a whole notebook of nbformat 4.Minor.
// Values inside Metadata and Extra are those of encoding/json, with numbers
// kept as json.Number.
type Notebook struct {
	Minor    int
	Metadata map[string]any
	Cells    []Cell
	Extra    map[string]any // top-level fields we do not know
}

// Cell is one cell. ID is never empty and unique after Parse, even when the
// file has none (nbformat 4.4 and older); such ids are stable but not written.
// ExecutionCount and Outputs belong to code cells alone.
type Cell struct {
	ID             string
	Type           string
	Source         string
	Metadata       map[string]any
	ExecutionCount *int
	Outputs        []Output
	Extra          map[string]any // fields we do not know, attachments among them
}

// Output is one output of a code cell; which fields count depends on Type:
// Stream has Name and Text; DisplayData and ExecuteResult have Data and
// Metadata (ExecuteResult a count too); Error has EName, EValue, Traceback.
// Values of Data are strings, or any JSON value under a JSON MIME type;
// binary data (PNG) is base64 text, as in the file.
type Output struct {
	Type           string
	Name, Text     string
	Data           map[string]any
	Metadata       map[string]any
	ExecutionCount *int
	EName, EValue  string
	Traceback      []string
	Extra          map[string]any
}

// New returns an empty notebook of nbformat 4.5.
func New() *Notebook {
	return &Notebook{Minor: 5, Metadata: map[string]any{}, Cells: []Cell{}}
}

// Known reports whether the cell's type is one of code, markdown and raw.
func (c *Cell) Known() bool {
	return c.Type == Code || c.Type == Markdown || c.Type == Raw
}

// Tags returns the cell's tags (metadata.tags), nil when there are none.
func (c *Cell) Tags() []string {
	switch list := c.Metadata["tags"].(type) {
	case []string:
		return list
	case []any:
		var tags []string
		for _, v := range list {
			if s, ok := v.(string); ok {
				tags = append(tags, s)
			}
		}
		return tags
	}
	return nil
}

// HasTag reports whether the cell carries the tag.
func (c *Cell) HasTag(tag string) bool {
	return slices.Contains(c.Tags(), tag)
}

// Language returns the language of the notebook's code, in lower case:
// metadata.language_info.name, else metadata.kernelspec.language, else "".
func (nb *Notebook) Language() string {
	for _, key := range []string{"language_info", "kernelspec"} {
		info, _ := nb.Metadata[key].(map[string]any)
		for _, field := range []string{"name", "language"} {
			if key == "kernelspec" && field == "name" {
				continue // the kernel's name, not a language
			}
			if s, ok := info[field].(string); ok && s != "" {
				return strings.ToLower(s)
			}
		}
	}
	return ""
}

// MIME returns the text of one form of the output: the string as it is, and
// any other JSON value as compact JSON text. It is false when the form is
// missing.
func (o *Output) MIME(mime string) (string, bool) {
	v, ok := o.Data[mime]
	if !ok {
		return "", false
	}
	if s, ok := v.(string); ok {
		return s, true
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return "", false
	}
	return strings.TrimSuffix(buf.String(), "\n"), true
}

// IsJSON reports whether values of the MIME type are JSON rather than text.
func IsJSON(mime string) bool {
	return mime == "application/json" ||
		strings.HasPrefix(mime, "application/") && strings.HasSuffix(mime, "+json")
}
