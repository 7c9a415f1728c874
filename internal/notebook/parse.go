package notebook

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Parse reads a notebook. It tolerates a byte order mark, CRLF line ends and
// whatever fields it does not know. Errors say where: line and column for text
// that is not JSON, a path such as cells[3].outputs[0].text for a wrong shape.
func Parse(data []byte) (*Notebook, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	root, err := decode(data)
	if err != nil {
		return nil, err
	}
	p := &parser{}
	nb := p.notebook(root)
	if p.err != nil {
		return nil, p.err
	}
	nb.fillIDs()
	return nb, nil
}

// decode turns text into a JSON object, or says at which line and column it
// is not one.
func decode(data []byte) (map[string]any, error) {
	if i := invalidUTF8(data); i >= 0 {
		return nil, fmt.Errorf("not a notebook: %s: not UTF-8", position(data, i))
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	var root any
	if err := dec.Decode(&root); err != nil {
		return nil, jsonError(data, err)
	}
	end := int(dec.InputOffset())
	if rest := bytes.TrimLeft(data[end:], " \t\r\n"); len(rest) > 0 {
		return nil, fmt.Errorf("not a notebook: %s: text after the end of the JSON object", position(data, len(data)-len(rest)))
	}
	obj, ok := root.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("not a notebook: want a JSON object, got %s", kind(root))
	}
	return obj, nil
}

func jsonError(data []byte, err error) error {
	if len(bytes.TrimSpace(data)) == 0 {
		return errors.New("not a notebook: the file is empty")
	}
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("not a notebook: %s: not JSON: %w", position(data, int(syntax.Offset)-1), err)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return fmt.Errorf("not a notebook: %s: not JSON: the file ends too early", position(data, len(data)))
	}
	return fmt.Errorf("not a notebook: %w", err)
}

func invalidUTF8(data []byte) int {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

// position names a byte offset as "line 3, column 7", both from 1.
func position(data []byte, offset int) string {
	offset = max(0, min(offset, len(data)))
	before := data[:offset]
	line := 1 + bytes.Count(before, []byte("\n"))
	col := 1 + utf8.RuneCount(before[1+bytes.LastIndexByte(before, '\n'):])
	return fmt.Sprintf("line %d, column %d", line, col)
}

// parser turns JSON values into types. It keeps the first error, so that the
// shape of a notebook can be read off its methods.
type parser struct{ err error }

func (p *parser) fail(path, format string, args ...any) {
	if p.err == nil {
		p.err = fmt.Errorf("not a notebook: %s: %s", path, fmt.Sprintf(format, args...))
	}
}

func (p *parser) notebook(obj map[string]any) *Notebook {
	if !p.version(obj) {
		return nil
	}
	minor, _ := whole(obj["nbformat_minor"]) // a missing minor is read as 0
	nb := &Notebook{Minor: minor, Cells: []Cell{}, Metadata: p.object(obj, "metadata", "metadata")}
	for _, key := range []string{"orig_nbformat", "orig_nbformat_minor", "signature"} {
		delete(nb.Metadata, key) // transient by the format's rules
	}
	cells, ok := obj["cells"].([]any)
	if !ok {
		p.fail("cells", "want a list, got %s", kind(obj["cells"]))
		return nil
	}
	for i, v := range cells {
		nb.Cells = append(nb.Cells, p.cell(fmt.Sprintf("cells[%d]", i), v))
	}
	nb.Extra = without(obj, "nbformat", "nbformat_minor", "metadata", "cells")
	return nb
}

func (p *parser) version(obj map[string]any) bool {
	_, worksheets := obj["worksheets"]
	major, ok := whole(obj["nbformat"])
	switch {
	case ok && major == 4:
		return true
	case ok && major < 4 || !ok && worksheets:
		if !ok {
			major = 3 // worksheets are what nbformat 3 has and 4 has not
		}
		p.err = fmt.Errorf("notebook of nbformat %d: convert it first with jupyter nbconvert --to notebook --nbformat 4 FILE", major)
	case ok:
		p.err = fmt.Errorf("notebook of nbformat %d: only nbformat 4 is known here", major)
	default:
		p.fail("nbformat", "want the number 4, got %s", kind(obj["nbformat"]))
	}
	return false
}

func (p *parser) cell(path string, v any) Cell {
	obj, ok := v.(map[string]any)
	if !ok {
		p.fail(path, "want an object, got %s", kind(v))
		return Cell{}
	}
	c := Cell{Type: p.text(obj, "cell_type", path)}
	if obj["cell_type"] == nil {
		p.fail(path, "the cell has no cell_type")
	}
	c.Metadata = p.object(obj, "metadata", path+".metadata")
	delete(c.Metadata, "trusted") // transient by the format's rules
	if id, ok := obj["id"].(string); ok {
		c.ID = id
	} else if obj["id"] != nil {
		p.fail(path+".id", "want a string, got %s", kind(obj["id"]))
	}
	known := []string{"cell_type", "metadata", "id"}
	source, isText := lines(obj["source"])
	switch {
	case isText && (c.Known() || source != ""):
		c.Source, known = source, append(known, "source")
	case c.Known() && obj["source"] != nil:
		p.fail(path+".source", "want a string or a list of strings, got %s", kind(obj["source"]))
	}
	if c.Type == Code {
		known = append(known, "outputs", "execution_count")
		c.ExecutionCount = p.count(obj, path)
		c.Outputs = p.outputs(obj["outputs"], path+".outputs")
	}
	c.Extra = without(obj, known...)
	for _, attachment := range objects(c.Extra["attachments"]) {
		join(attachment)
	}
	return c
}

func (p *parser) outputs(v any, path string) []Output {
	list, ok := v.([]any)
	if !ok {
		if v != nil {
			p.fail(path, "want a list, got %s", kind(v))
		}
		return nil
	}
	var outs []Output
	for i, v := range list {
		path := fmt.Sprintf("%s[%d]", path, i)
		obj, ok := v.(map[string]any)
		if !ok {
			p.fail(path, "want an object, got %s", kind(v))
			return nil
		}
		outs = append(outs, p.output(path, obj))
	}
	return outs
}

func (p *parser) output(path string, obj map[string]any) Output {
	o := Output{Type: p.text(obj, "output_type", path)}
	known := []string{"output_type"}
	switch o.Type {
	case Stream:
		o.Name, o.Text = p.text(obj, "name", path), p.text(obj, "text", path)
		known = append(known, "name", "text")
	case DisplayData, ExecuteResult:
		o.Data = p.object(obj, "data", path+".data")
		o.Metadata = p.object(obj, "metadata", path+".metadata")
		join(o.Data)
		known = append(known, "data", "metadata")
		if o.Type == ExecuteResult {
			o.ExecutionCount = p.count(obj, path)
			known = append(known, "execution_count")
		}
	case Error:
		o.EName, o.EValue = p.text(obj, "ename", path), p.text(obj, "evalue", path)
		o.Traceback = p.strings(obj["traceback"], path+".traceback")
		known = append(known, "ename", "evalue", "traceback")
	}
	o.Extra = without(obj, known...)
	return o
}

func (p *parser) text(obj map[string]any, key, path string) string {
	s, ok := lines(obj[key])
	if !ok && obj[key] != nil {
		p.fail(path+"."+key, "want a string or a list of strings, got %s", kind(obj[key]))
	}
	return s
}

func (p *parser) strings(v any, path string) []string {
	list, ok := v.([]any)
	if !ok && v != nil {
		p.fail(path, "want a list of strings, got %s", kind(v))
	}
	var out []string
	for _, e := range list {
		s, ok := e.(string)
		if !ok {
			p.fail(path, "want a list of strings, got %s in it", kind(e))
		}
		out = append(out, s)
	}
	return out
}

func (p *parser) object(obj map[string]any, key, path string) map[string]any {
	v, ok := obj[key].(map[string]any)
	if !ok {
		if obj[key] != nil {
			p.fail(path, "want an object, got %s", kind(obj[key]))
		}
		return map[string]any{}
	}
	return v
}

func (p *parser) count(obj map[string]any, path string) *int {
	v := obj["execution_count"]
	if v == nil {
		return nil
	}
	n, ok := whole(v)
	if !ok {
		p.fail(path+".execution_count", "want a whole number or null, got %s", kind(v))
	}
	return &n
}

// fillIDs gives every cell an id of its own: cells of old notebooks have none,
// and copied files may repeat one.
func (nb *Notebook) fillIDs() {
	seen := map[string]bool{}
	for i := range nb.Cells {
		c := &nb.Cells[i]
		if nb.Minor < 5 && c.ID != "" {
			c.Extra = with(c.Extra, "id", c.ID) // not part of this version, yet in the file
		}
		base := c.ID
		if base == "" {
			base = fmt.Sprintf("cell-%d", i+1)
			c.ID = base
		}
		for n := 2; seen[c.ID]; n++ {
			c.ID = fmt.Sprintf("%s-%d", base, n)
		}
		seen[c.ID] = true
	}
}

// lines reads text that is a string or a list of strings.
func lines(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case []any:
		var b strings.Builder
		for _, e := range v {
			s, ok := e.(string)
			if !ok {
				return "", false
			}
			b.WriteString(s)
		}
		return b.String(), true
	}
	return "", false
}

// join turns lists of lines into text, in place, in all forms that are not JSON.
func join(bundle map[string]any) {
	for mime, v := range bundle {
		if s, ok := lines(v); ok && !IsJSON(mime) {
			bundle[mime] = s
		}
	}
}

// objects returns the values of an object that are objects themselves.
func objects(v any) []map[string]any {
	obj, _ := v.(map[string]any)
	var out []map[string]any
	for _, e := range obj {
		if o, ok := e.(map[string]any); ok {
			out = append(out, o)
		}
	}
	return out
}

func without(obj map[string]any, keys ...string) map[string]any {
	rest := maps.Clone(obj)
	for _, k := range keys {
		delete(rest, k)
	}
	if len(rest) == 0 {
		return nil
	}
	return rest
}

func with(obj map[string]any, key string, v any) map[string]any {
	if obj == nil {
		obj = map[string]any{}
	}
	obj[key] = v
	return obj
}

// whole reads a whole number that fits an int.
func whole(v any) (int, bool) {
	num, ok := v.(json.Number)
	if !ok {
		return 0, false
	}
	n, err := strconv.Atoi(num.String())
	return n, err == nil
}

// kind names the JSON type of a value for an error message.
func kind(v any) string {
	switch v.(type) {
	case nil:
		return "nothing"
	case bool:
		return "true or false"
	case json.Number:
		return "a number"
	case string:
		return "a string"
	case []any:
		return "a list"
	case map[string]any:
		return "an object"
	}
	return fmt.Sprintf("%T", v)
}
