package notebook

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Bytes returns the notebook as Python's nbformat writes it: indented by one
// space, keys sorted, text outside ASCII as it is, long texts as lists of
// lines, a newline at the end. The only error is a metadata or output value
// that is no JSON value.
func (nb *Notebook) Bytes() ([]byte, error) {
	root := maps.Clone(nb.Extra)
	root = with(root, "nbformat", 4)
	root["nbformat_minor"] = nb.Minor
	root["metadata"] = orEmpty(nb.Metadata)
	cells := []any{}
	for i := range nb.Cells {
		cells = append(cells, nb.cell(&nb.Cells[i]))
	}
	root["cells"] = cells
	w := &writer{}
	w.value(root, "\n")
	w.buf.WriteByte('\n')
	return w.buf.Bytes(), w.err
}

func (nb *Notebook) cell(c *Cell) map[string]any {
	obj := with(maps.Clone(c.Extra), "cell_type", c.Type)
	obj["metadata"] = orEmpty(c.Metadata)
	if nb.Minor >= 5 && c.ID != "" {
		obj["id"] = c.ID
	}
	if c.Known() || c.Source != "" {
		obj["source"] = splitLines(c.Source)
	} else if s, ok := obj["source"].(string); ok {
		obj["source"] = splitLines(s)
	}
	if att, ok := c.Extra["attachments"].(map[string]any); ok {
		split := map[string]any{}
		for name, v := range att {
			if bundle, ok := v.(map[string]any); ok {
				v = splitBundle(bundle)
			}
			split[name] = v
		}
		obj["attachments"] = split
	}
	if c.Type == Code {
		obj["execution_count"] = number(c.ExecutionCount)
		outs := []any{}
		for i := range c.Outputs {
			outs = append(outs, c.Outputs[i].object())
		}
		obj["outputs"] = outs
	}
	return obj
}

func (o *Output) object() map[string]any {
	obj := with(maps.Clone(o.Extra), "output_type", o.Type)
	switch o.Type {
	case Stream:
		obj["name"], obj["text"] = o.Name, splitLines(o.Text)
	case DisplayData, ExecuteResult:
		obj["data"], obj["metadata"] = splitBundle(o.Data), orEmpty(o.Metadata)
		if o.Type == ExecuteResult {
			obj["execution_count"] = number(o.ExecutionCount)
		}
	case Error:
		obj["ename"], obj["evalue"] = o.EName, o.EValue
		tb := []any{}
		for _, line := range o.Traceback {
			tb = append(tb, line)
		}
		obj["traceback"] = tb
	}
	return obj
}

func splitBundle(data map[string]any) map[string]any {
	out := make(map[string]any, len(data))
	for mime, v := range data {
		s, ok := v.(string)
		if ok && (strings.HasPrefix(mime, "text/") || mime == "application/javascript" || mime == "image/svg+xml") {
			out[mime] = splitLines(s)
			continue
		}
		out[mime] = v
	}
	return out
}

// splitLines cuts where Python's str.splitlines(True) cuts.
func splitLines(s string) []any {
	out := []any{}
	start := 0
	for i, r := range s {
		if i < start {
			continue // the \n of a \r\n
		}
		end := 0
		switch r {
		case '\r':
			end = i + 1
			if strings.HasPrefix(s[end:], "\n") {
				end++
			}
		case '\n', '\v', '\f', '\x1c', '\x1d', '\x1e':
			end = i + 1
		case '\u0085':
			end = i + 2
		case '\u2028', '\u2029':
			end = i + 3
		default:
			continue
		}
		out = append(out, s[start:end])
		start = end
	}
	if start < len(s) {
		out = append(out, s[start:])
	}
	return out
}

func orEmpty(obj map[string]any) map[string]any {
	if obj == nil {
		return map[string]any{}
	}
	return obj
}

func number(n *int) any {
	if n == nil {
		return nil
	}
	return *n
}

// writer prints JSON the way Python's json.dumps(indent=1, sort_keys=True,
// ensure_ascii=False) does. encoding/json cannot: it escapes U+2028.
type writer struct {
	buf bytes.Buffer
	err error
}

func (w *writer) value(v any, indent string) {
	switch v := v.(type) {
	case nil:
		w.buf.WriteString("null")
	case bool:
		w.buf.WriteString(strconv.FormatBool(v))
	case int:
		w.buf.WriteString(strconv.Itoa(v))
	case int64:
		w.buf.WriteString(strconv.FormatInt(v, 10))
	case float64:
		w.buf.WriteString(pythonFloat(v))
	case json.Number:
		w.buf.WriteString(pythonNumber(v.String()))
	case string:
		w.text(v)
	case []any:
		w.list(v, indent)
	case []string:
		list := make([]any, len(v))
		for i, s := range v {
			list[i] = s
		}
		w.list(list, indent)
	case map[string]any:
		w.object(v, indent)
	default:
		w.other(v, indent)
	}
}

// other prints values of any other type by way of encoding/json.
func (w *writer) other(v any, indent string) {
	data, err := json.Marshal(v)
	if err == nil {
		dec := json.NewDecoder(bytes.NewReader(data))
		dec.UseNumber()
		var plain any
		if err = dec.Decode(&plain); err == nil {
			w.value(plain, indent)
			return
		}
	}
	if w.err == nil {
		w.err = fmt.Errorf("write notebook: %w", err)
	}
}

func (w *writer) list(list []any, indent string) {
	if len(list) == 0 {
		w.buf.WriteString("[]")
		return
	}
	w.buf.WriteByte('[')
	for i, v := range list {
		if i > 0 {
			w.buf.WriteByte(',')
		}
		w.buf.WriteString(indent + " ")
		w.value(v, indent+" ")
	}
	w.buf.WriteString(indent + "]")
}

func (w *writer) object(obj map[string]any, indent string) {
	if len(obj) == 0 {
		w.buf.WriteString("{}")
		return
	}
	w.buf.WriteByte('{')
	for i, key := range slices.Sorted(maps.Keys(obj)) {
		if i > 0 {
			w.buf.WriteByte(',')
		}
		w.buf.WriteString(indent + " ")
		w.text(key)
		w.buf.WriteString(": ")
		w.value(obj[key], indent+" ")
	}
	w.buf.WriteString(indent + "}")
}

func (w *writer) text(s string) {
	s = strings.ToValidUTF8(s, "\uFFFD") // a cell may print any bytes; the file is UTF-8
	w.buf.WriteByte('"')
	start := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 0x20 && c != '"' && c != '\\' {
			continue
		}
		w.buf.WriteString(s[start:i])
		start = i + 1
		switch c {
		case '"', '\\':
			w.buf.WriteByte('\\')
			w.buf.WriteByte(c)
		case '\n':
			w.buf.WriteString(`\n`)
		case '\r':
			w.buf.WriteString(`\r`)
		case '\t':
			w.buf.WriteString(`\t`)
		case '\f':
			w.buf.WriteString(`\f`)
		case '\b':
			w.buf.WriteString(`\b`)
		default:
			fmt.Fprintf(&w.buf, `\u%04x`, c)
		}
	}
	w.buf.WriteString(s[start:])
	w.buf.WriteByte('"')
}

// pythonNumber prints the text of a JSON number as Python does after reading it.
func pythonNumber(s string) string {
	if !strings.ContainsAny(s, ".eE") {
		if s == "-0" {
			return "0"
		}
		return s
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return s // out of range: Python would write Infinity, which is not JSON
	}
	return pythonFloat(f)
}

// pythonFloat is Python's repr of a float: shortest digits, an exponent below
// 1e-4 and from 1e16 on, always a sign that it is not a whole number.
func pythonFloat(f float64) string {
	e := strconv.FormatFloat(f, 'e', -1, 64)
	_, exp, _ := strings.Cut(e, "e")
	if n, err := strconv.Atoi(exp); err == nil && (n < -4 || n >= 16) && f != 0 {
		return e
	}
	s := strconv.FormatFloat(f, 'f', -1, 64)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}
