package jupyter

import (
	"encoding/json"
	"fmt"
	"maps"
	"strconv"
	"sync/atomic"
	"time"
)

// Channel is one of the protocol's channels.
type Channel string

// The channels of a kernel.
const (
	Shell     Channel = "shell"
	Control   Channel = "control"
	IOPub     Channel = "iopub"
	Stdin     Channel = "stdin"
	Heartbeat Channel = "hb"
)

// Message is one message in either direction.
type Message struct {
	Channel    Channel
	Identities [][]byte // routing frames; on IOPub the topic
	Header     Header
	Parent     Header // zero when there is none
	Metadata   map[string]any
	Content    Content
	Buffers    [][]byte
}

// Type is the message type that the header names.
func (m Message) Type() string { return m.Header.Type }

// Header says what a message is and who sent it. Every field but Type may be
// empty: some clients omit date, version or username.
type Header struct {
	ID       string
	Session  string
	Username string
	Date     string
	Type     string
	Version  string
	Extra    map[string]json.RawMessage // fields we do not know, kept
}

// IsZero reports whether the header is empty, as the parent of a message that
// answers nothing is.
func (h Header) IsZero() bool {
	return h.ID == "" && h.Session == "" && h.Username == "" && h.Date == "" && h.Type == "" &&
		h.Version == "" && len(h.Extra) == 0
}

// fields pairs the wire's names with the fields.
func (h *Header) fields() map[string]*string {
	return map[string]*string{
		"msg_id": &h.ID, "session": &h.Session, "username": &h.Username,
		"date": &h.Date, "msg_type": &h.Type, "version": &h.Version,
	}
}

// MarshalJSON writes the zero header as {}, all others in full.
func (h Header) MarshalJSON() ([]byte, error) {
	if h.IsZero() {
		return []byte("{}"), nil
	}
	all := maps.Clone(h.Extra)
	if all == nil {
		all = map[string]json.RawMessage{}
	}
	for name, field := range h.fields() {
		text, err := json.Marshal(*field)
		if err != nil {
			return nil, err
		}
		all[name] = text
	}
	return json.Marshal(all)
}

// UnmarshalJSON accepts any JSON object, or null. A known field that is not a
// string counts as missing.
func (h *Header) UnmarshalJSON(data []byte) error {
	*h = Header{}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(data, &all); err != nil {
		return err
	}
	for name, field := range h.fields() {
		// Not a string: tolerated, the field stays empty.
		_ = json.Unmarshal(all[name], field)
		delete(all, name)
	}
	if len(all) > 0 {
		h.Extra = all
	}
	return nil
}

// Author writes messages in one session's name, so that no reply can forget
// its parent, its identities or its channel. It is safe for concurrent use.
type Author struct {
	session  string
	username string
	now      func() time.Time
	count    atomic.Int64
}

// NewAuthor returns an author for a session. Now is the clock for the date of
// each message.
func NewAuthor(session, username string, now func() time.Time) *Author {
	return &Author{session: session, username: username, now: now}
}

// New returns a message that answers nothing.
func (a *Author) New(channel Channel, content Content) Message {
	return Message{Channel: channel, Header: a.header(content), Metadata: map[string]any{}, Content: content}
}

// Reply answers a request: on the channel it came from, to the client that
// sent it.
func (a *Author) Reply(request Message, content Content) Message {
	m := a.Child(request, request.Channel, content)
	m.Identities = request.Identities
	return m
}

// Child returns a message that belongs to a request but leaves on a channel of
// its own. On IOPub it gets a topic; elsewhere it goes to the request's sender.
func (a *Author) Child(request Message, channel Channel, content Content) Message {
	m := a.New(channel, content)
	m.Parent = request.Header
	m.Identities = request.Identities
	if channel == IOPub {
		m.Identities = [][]byte{[]byte("kernel." + a.session + "." + m.Header.Type)}
	}
	return m
}

func (a *Author) header(content Content) Header {
	return Header{
		ID:       a.session + "_" + strconv.FormatInt(a.count.Add(1), 10),
		Session:  a.session,
		Username: a.username,
		Date:     a.Now(),
		Type:     content.Type(),
		Version:  Version,
	}
}

// Now is the time as messages carry it.
func (a *Author) Now() string {
	// Python clients read at most six digits of a second.
	return a.now().UTC().Format("2006-01-02T15:04:05.000000Z")
}

// String names a message in logs, without its content.
func (m Message) String() string {
	return fmt.Sprintf("%.64s %.64s on %s", m.Header.Type, m.Header.ID, m.Channel) // a stranger's may be long
}
