package headless

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"maps"
	"strings"

	"lanebook/internal/display"
	"lanebook/internal/notebook"
)

// displays remembers what was shown under a display id. Outputs are copied
// into cells; their maps are shared, so changing those changes all copies.
type displays map[string][]notebook.Output

// collector makes the outputs of one cell from what the engine puts out.
// Pieces of one stream that follow each other become one output.
type collector struct {
	outputs  []notebook.Output
	text     strings.Builder // of the stream output that is last, if it is
	displays displays
	status   func(string)
}

// Stream implements engine.Sink.
func (c *collector) Stream(name, text string) {
	if n := len(c.outputs); n == 0 || c.outputs[n-1].Type != notebook.Stream || c.outputs[n-1].Name != name {
		c.endStream()
		c.outputs = append(c.outputs, notebook.Output{Type: notebook.Stream, Name: name})
	}
	c.text.WriteString(text)
}

// Show implements engine.Sink. An update changes every output that was shown
// under its id, in earlier cells too.
func (c *collector) Show(d display.Display) {
	data, meta := values(d.Data), map[string]any{}
	maps.Copy(meta, d.Metadata)
	if shown := c.displays[d.ID]; d.Update && d.ID != "" && len(shown) > 0 {
		for _, o := range shown {
			replace(o.Data, data)
			replace(o.Metadata, meta)
		}
		return
	}
	c.endStream()
	o := notebook.Output{Type: notebook.DisplayData, Data: data, Metadata: meta}
	c.outputs = append(c.outputs, o)
	if d.ID != "" {
		c.displays[d.ID] = append(c.displays[d.ID], o)
	}
}

// Progress implements engine.Progresser.
func (c *collector) Progress(text string) { c.status(text) }

func (c *collector) endStream() {
	if n := len(c.outputs); n > 0 && c.outputs[n-1].Type == notebook.Stream {
		c.outputs[n-1].Text = c.text.String()
	}
	c.text.Reset()
}

func (c *collector) finish() []notebook.Output {
	c.endStream()
	return c.outputs
}

func replace(old, with map[string]any) {
	clear(old)
	maps.Copy(old, with)
}

// values turns a bundle into what a notebook file holds: binary data as
// base64, JSON as JSON.
func values(b display.Bundle) map[string]any {
	out := make(map[string]any, len(b))
	for mime, v := range b {
		switch v := v.(type) {
		case []byte:
			if strings.HasPrefix(mime, "text/") {
				out[mime] = string(v)
			} else if notebook.IsJSON(mime) {
				out[mime] = jsonValue(v)
			} else {
				out[mime] = base64.StdEncoding.EncodeToString(v)
			}
		case string:
			out[mime] = v
			if notebook.IsJSON(mime) {
				out[mime] = jsonValue([]byte(v))
			}
		default:
			out[mime] = v
		}
	}
	return out
}

// jsonValue reads JSON text; text that is none stays a string.
func jsonValue(text []byte) any {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	var v any
	if dec.Decode(&v) != nil || dec.More() {
		return string(text)
	}
	return v
}
