package jupyter

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// The message types. These strings occur nowhere else.
const (
	TypeExecuteRequest    = "execute_request"
	TypeExecuteReply      = "execute_reply"
	TypeExecuteInput      = "execute_input"
	TypeExecuteResult     = "execute_result"
	TypeStream            = "stream"
	TypeDisplayData       = "display_data"
	TypeUpdateDisplayData = "update_display_data"
	TypeClearOutput       = "clear_output"
	TypeError             = "error"
	TypeStatus            = "status"
	TypeKernelInfoRequest = "kernel_info_request"
	TypeKernelInfoReply   = "kernel_info_reply"
	TypeIsCompleteRequest = "is_complete_request"
	TypeIsCompleteReply   = "is_complete_reply"
	TypeCompleteRequest   = "complete_request"
	TypeCompleteReply     = "complete_reply"
	TypeInspectRequest    = "inspect_request"
	TypeInspectReply      = "inspect_reply"
	TypeHistoryRequest    = "history_request"
	TypeHistoryReply      = "history_reply"
	TypeCommInfoRequest   = "comm_info_request"
	TypeCommInfoReply     = "comm_info_reply"
	TypeCommOpen          = "comm_open"
	TypeCommMsg           = "comm_msg"
	TypeCommClose         = "comm_close"
	TypeInputRequest      = "input_request"
	TypeInputReply        = "input_reply"
	TypeInterruptRequest  = "interrupt_request"
	TypeInterruptReply    = "interrupt_reply"
	TypeShutdownRequest   = "shutdown_request"
	TypeShutdownReply     = "shutdown_reply"
	TypeDebugRequest      = "debug_request"
	TypeDebugReply        = "debug_reply"
	TypeIOPubWelcome      = "iopub_welcome"
	TypeDraftRequest      = "lanebook_draft_request" // ours alone
	TypeDraftReply        = "lanebook_draft_reply"
)

// decoders maps a message type to what reads its content. The value given to
// decoder holds the defaults of fields that the sender left out.
var decoders = map[string]func(json.RawMessage) (Content, error){
	TypeExecuteRequest:    decoder(ExecuteRequest{StoreHistory: true, StopOnError: true}),
	TypeExecuteReply:      decoder(ExecuteReply{}),
	TypeExecuteInput:      decoder(ExecuteInput{}),
	TypeExecuteResult:     decoder(ExecuteResult{}),
	TypeStream:            decoder(Stream{}),
	TypeDisplayData:       decoder(DisplayData{}),
	TypeUpdateDisplayData: decoder(UpdateDisplayData{}),
	TypeClearOutput:       decoder(ClearOutput{}),
	TypeError:             decoder(Error{}),
	TypeStatus:            decoder(Status{}),
	TypeKernelInfoRequest: decoder(KernelInfoRequest{}),
	TypeKernelInfoReply:   decoder(KernelInfoReply{}),
	TypeIsCompleteRequest: decoder(IsCompleteRequest{}),
	TypeIsCompleteReply:   decoder(IsCompleteReply{}),
	TypeCompleteRequest:   decoder(CompleteRequest{CursorPos: -1}),
	TypeCompleteReply:     decoder(CompleteReply{}),
	TypeInspectRequest:    decoder(InspectRequest{CursorPos: -1}),
	TypeInspectReply:      decoder(InspectReply{}),
	TypeHistoryRequest:    decoder(HistoryRequest{}),
	TypeHistoryReply:      decoder(HistoryReply{}),
	TypeCommInfoRequest:   decoder(CommInfoRequest{}),
	TypeCommInfoReply:     decoder(CommInfoReply{}),
	TypeCommOpen:          decoder(CommOpen{}),
	TypeCommMsg:           decoder(CommMsg{}),
	TypeCommClose:         decoder(CommClose{}),
	TypeInputRequest:      decoder(InputRequest{}),
	TypeInputReply:        decoder(InputReply{}),
	TypeInterruptRequest:  decoder(InterruptRequest{}),
	TypeInterruptReply:    decoder(InterruptReply{}),
	TypeShutdownRequest:   decoder(ShutdownRequest{}),
	TypeShutdownReply:     decoder(ShutdownReply{}),
	TypeDebugRequest:      decoder(DebugRequest{}),
	TypeDebugReply:        decoder(DebugReply{}),
	TypeIOPubWelcome:      decoder(IOPubWelcome{}),
	TypeDraftRequest:      decoder(DraftRequest{CursorPos: -1}),
	TypeDraftReply:        decoder(DraftReply{}),
}

// ReplyType is the type of the reply to a request, and whether there is one.
func ReplyType(request string) (reply string, ok bool) {
	stem, ok := strings.CutSuffix(request, "_request")
	return stem + "_reply", ok
}

// Content is what a message says. Each type below is one message type's.
type Content interface {
	// Type is the message type that carries this content.
	Type() string
}

// Unknown is the content of a message type that is not in the table, kept as
// it came.
type Unknown struct {
	Name string // the message type
	Raw  json.RawMessage
}

// Type returns the unknown type's name.
func (u Unknown) Type() string { return u.Name }

// MarshalJSON returns the content as it came.
func (u Unknown) MarshalJSON() ([]byte, error) {
	if len(u.Raw) == 0 {
		return []byte("{}"), nil
	}
	return u.Raw, nil
}

// Malformed is the content of a known message type that could not be read.
// The rest of the message is sound, so its sender can be told.
type Malformed struct {
	Unknown
	Err error
}

// decoder reads content into a copy of the defaults.
func decoder[T Content](defaults T) func(json.RawMessage) (Content, error) {
	return func(raw json.RawMessage) (Content, error) {
		content := defaults
		if err := json.Unmarshal(raw, &content); err != nil {
			return nil, err
		}
		return content, nil
	}
}

// decodeContent never fails: what it cannot read comes back as Unknown or
// Malformed.
func decodeContent(name string, raw json.RawMessage) Content {
	// Some clients send no content, or null, when every field is optional.
	if trimmed := bytes.TrimSpace(raw); len(trimmed) == 0 || string(trimmed) == "null" {
		raw = json.RawMessage("{}")
	}
	if !json.Valid(raw) {
		return Malformed{Unknown: Unknown{Name: name}, Err: fmt.Errorf("decode %s: content is not JSON", name)}
	}
	unknown := Unknown{Name: name, Raw: bytes.Clone(raw)}
	decode, ok := decoders[name]
	if !ok {
		return unknown
	}
	content, err := decode(raw)
	if err != nil {
		return Malformed{Unknown: unknown, Err: fmt.Errorf("decode %s: %w", name, err)}
	}
	return content
}
