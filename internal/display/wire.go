package display

import (
	"errors"
	"math"
	"math/bits"
	"strconv"
)

// Names of GoNB's protocol, https://github.com/janpfeifer/gonb (gonbui/protocol).
const (
	mimeInput  = "gonb/jupyter_input"
	mimeComm   = "gonb/comm_value"
	gobInput   = "github.com/janpfeifer/gonb/gonbui/protocol.InputRequest"
	gobComm    = "github.com/janpfeifer/gonb/gonbui/protocol.CommValue"
	gobAnyMap  = "map[string]interface {}"
	syncAddr   = "#gonbui/sync"
	syncedAddr = "#gonbui/sync_ack"
)

// Type numbers that gob fixes; see "Encoding Details" of encoding/gob.
const (
	idBool   = 1
	idInt    = 2
	idFloat  = 4
	idBytes  = 5
	idString = 6
	idAny    = 8
)

// Offsets of our own type numbers from encoder.base.
const (
	typeDisplay = iota
	typeMap
	typeInput
	typeComm
	typeCount
)

// inputRequest and commValue are what travels inside a bundle besides text
// and bytes.
type (
	inputRequest struct {
		prompt   string
		password bool
	}
	commValue struct {
		address string
		value   int
	}
)

// encoder writes the gob stream of one connection. The stream is what
// encoding/gob would write for GoNB's types, but for the type numbers: they
// start at base, so that a second encoder on the same pipe (a child process,
// or GoNB's own library in the same cell) does not clash with ours.
type encoder struct {
	base    int
	defined bool // type definitions were sent
}

// message returns the bytes of d, after the type definitions if it is the
// first one.
func (e *encoder) message(d Display) ([]byte, error) {
	var out []byte
	if !e.defined {
		out = e.definitions()
	}
	b := appendInt(nil, e.base+typeDisplay)
	b, err := e.appendDisplay(b, d)
	if err != nil {
		return nil, err
	}
	e.defined = true
	return appendMessage(out, b), nil
}

// definitions returns the messages that define the four types of the protocol.
func (e *encoder) definitions() []byte {
	id := func(t int) int { return e.base + t }
	structs := []struct {
		id     int
		name   string
		fields []field
	}{
		{id(typeDisplay), "DisplayData", []field{{"Data", id(typeMap)}, {"Metadata", id(typeMap)}, {"DisplayID", idString}}},
		{id(typeInput), "InputRequest", []field{{"Prompt", idString}, {"Password", idBool}}},
		{id(typeComm), "CommValue", []field{{"Address", idString}, {"Request", idBool}, {"Value", idAny}}},
	}
	var out []byte
	for _, s := range structs {
		out = appendMessage(out, structDef(s.id, s.name, s.fields))
	}
	return appendMessage(out, mapDef(id(typeMap), gobAnyMap, idString, idAny))
}

type field struct {
	name string
	id   int
}

// structDef is a gob wireType with StructT set.
func structDef(id int, name string, fields []field) []byte {
	b := appendInt(nil, -id)
	b = append(b, 3, 1, 1) // field StructT, its CommonType, its Name
	b = appendString(b, name)
	b = append(b, 1) // CommonType.Id
	b = appendInt(b, id)
	b = append(b, 0, 1) // end of CommonType; Field
	b = appendUint(b, uint64(len(fields)))
	for _, f := range fields {
		b = append(b, 1)
		b = appendString(b, f.name)
		b = append(b, 1)
		b = appendInt(b, f.id)
		b = append(b, 0)
	}
	return append(b, 0, 0)
}

// mapDef is a gob wireType with MapT set.
func mapDef(id int, name string, key, elem int) []byte {
	b := appendInt(nil, -id)
	b = append(b, 4, 1, 1)
	b = appendString(b, name)
	b = append(b, 1)
	b = appendInt(b, id)
	b = append(b, 0, 1)
	b = appendInt(b, key)
	b = append(b, 1)
	b = appendInt(b, elem)
	return append(b, 0, 0)
}

// appendDisplay writes the struct's fields; gob leaves empty ones out.
func (e *encoder) appendDisplay(b []byte, d Display) ([]byte, error) {
	var err error
	last := 0
	next := func(n int) { b = append(b, byte(n-last)); last = n }
	if len(d.Data) > 0 {
		next(1)
		if b, err = e.appendMap(b, d.Data); err != nil {
			return nil, err
		}
	}
	if len(d.Metadata) > 0 {
		next(2)
		if b, err = e.appendMap(b, d.Metadata); err != nil {
			return nil, err
		}
	}
	if d.ID != "" {
		next(3)
		b = appendString(b, d.ID)
	}
	return append(b, 0), nil
}

func (e *encoder) appendMap(b []byte, m map[string]any) ([]byte, error) {
	b = appendUint(b, uint64(len(m)))
	for k, v := range m {
		b = appendString(b, k)
		var err error
		if b, err = e.appendAny(b, v); err != nil {
			return nil, errors.New("display: " + strconv.Quote(k) + ": " + err.Error())
		}
	}
	return b, nil
}

var errValue = errors.New("only strings, []byte, numbers, booleans and maps of these can be shown")

// appendAny writes an interface value: name of its type, type number, length,
// value.
func (e *encoder) appendAny(b []byte, v any) ([]byte, error) {
	simple := func(name string, id int, val []byte) ([]byte, error) {
		b = appendString(b, name)
		b = appendInt(b, id)
		b = appendUint(b, uint64(len(val)+1))
		b = append(b, 0)
		return append(b, val...), nil
	}
	switch v := v.(type) {
	case string:
		return simple("string", idString, appendString(nil, v))
	case []byte:
		return simple("[]uint8", idBytes, appendString(nil, string(v)))
	case bool:
		return simple("bool", idBool, appendBool(nil, v))
	case int:
		return simple("int", idInt, appendInt(nil, v))
	case float64:
		return simple("float64", idFloat, appendUint(nil, bits.ReverseBytes64(math.Float64bits(v))))
	case map[string]any:
		m, err := e.appendMap(nil, v)
		if err != nil {
			return nil, err
		}
		return simple(gobAnyMap, e.base+typeMap, m)
	case inputRequest:
		return e.appendStruct(b, gobInput, typeInput, v.fields()), nil
	case commValue:
		val, err := e.appendAny([]byte{2}, v.value)
		if err != nil {
			return nil, err
		}
		f := append(appendString([]byte{1}, v.address), val...)
		return e.appendStruct(b, gobComm, typeComm, append(f, 0)), nil
	}
	return nil, errValue
}

func (r inputRequest) fields() []byte {
	var b []byte
	delta := byte(1)
	if r.prompt != "" {
		b = appendString([]byte{1}, r.prompt)
	} else {
		delta = 2
	}
	if r.password {
		b = append(b, delta, 1)
	}
	return append(b, 0)
}

func (e *encoder) appendStruct(b []byte, name string, typ int, fields []byte) []byte {
	b = appendString(b, name)
	b = appendInt(b, e.base+typ)
	b = appendUint(b, uint64(len(fields)))
	return append(b, fields...)
}

func appendMessage(b, msg []byte) []byte {
	return append(appendUint(b, uint64(len(msg))), msg...)
}

// appendUint writes small numbers as one byte, others as the negated count of
// bytes and then the bytes, big end first.
func appendUint(b []byte, u uint64) []byte {
	if u < 128 {
		return append(b, byte(u))
	}
	n := (bits.Len64(u) + 7) / 8
	b = append(b, byte(-n))
	for i := n - 1; i >= 0; i-- {
		b = append(b, byte(u>>(8*i)))
	}
	return b
}

func appendInt(b []byte, i int) []byte {
	u := uint64(i) << 1
	if i < 0 {
		u = ^u
	}
	return appendUint(b, u)
}

func appendBool(b []byte, v bool) []byte {
	if v {
		return append(b, 1)
	}
	return append(b, 0)
}

func appendString(b []byte, s string) []byte {
	return append(appendUint(b, uint64(len(s))), s...)
}
