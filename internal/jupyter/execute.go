package jupyter

// Status values of replies.
const (
	OK      = "ok"
	Failed  = "error"
	Aborted = "aborted"
)

// ExecuteRequest asks the kernel to run a cell.
type ExecuteRequest struct {
	Code            string            `json:"code"`
	Silent          bool              `json:"silent"`
	StoreHistory    bool              `json:"store_history"`
	UserExpressions map[string]string `json:"user_expressions"`
	AllowStdin      bool              `json:"allow_stdin"`
	StopOnError     bool              `json:"stop_on_error"`
}

// ExecuteReply says how a cell ended. The error fields are set when Status is
// Failed, and absent otherwise.
type ExecuteReply struct {
	Status          string           `json:"status"`
	ExecutionCount  int              `json:"execution_count"`
	Payload         []map[string]any `json:"payload"`
	UserExpressions map[string]any   `json:"user_expressions"` // values are ExpressionResult or ExpressionError
	*Error
}

// ExpressionResult is the value of one user expression.
type ExpressionResult struct {
	Status   string         `json:"status"`
	Data     map[string]any `json:"data"`
	Metadata map[string]any `json:"metadata"`
}

// ExpressionError says why a user expression has no value.
type ExpressionError struct {
	Status string `json:"status"`
	Error
}

// ExecuteInput tells all clients what is being run.
type ExecuteInput struct {
	Code           string `json:"code"`
	ExecutionCount int    `json:"execution_count"`
}

// ExecuteResult is the value of a cell's last expression.
type ExecuteResult struct {
	ExecutionCount int            `json:"execution_count"`
	Data           map[string]any `json:"data"`
	Metadata       map[string]any `json:"metadata"`
}

// Stream is a piece of what a cell printed.
type Stream struct {
	Name string `json:"name"` // stdout or stderr
	Text string `json:"text"`
}

// DisplayData is something to show, in several forms keyed by MIME type.
type DisplayData struct {
	Data      map[string]any `json:"data"`
	Metadata  map[string]any `json:"metadata"`
	Transient Transient      `json:"transient"`
}

// UpdateDisplayData replaces what an earlier DisplayData showed.
type UpdateDisplayData struct {
	Data      map[string]any `json:"data"`
	Metadata  map[string]any `json:"metadata"`
	Transient Transient      `json:"transient"`
}

// Transient holds what a notebook does not save.
type Transient struct {
	DisplayID string `json:"display_id,omitempty"`
}

// ClearOutput removes a cell's output, at once or when the next output comes.
type ClearOutput struct {
	Wait bool `json:"wait"`
}

// Error says why a cell failed.
type Error struct {
	Name      string   `json:"ename"`
	Value     string   `json:"evalue"`
	Traceback []string `json:"traceback"`
}

// Status says whether the kernel is starting, busy or idle.
type Status struct {
	ExecutionState string `json:"execution_state"`
}

// Execution states.
const (
	Starting = "starting"
	Busy     = "busy"
	Idle     = "idle"
)

// InputRequest asks the learner for a line.
type InputRequest struct {
	Prompt   string `json:"prompt"`
	Password bool   `json:"password"`
}

// InputReply is the learner's line.
type InputReply struct {
	Value string `json:"value"`
}

// Type returns the message type.
func (ExecuteRequest) Type() string { return TypeExecuteRequest }

// Type returns the message type.
func (ExecuteReply) Type() string { return TypeExecuteReply }

// Type returns the message type.
func (ExecuteInput) Type() string { return TypeExecuteInput }

// Type returns the message type.
func (ExecuteResult) Type() string { return TypeExecuteResult }

// Type returns the message type.
func (Stream) Type() string { return TypeStream }

// Type returns the message type.
func (DisplayData) Type() string { return TypeDisplayData }

// Type returns the message type.
func (UpdateDisplayData) Type() string { return TypeUpdateDisplayData }

// Type returns the message type.
func (ClearOutput) Type() string { return TypeClearOutput }

// Type returns the message type.
func (Error) Type() string { return TypeError }

// Type returns the message type.
func (Status) Type() string { return TypeStatus }

// Type returns the message type.
func (InputRequest) Type() string { return TypeInputRequest }

// Type returns the message type.
func (InputReply) Type() string { return TypeInputReply }
