package jupyter

// DraftRequest is a request of our own, for pages that help while somebody
// types: what is wrong with this cell? Nothing is run. A cell without mistakes
// is built ahead, so that running it takes no longer than running it.
type DraftRequest struct {
	Code string `json:"code"`
	// CursorPos counts code points; -1: nobody is typing.
	CursorPos int `json:"cursor_pos"`
	// Above are the code cells above this one.
	Above []string `json:"above,omitempty"`
	// Build is what to build ahead, where running sends another text than
	// Code, such as a formatted one. Empty: nothing. Absent: Code.
	Build *string `json:"build,omitempty"`
}

// DraftReply lists what is wrong with a cell.
type DraftReply struct {
	Status      string            `json:"status"`
	Diagnostics []DraftDiagnostic `json:"diagnostics"`
}

// DraftDiagnostic is one mistake. Lines and columns are 1-based, columns count
// code points. Line 0: the mistake is in another cell. EndColumn is behind the
// last character, 0 if unknown.
type DraftDiagnostic struct {
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndColumn int    `json:"end_column"`
	Severity  string `json:"severity"` // error or warning
	Message   string `json:"message"`
	Hint      string `json:"hint,omitempty"`
}

// Type returns the message type.
func (DraftRequest) Type() string { return TypeDraftRequest }

// Type returns the message type.
func (DraftReply) Type() string { return TypeDraftReply }
