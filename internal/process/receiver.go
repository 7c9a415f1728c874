package process

import (
	"encoding/gob"
	"fmt"
	"io"
	"iter"

	"lanebook/internal/display"
)

// maxDisplay bounds one message; more than a learner wants to see.
const maxDisplay = 64 << 20

// item is one message of a program. One of the pointers is set, or it is a
// display.
type item struct {
	display      display.Display
	sync         *int
	ask          *inputRequest
	value        *commValue // for widgets
	subscription *commSubscription
}

// receiver turns the bytes of a display pipe into items. The decoder wants to
// block for more bytes, and a gob value may take several messages, so it
// runs as a coroutine that hands control back when it has read all there is.
type receiver struct {
	raw     []byte // not yet read by the decoder
	taken   int    // bytes since the last item
	shown   map[string]bool
	failed  error
	next    func() (step, bool)
	stopped func()
}

// step is what the decoder did: read an item, or run out of bytes, or fail.
type step struct {
	item item
	more bool
	err  error
}

func newReceiver() *receiver {
	registerTypes()
	r := &receiver{shown: map[string]bool{}}
	r.next, r.stopped = iter.Pull(r.steps)
	return r
}

// steps is the decoder's side.
func (r *receiver) steps(yield func(step) bool) {
	dec := gob.NewDecoder(readFunc(func(p []byte) (int, error) {
		if len(r.raw) == 0 && !yield(step{more: true}) {
			return 0, io.EOF
		}
		n := copy(p, r.raw)
		r.raw = r.raw[n:]
		return n, nil
	}))
	for {
		it, err := r.decode(dec)
		if !yield(step{item: it, err: err}) || err != nil {
			return
		}
	}
}

type readFunc func([]byte) (int, error)

func (f readFunc) Read(p []byte) (int, error) { return f(p) }

// feed takes bytes as they come and returns what is complete. An error means
// that the stream is beyond repair.
func (r *receiver) feed(b []byte) ([]item, error) {
	if r.failed != nil || len(b) == 0 {
		return nil, r.failed
	}
	r.raw = append(r.raw, b...)
	r.taken += len(b)
	if r.taken > maxDisplay {
		r.failed = fmt.Errorf("a message of more than %d bytes", maxDisplay)
		return nil, r.failed
	}
	var items []item
	for {
		switch st, _ := r.next(); {
		case st.err != nil:
			r.failed = st.err
			return items, st.err
		case st.more:
			return items, nil
		default:
			r.taken = 0
			items = append(items, st.item)
		}
	}
}

// stop ends the coroutine.
func (r *receiver) stop() { r.stopped() }

func (r *receiver) decode(dec *gob.Decoder) (it item, err error) {
	// encoding/gob does not promise to survive every input.
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("decode: %v", p)
		}
	}()
	var d displayData
	if err := dec.Decode(&d); err != nil {
		return item{}, err
	}
	if v, ok := d.Data[mimeInput]; ok {
		req, ok := v.(inputRequest)
		if !ok {
			return item{}, fmt.Errorf("an input request of type %T", v)
		}
		return item{ask: &req}, nil
	}
	if v, ok := d.Data[mimeComm].(commValue); ok {
		if id, ok := v.Value.(int); ok && v.Address == syncAddr {
			return item{sync: &id}, nil
		}
		return item{value: &v}, nil
	}
	if s, ok := d.Data[mimeSubscribe].(commSubscription); ok {
		return item{subscription: &s}, nil
	}
	out := display.Display{Data: d.Data, Metadata: d.Metadata, ID: d.DisplayID}
	if out.Data == nil {
		out.Data = display.Bundle{}
	}
	if out.ID != "" {
		out.Update = r.shown[out.ID]
		r.shown[out.ID] = true
	}
	return item{display: out}, nil
}
