package jupyter

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
)

// Subprotocol is the name of the WebSocket protocol that EncodeV1 and DecodeV1
// speak. Without a subprotocol, clients speak EncodeJSON and DecodeJSON.
const Subprotocol = "v1.kernel.websocket.jupyter.org"

// ErrFrame is returned for a binary WebSocket frame whose offsets make no
// sense.
var ErrFrame = errors.New("malformed frame")

// EncodeV1 writes a message in the form of Subprotocol: a little-endian u64
// count of offsets, the offsets, then channel, header, parent, metadata,
// content and buffers.
func EncodeV1(m Message) ([]byte, error) {
	parts, err := encodeParts(m)
	if err != nil {
		return nil, err
	}
	parts = append([][]byte{[]byte(m.Channel)}, parts...)
	parts = append(parts, m.Buffers...)
	count := len(parts) + 1 // the last offset is the end of the frame
	frame := binary.LittleEndian.AppendUint64(nil, uint64(count))
	offset := 8 * (1 + count)
	for _, part := range parts {
		frame = binary.LittleEndian.AppendUint64(frame, uint64(offset))
		offset += len(part)
	}
	frame = binary.LittleEndian.AppendUint64(frame, uint64(offset))
	for _, part := range parts {
		frame = append(frame, part...)
	}
	return frame, nil
}

// DecodeV1 reads a message in the form of Subprotocol.
func DecodeV1(frame []byte) (Message, error) {
	if len(frame) > MaxSize {
		return Message{}, ErrTooLarge
	}
	if len(frame) < 8 {
		return Message{}, fmt.Errorf("%w: %d bytes", ErrFrame, len(frame))
	}
	count := binary.LittleEndian.Uint64(frame)
	if count > MaxFrames || count > uint64(len(frame)/8-1) {
		return Message{}, fmt.Errorf("%w: %d offsets", ErrFrame, count)
	}
	offsets := make([]uint64, count)
	for i := range offsets {
		offsets[i] = binary.LittleEndian.Uint64(frame[8*(i+1):])
	}
	parts, err := split(frame, offsets, 8*(1+count))
	if err != nil {
		return Message{}, err
	}
	if len(parts) < 5 {
		return Message{}, fmt.Errorf("%w: %d of 5", ErrParts, len(parts))
	}
	m, err := decodeParts(parts[1:5])
	if err != nil {
		return Message{}, err
	}
	m.Channel = Channel(parts[0])
	m.Buffers = cloneAll(parts[5:])
	return m, nil
}

// split cuts a frame at its offsets; the last offset ends the last part. No
// offset may lie before floor, where the parts begin.
func split(frame []byte, offsets []uint64, floor uint64) ([][]byte, error) {
	var parts [][]byte
	for i, offset := range offsets {
		if offset < floor || offset > uint64(len(frame)) {
			return nil, fmt.Errorf("%w: offset %d of %d bytes", ErrFrame, offset, len(frame))
		}
		if i > 0 {
			parts = append(parts, frame[floor:offset])
		}
		floor = offset
	}
	return parts, nil
}

// textMessage is a message in the JSON form, as we write it.
type textMessage struct {
	Channel  Channel         `json:"channel"`
	ID       string          `json:"msg_id"`   // repeated from the header
	Type     string          `json:"msg_type"` // repeated from the header
	Header   json.RawMessage `json:"header"`
	Parent   json.RawMessage `json:"parent_header"`
	Metadata json.RawMessage `json:"metadata"`
	Content  json.RawMessage `json:"content"`
	Buffers  []struct{}      `json:"buffers"` // always empty: buffers travel in the binary form
}

// EncodeJSON writes a message in the form used without a subprotocol: JSON
// text, or, when the message has buffers, a binary frame with big-endian u32
// offsets. It reports whether the frame is binary.
func EncodeJSON(m Message) (frame []byte, isBinary bool, err error) {
	parts, err := encodeParts(m)
	if err != nil {
		return nil, false, err
	}
	text, err := marshal(textMessage{
		Channel: m.Channel, ID: m.Header.ID, Type: m.Header.Type,
		Header: parts[0], Parent: parts[1], Metadata: parts[2], Content: parts[3],
		Buffers: []struct{}{},
	})
	if err != nil {
		return nil, false, fmt.Errorf("encode %s: %w", m.Header.Type, err)
	}
	if len(m.Buffers) == 0 {
		return text, false, nil
	}
	parts = append([][]byte{text}, m.Buffers...)
	frame = binary.BigEndian.AppendUint32(nil, uint32(len(parts)))
	offset := 4 * (1 + len(parts))
	for _, part := range parts {
		frame = binary.BigEndian.AppendUint32(frame, uint32(offset))
		offset += len(part)
	}
	for _, part := range parts {
		frame = append(frame, part...)
	}
	return frame, true, nil
}

// DecodeJSON reads a text frame, or a binary one, in the form used without a
// subprotocol. A message without a channel is for the shell.
func DecodeJSON(frame []byte, isBinary bool) (Message, error) {
	if len(frame) > MaxSize {
		return Message{}, ErrTooLarge
	}
	parts := [][]byte{frame}
	if isBinary {
		var err error
		if parts, err = splitJSON(frame); err != nil {
			return Message{}, err
		}
	}
	// What is repeated from the header, and buffers, are looked at by nobody.
	var text struct {
		Channel  Channel         `json:"channel"`
		Header   json.RawMessage `json:"header"`
		Parent   json.RawMessage `json:"parent_header"`
		Metadata json.RawMessage `json:"metadata"`
		Content  json.RawMessage `json:"content"`
	}
	if err := json.Unmarshal(parts[0], &text); err != nil {
		return Message{}, fmt.Errorf("decode message: %w", err)
	}
	m, err := decodeParts([][]byte{text.Header, text.Parent, text.Metadata, text.Content})
	if err != nil {
		return Message{}, err
	}
	m.Channel = text.Channel
	if m.Channel == "" {
		m.Channel = Shell
	}
	m.Buffers = cloneAll(parts[1:])
	return m, nil
}

// splitJSON cuts the binary form into its text and its buffers.
func splitJSON(frame []byte) ([][]byte, error) {
	if len(frame) < 4 {
		return nil, fmt.Errorf("%w: %d bytes", ErrFrame, len(frame))
	}
	count := uint64(binary.BigEndian.Uint32(frame))
	if count == 0 || count > MaxFrames || count > uint64(len(frame)/4-1) {
		return nil, fmt.Errorf("%w: %d offsets", ErrFrame, count)
	}
	offsets := make([]uint64, count, count+1)
	for i := range offsets {
		offsets[i] = uint64(binary.BigEndian.Uint32(frame[4*(i+1):]))
	}
	return split(frame, append(offsets, uint64(len(frame))), 4*(1+count))
}
