package kernel

import (
	"context"
	"strings"
	"unicode/utf8"

	"lanebook/internal/engine"
	"lanebook/internal/jupyter"
)

// draft says what is wrong with a cell that is being written, and builds it
// ahead.
func (k *Kernel) draft(ctx context.Context, _ jupyter.Message, req jupyter.DraftRequest) (jupyter.Content, error) {
	build := req.Code
	if req.Build != nil {
		build = *req.Build
	}
	d := engine.Draft{Name: k.nextName(), Source: req.Code, Offset: -1, Above: req.Above}
	if req.CursorPos >= 0 {
		d.Offset = jupyter.NewCursor(req.Code, req.CursorPos).Offset()
	}
	found, err := k.engine.Check(ctx, d)
	if err != nil {
		return nil, err
	}
	k.ahead(build)
	reply := jupyter.DraftReply{Status: jupyter.OK, Diagnostics: make([]jupyter.DraftDiagnostic, 0, len(found))}
	lines := strings.Split(req.Code, "\n")
	for _, f := range found {
		line := ""
		if 0 < f.Line && f.Line <= len(lines) {
			line = lines[f.Line-1]
		}
		severity := "error"
		if f.Warning {
			severity = "warning"
		}
		reply.Diagnostics = append(reply.Diagnostics, jupyter.DraftDiagnostic{
			Severity: severity,
			Line:     f.Line, Column: points(line, f.Col), EndColumn: points(line, f.End), Message: f.Message, Hint: f.Hint,
		})
	}
	return reply, nil
}

// points converts a column from bytes to code points; 0 stays 0.
func points(line string, col int) int {
	if col == 0 {
		return 0
	}
	return 1 + utf8.RuneCountInString(line[:max(0, min(col-1, len(line)))])
}

// drafted is the cell of a request that has a cursor.
func (k *Kernel) drafted(code string, cursor jupyter.Cursor, above []string) engine.Draft {
	return engine.Draft{Name: k.nextName(), Source: code, Offset: cursor.Offset(), Above: above}
}

// nextName is the name of the cell that is run next.
func (k *Kernel) nextName() string { return cellName(int(k.count.Load())) }

// ahead has a cell built that somebody is typing.
func (k *Kernel) ahead(code string) {
	if strings.TrimSpace(code) == "" {
		return
	}
	k.mu.Lock()
	k.typed = code
	k.mu.Unlock()
	k.engine.Ahead(engine.Cell{Name: k.nextName(), Source: code})
}

// aheadAgain builds the typed cell again after another one has been run, which
// may have changed what it means.
func (k *Kernel) aheadAgain(ran string) {
	k.mu.Lock()
	typed := k.typed
	if typed == ran {
		k.typed = ""
	}
	k.mu.Unlock()
	if typed != "" && typed != ran {
		k.engine.Ahead(engine.Cell{Name: k.nextName(), Source: typed})
	}
}

// cellBuilt notes that the running cell is built, so that the next can be.
func (k *Kernel) cellBuilt() {
	k.mu.Lock()
	if k.serving != nil {
		k.serving.built = true
	}
	k.mu.Unlock()
	k.aheadOfTurn()
}

// aheadOfTurn has the first cell in the queue built while another one runs.
func (k *Kernel) aheadOfTurn() {
	k.queues[cells].inspect(func(items []item) {
		k.mu.Lock()
		built := k.serving != nil && k.serving.built
		k.mu.Unlock()
		if !built {
			return // thousands may wait
		}
		for _, it := range items {
			req, ok := it.message.Content.(jupyter.ExecuteRequest)
			if !ok {
				continue
			}
			if !it.aborted {
				k.engine.AheadOfTurn(engine.Cell{Name: k.nextName(), Source: req.Code})
			}
			return
		}
	})
}
