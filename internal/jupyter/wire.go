package jupyter

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
)

// delimiter separates the identities from the rest of a multipart message.
const delimiter = "<IDS|MSG>"

// Reasons for which Decode refuses a message.
var (
	ErrDelimiter = errors.New("no delimiter")
	ErrParts     = errors.New("too few parts")
	ErrSignature = errors.New("wrong signature")
	ErrTooLarge  = errors.New("message too large")
	ErrNoType    = errors.New("no message type")
)

// Decode reads one multipart message and verifies its signature with key; an
// empty key means that messages are not signed. The message it returns keeps
// no reference to the frames. Content that does not fit its type is no error:
// see Malformed.
func Decode(channel Channel, frames [][]byte, key []byte) (Message, error) {
	if err := checkSize(frames); err != nil {
		return Message{}, err
	}
	at := -1
	for i, frame := range frames {
		if string(frame) == delimiter {
			at = i
			break
		}
	}
	if at < 0 {
		return Message{}, ErrDelimiter
	}
	parts := frames[at+1:]
	if len(parts) < 5 {
		return Message{}, fmt.Errorf("%w: %d of 5 after the delimiter", ErrParts, len(parts))
	}
	signature, signed := parts[0], parts[1:5]
	if len(key) > 0 && !hmac.Equal(signature, sign(signed, key)) {
		return Message{}, ErrSignature
	}
	m, err := decodeParts(signed)
	if err != nil {
		return Message{}, err
	}
	m.Channel = channel
	m.Identities = cloneAll(frames[:at])
	m.Buffers = cloneAll(parts[5:])
	return m, nil
}

// Encode writes a message as frames, signed with key; an empty key leaves the
// signature empty.
func Encode(m Message, key []byte) ([][]byte, error) {
	signed, err := encodeParts(m)
	if err != nil {
		return nil, err
	}
	frames := make([][]byte, 0, len(m.Identities)+6+len(m.Buffers))
	frames = append(frames, m.Identities...)
	frames = append(frames, []byte(delimiter), sign(signed, key))
	frames = append(frames, signed...)
	return append(frames, m.Buffers...), nil
}

// sign returns the signature of the four signed parts in hex, empty without a
// key.
func sign(signed [][]byte, key []byte) []byte {
	if len(key) == 0 {
		return []byte{}
	}
	mac := hmac.New(sha256.New, key)
	for _, part := range signed {
		mac.Write(part)
	}
	return hex.AppendEncode(nil, mac.Sum(nil))
}

// decodeParts reads header, parent header, metadata and content.
func decodeParts(parts [][]byte) (Message, error) {
	var m Message
	if err := json.Unmarshal(parts[0], &m.Header); err != nil {
		return Message{}, fmt.Errorf("decode header: %w", err)
	}
	if m.Header.Type == "" {
		return Message{}, fmt.Errorf("decode header: %w", ErrNoType)
	}
	if err := unmarshalOptional(parts[1], &m.Parent); err != nil {
		return Message{}, fmt.Errorf("decode parent header: %w", err)
	}
	if err := unmarshalOptional(parts[2], &m.Metadata); err != nil {
		return Message{}, fmt.Errorf("decode metadata: %w", err)
	}
	m.Content = decodeContent(m.Header.Type, parts[3])
	return m, nil
}

// encodeParts writes header, parent header, metadata and content.
func encodeParts(m Message) ([][]byte, error) {
	metadata := m.Metadata
	if metadata == nil {
		metadata = map[string]any{}
	}
	parts := make([][]byte, 0, 4)
	for _, v := range []any{m.Header, m.Parent, metadata, m.Content} {
		part, err := marshal(v)
		if err != nil {
			return nil, fmt.Errorf("encode %s: %w", m.Header.Type, err)
		}
		parts = append(parts, part)
	}
	return parts, nil
}

// marshal writes JSON without the HTML escapes that double the size of
// pictures and tables.
func marshal(v any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n")), nil
}

// unmarshalOptional is json.Unmarshal where nothing at all counts as null.
func unmarshalOptional(data []byte, v any) error {
	if len(bytes.TrimSpace(data)) == 0 {
		return nil
	}
	return json.Unmarshal(data, v)
}

// checkSize refuses messages beyond the limits.
func checkSize(frames [][]byte) error {
	if len(frames) > MaxFrames {
		return fmt.Errorf("%w: %d parts", ErrTooLarge, len(frames))
	}
	size := 0
	for _, frame := range frames {
		size += len(frame)
	}
	if size > MaxSize {
		return fmt.Errorf("%w: %d bytes", ErrTooLarge, size)
	}
	return nil
}

// cloneAll copies frames, nil when there are none.
func cloneAll(frames [][]byte) [][]byte {
	if len(frames) == 0 {
		return nil
	}
	clones := make([][]byte, len(frames))
	for i, frame := range frames {
		clones[i] = bytes.Clone(frame)
	}
	return clones
}
