package kernel

import (
	_ "embed"
	"encoding/json"
	"strings"
	"sync"

	"lanebook/internal/display"
	"lanebook/internal/engine"
	"lanebook/internal/jupyter"
)

//go:embed widgets.js
var widgetScript string

// Addresses of GoNB's protocol between the kernel and the scripts in a page.
const (
	ackAddress  = "#comm_open_ack"
	pingAddress = "#heartbeat/ping"
)

// maxUnsent bounds what waits for a page to open the comm. // arbitrary
const maxUnsent = 1000

// widgets is the comm through which scripts in a page exchange values with the
// running cell. The page opens it, when a cell has shown it our script.
type widgets struct {
	mu     sync.Mutex
	id     string                          // of the open comm; empty: none
	take   func(address string, value any) // of the running cell
	unsent []map[string]any                // until the comm is open
	script jupyter.Message                 // the request whose output holds the script; zero: none
}

// front is the Front of one cell.
type front struct {
	k       *Kernel
	request jupyter.Message
}

// frontFor is where the widgets of a cell live: nowhere, if we do not know how
// a page finds us.
func (k *Kernel) frontFor(request jupyter.Message) engine.Front {
	if k.opts.ID == "" {
		return nil
	}
	return &front{k, request}
}

// Open shows the page our script, unless it has it.
func (f *front) Open() {
	w := &f.k.widgets
	w.mu.Lock()
	defer w.mu.Unlock()
	w.open(f)
}

func (w *widgets) open(f *front) {
	if w.id != "" || w.script.Header.ID == f.request.Header.ID {
		return
	}
	w.script = f.request
	script := strings.ReplaceAll(widgetScript, "KERNEL_ID", f.k.opts.ID)
	f.k.publish(f.request, jupyter.DisplayData{
		Data: map[string]any{display.HTML: "<script>" + script + "</script>"}, Metadata: map[string]any{},
		Transient: jupyter.Transient{DisplayID: w.displayID()},
	})
}

func (w *widgets) displayID() string { return "widgets-" + w.script.Header.ID }

// Send passes a value on, now or when the page has opened the comm.
func (f *front) Send(address string, value any) {
	f.post(map[string]any{"address": address, "value": value})
}

// Request asks the page for a value.
func (f *front) Request(address string) {
	f.post(map[string]any{"address": address, "read_request": true})
}

func (f *front) post(data map[string]any) {
	w := &f.k.widgets
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.id != "" {
		f.k.publish(f.request, jupyter.CommMsg{ID: w.id, Data: data})
		return
	}
	if len(w.unsent) < maxUnsent {
		w.unsent = append(w.unsent, data)
	}
	w.open(f)
}

// Listen says who takes values from the page.
func (f *front) Listen(take func(address string, value any)) {
	w := &f.k.widgets
	w.mu.Lock()
	defer w.mu.Unlock()
	w.take = take
	if take == nil {
		w.unsent = nil // the cell has ended
	}
}

// opened takes note of a comm, sends what waits for it, and takes the script
// out of the cell's output again: a saved notebook shall not hold it.
func (w *widgets) opened(k *Kernel, request jupyter.Message, id string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.id = id
	k.publish(request, jupyter.CommMsg{ID: id, Data: map[string]any{"address": ackAddress, "value": true}})
	for _, data := range w.unsent {
		k.publish(request, jupyter.CommMsg{ID: id, Data: data})
	}
	w.unsent = nil
	if w.script.Header.ID != "" {
		k.publish(request, jupyter.UpdateDisplayData{
			Data: map[string]any{display.HTML: ""}, Metadata: map[string]any{},
			Transient: jupyter.Transient{DisplayID: w.displayID()},
		})
		w.script = jupyter.Message{}
	}
}

// received reports whether a message belongs to the comm, and deals with it.
func (w *widgets) received(k *Kernel, request jupyter.Message, req jupyter.CommMsg) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	address, _ := req.Data["address"].(string)
	switch {
	case req.ID != w.id || w.id == "":
		return false
	case address == pingAddress:
		k.publish(request, jupyter.CommMsg{ID: w.id, Data: map[string]any{"address": engine.PongAddress, "value": true}})
	case w.take != nil:
		w.take(address, simple(req.Data["value"]))
	}
	return true
}

func (w *widgets) closed(id string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if id == w.id {
		w.id = ""
	}
}

func (w *widgets) openID() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.id
}

// simple turns a JSON value into one that programs can decode: lists of one
// kind become slices of it, everything else that is composed becomes JSON text.
func simple(value any) any {
	list, ok := value.([]any)
	if !ok {
		switch value.(type) {
		case nil, string, bool, float64:
			return value
		}
		return jsonText(value)
	}
	if numbers, ok := all[float64](list); ok {
		return numbers
	}
	if texts, ok := all[string](list); ok {
		return texts
	}
	return jsonText(value)
}

func all[T any](list []any) ([]T, bool) {
	out := make([]T, 0, len(list))
	for _, v := range list {
		t, ok := v.(T)
		if !ok {
			return nil, false
		}
		out = append(out, t)
	}
	return out, true
}

func jsonText(value any) string {
	b, err := json.Marshal(value)
	if err != nil {
		return ""
	}
	return string(b)
}
