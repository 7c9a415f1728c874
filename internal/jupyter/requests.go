package jupyter

import "encoding/json"

// KernelInfoRequest asks what the kernel is.
type KernelInfoRequest struct{}

// KernelInfoReply says what the kernel is.
type KernelInfoReply struct {
	Status                string       `json:"status"`
	ProtocolVersion       string       `json:"protocol_version"`
	Implementation        string       `json:"implementation"`
	ImplementationVersion string       `json:"implementation_version"`
	LanguageInfo          LanguageInfo `json:"language_info"`
	Banner                string       `json:"banner"`
	HelpLinks             []HelpLink   `json:"help_links"`
	Debugger              bool         `json:"debugger"`
	SupportedFeatures     []string     `json:"supported_features"`
}

// LanguageInfo tells front ends how to treat the text of cells.
type LanguageInfo struct {
	Name           string `json:"name"`
	Version        string `json:"version"`
	MIMEType       string `json:"mimetype"`
	FileExtension  string `json:"file_extension"`
	PygmentsLexer  string `json:"pygments_lexer"`
	CodeMirrorMode string `json:"codemirror_mode"`
}

// HelpLink is an entry of a front end's help menu.
type HelpLink struct {
	Text string `json:"text"`
	URL  string `json:"url"`
}

// IsCompleteRequest asks whether Enter should run the text or continue it.
type IsCompleteRequest struct {
	Code string `json:"code"`
}

// IsCompleteReply answers with complete, incomplete, invalid or unknown.
type IsCompleteReply struct {
	Status string `json:"status"`
	Indent string `json:"indent"` // of the next line, when incomplete
}

// CompleteRequest asks what could stand at the cursor. A CursorPos of -1
// stands for the end of the code.
type CompleteRequest struct {
	Code      string   `json:"code"`
	CursorPos int      `json:"cursor_pos"`
	Above     []string `json:"above,omitempty"` // ours: the cells above
}

// CompleteReply lists what may replace the text between the two cursors.
type CompleteReply struct {
	Status      string         `json:"status"`
	Matches     []string       `json:"matches"`
	CursorStart int            `json:"cursor_start"`
	CursorEnd   int            `json:"cursor_end"`
	Metadata    map[string]any `json:"metadata"`
}

// InspectRequest asks about what stands at the cursor. A CursorPos of -1
// stands for the end of the code.
type InspectRequest struct {
	Code        string   `json:"code"`
	CursorPos   int      `json:"cursor_pos"`
	DetailLevel int      `json:"detail_level"`
	Above       []string `json:"above,omitempty"` // ours: the cells above
}

// InspectReply describes what stands at the cursor.
type InspectReply struct {
	Status   string         `json:"status"`
	Found    bool           `json:"found"`
	Data     map[string]any `json:"data"`
	Metadata map[string]any `json:"metadata"`
}

// HistoryRequest asks for cells that were run.
type HistoryRequest struct {
	Output     bool   `json:"output"`
	Raw        bool   `json:"raw"`
	AccessType string `json:"hist_access_type"` // range, tail or search
	Session    int    `json:"session"`
	Start      int    `json:"start"`
	Stop       int    `json:"stop"`
	N          int    `json:"n"`
	Pattern    string `json:"pattern"`
	Unique     bool   `json:"unique"`
}

// HistoryReply lists cells that were run: (session, line, input), or
// (session, line, (input, output)) when output was asked for.
type HistoryReply struct {
	Status  string  `json:"status"`
	History [][]any `json:"history"`
}

// CommInfoRequest asks for the open comms of a target, or of all.
type CommInfoRequest struct {
	TargetName string `json:"target_name"`
}

// CommInfoReply lists open comms by their id.
type CommInfoReply struct {
	Status string              `json:"status"`
	Comms  map[string]CommInfo `json:"comms"`
}

// CommInfo describes an open comm.
type CommInfo struct {
	TargetName string `json:"target_name"`
}

// CommOpen opens a comm.
type CommOpen struct {
	ID         string         `json:"comm_id"`
	TargetName string         `json:"target_name"`
	Data       map[string]any `json:"data"`
}

// CommMsg is a message on a comm.
type CommMsg struct {
	ID   string         `json:"comm_id"`
	Data map[string]any `json:"data"`
}

// CommClose closes a comm.
type CommClose struct {
	ID   string         `json:"comm_id"`
	Data map[string]any `json:"data"`
}

// InterruptRequest asks to stop the running cell.
type InterruptRequest struct{}

// InterruptReply says that the running cell was told to stop.
type InterruptReply struct {
	Status string `json:"status"`
}

// ShutdownRequest asks the kernel to end.
type ShutdownRequest struct {
	Restart bool `json:"restart"` // a new kernel will be started
}

// ShutdownReply says that the kernel is about to end.
type ShutdownReply struct {
	Status  string `json:"status"`
	Restart bool   `json:"restart"`
}

// DebugRequest is a request of the Debug Adapter Protocol.
type DebugRequest struct {
	Seq       int             `json:"seq"`
	Command   string          `json:"command"`
	Arguments json.RawMessage `json:"arguments,omitempty"`
}

// DebugReply is a response of the Debug Adapter Protocol.
type DebugReply struct {
	Kind       string `json:"type"` // always "response"
	Seq        int    `json:"seq"`
	RequestSeq int    `json:"request_seq"`
	Command    string `json:"command"`
	Success    bool   `json:"success"`
	Message    string `json:"message"`
}

// IOPubWelcome tells a new subscriber that its subscription is in place.
type IOPubWelcome struct {
	Subscription string `json:"subscription"`
}

// ErrorReply answers a request that could not be served. Name is the reply's
// message type.
type ErrorReply struct {
	Name   string `json:"-"`
	Status string `json:"status"`
	Error
}

// Type returns the message type.
func (KernelInfoRequest) Type() string { return TypeKernelInfoRequest }

// Type returns the message type.
func (KernelInfoReply) Type() string { return TypeKernelInfoReply }

// Type returns the message type.
func (IsCompleteRequest) Type() string { return TypeIsCompleteRequest }

// Type returns the message type.
func (IsCompleteReply) Type() string { return TypeIsCompleteReply }

// Type returns the message type.
func (CompleteRequest) Type() string { return TypeCompleteRequest }

// Type returns the message type.
func (CompleteReply) Type() string { return TypeCompleteReply }

// Type returns the message type.
func (InspectRequest) Type() string { return TypeInspectRequest }

// Type returns the message type.
func (InspectReply) Type() string { return TypeInspectReply }

// Type returns the message type.
func (HistoryRequest) Type() string { return TypeHistoryRequest }

// Type returns the message type.
func (HistoryReply) Type() string { return TypeHistoryReply }

// Type returns the message type.
func (CommInfoRequest) Type() string { return TypeCommInfoRequest }

// Type returns the message type.
func (CommInfoReply) Type() string { return TypeCommInfoReply }

// Type returns the message type.
func (CommOpen) Type() string { return TypeCommOpen }

// Type returns the message type.
func (CommMsg) Type() string { return TypeCommMsg }

// Type returns the message type.
func (CommClose) Type() string { return TypeCommClose }

// Type returns the message type.
func (InterruptRequest) Type() string { return TypeInterruptRequest }

// Type returns the message type.
func (InterruptReply) Type() string { return TypeInterruptReply }

// Type returns the message type.
func (ShutdownRequest) Type() string { return TypeShutdownRequest }

// Type returns the message type.
func (ShutdownReply) Type() string { return TypeShutdownReply }

// Type returns the message type.
func (DebugRequest) Type() string { return TypeDebugRequest }

// Type returns the message type.
func (DebugReply) Type() string { return TypeDebugReply }

// Type returns the message type.
func (IOPubWelcome) Type() string { return TypeIOPubWelcome }

// Type returns the reply's message type.
func (e ErrorReply) Type() string { return e.Name }
