package kernelext

import (
	"encoding/binary"
	"sync"
)

// movement watches the bytes of a running trace go by and knows whether any of
// a few goroutines has moved. It costs nothing until follow is called.
//
// The format is described in the Go tree, internal/trace/tracev2. A trace is a
// header and then batches: a kind, some numbers, a length, that many bytes. A
// batch of events is a row of kinds, each with a fixed number of numbers. A
// version of the format we do not know makes movement blind, never wrong.
type movement struct {
	mu         sync.Mutex
	blind      bool
	rest       []byte // of a batch whose end has not come yet
	header     bool   // the header has been read
	generation uint64 // newest generation seen
	following  map[uint64]bool
	moved      bool
}

const traceHeader = "go 1.26 trace\x00\x00\x00"

// Kinds of batches, and events that move a goroutine.
const (
	evEventBatch        = 1
	evProcsChange       = 9 // the first kind of event that can stand in an events batch
	evGoCreate          = 14
	evGoStart           = 16
	evGoUnblock         = 21
	evGoSwitch          = 45
	evGoSwitchDestroy   = 46
	evExperimentalBatch = 49
	evEndOfGeneration   = 52
)

// eventArgs holds for every kind of event, from evProcsChange to
// evGoStatusStack, how many numbers follow it.
const eventArgs = "331434231133" + "43114312" + "32223221" + "222534453" + "345"

func newMovement() *movement { return &movement{} }

// follow starts watching the given goroutines.
func (m *movement) follow(ids map[uint64]bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.following, m.moved = ids, false
}

// state says whether one of the followed goroutines has moved, which
// generation of the trace was the newest to arrive, and whether movement can
// see at all.
func (m *movement) state() (moved bool, generation uint64, sees bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.moved, m.generation, !m.blind
}

// Write takes the next bytes of the trace. It never fails.
func (m *movement) Write(p []byte) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	n := len(p)
	if m.blind {
		return n, nil
	}
	if len(m.rest) > 0 {
		p = append(m.rest, p...)
	}
	if !m.header {
		if len(p) < len(traceHeader) {
			m.rest = append([]byte(nil), p...)
			return n, nil
		}
		m.header = true
		m.blind = string(p[:len(traceHeader)]) != traceHeader
		p = p[len(traceHeader):]
	}
	for len(p) > 0 && !m.blind {
		size := m.batch(p)
		if size == 0 {
			break
		}
		p = p[size:]
	}
	m.rest = append([]byte(nil), p...)
	return n, nil
}

// batch reads one batch and returns its length, or 0 when p does not hold all of it.
func (m *movement) batch(p []byte) int {
	numbers := 4 // generation, thread, time, length
	switch p[0] {
	case evEndOfGeneration:
		return 1
	case evEventBatch:
	case evExperimentalBatch:
		numbers = 5
	default:
		m.blind = true
		return 0
	}
	at := 1
	var v [5]uint64
	for i := range numbers {
		n, size := binary.Uvarint(p[at:])
		if size <= 0 {
			m.blind = size < 0
			return 0
		}
		v[i], at = n, at+size
	}
	length := v[numbers-1]
	if uint64(len(p)-at) < length {
		return 0
	}
	m.generation = max(m.generation, v[numbers-4])
	body := p[at : at+int(length)]
	if numbers == 4 && len(m.following) > 0 && !m.moved {
		m.events(body)
	}
	return at + int(length)
}

// events looks through a batch for an event that moves a followed goroutine.
func (m *movement) events(p []byte) {
	for len(p) > 0 {
		kind := int(p[0])
		p = p[1:]
		if kind < evProcsChange || kind >= evProcsChange+len(eventArgs) {
			// Tables of stacks, strings and clocks come in batches of their own.
			return
		}
		for i := range int(eventArgs[kind-evProcsChange] - '0') {
			n, size := binary.Uvarint(p)
			if size <= 0 {
				m.blind = true
				return
			}
			p = p[size:]
			if i != 1 {
				continue
			}
			switch kind {
			case evGoCreate, evGoStart, evGoUnblock, evGoSwitch, evGoSwitchDestroy:
				if m.following[n] {
					m.moved = true
					return
				}
			}
		}
	}
}
