package kernel

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"lanebook/internal/jupyter"
)

// maxHistory is how many cells are remembered. Arbitrary.
const maxHistory = 1000

// session is the number of this session: the history ends with the kernel, so
// there is only one.
const session = 1

// history remembers the cells of this session, oldest first.
type history struct {
	mu      sync.Mutex
	entries []entry
}

type entry struct {
	line          int // execution count
	input, output string
}

func (h *history) add(line int, input, output string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.entries) >= maxHistory {
		h.entries = slices.Delete(h.entries, 0, 1)
	}
	h.entries = append(h.entries, entry{line: line, input: input, output: output})
}

// searchHistory lists cells that were run.
func (k *Kernel) searchHistory(_ context.Context, _ jupyter.Message, req jupyter.HistoryRequest) (jupyter.Content, error) {
	k.history.mu.Lock()
	defer k.history.mu.Unlock()
	var found []entry
	switch req.AccessType {
	case "range":
		found = k.history.between(req)
	case "tail", "":
		found = last(k.history.entries, req.N)
	case "search":
		found = last(k.history.matching(req.Pattern, req.Unique), req.N)
	default:
		return nil, fmt.Errorf("history: unknown access type %q", req.AccessType)
	}
	reply := jupyter.HistoryReply{Status: jupyter.OK, History: [][]any{}}
	for _, e := range found {
		var what any = e.input
		if req.Output {
			what = []any{e.input, e.output}
		}
		reply.History = append(reply.History, []any{session, e.line, what})
	}
	return reply, nil
}

// between returns the cells from Start up to but without Stop. Session 0 is
// this one, negative ones are earlier and unknown. Stop 0 means no end.
func (h *history) between(req jupyter.HistoryRequest) []entry {
	if req.Session != 0 && req.Session != session {
		return nil
	}
	var found []entry
	for _, e := range h.entries {
		if e.line >= req.Start && (req.Stop <= 0 || e.line < req.Stop) {
			found = append(found, e)
		}
	}
	return found
}

// matching returns the cells that a pattern with * and ? matches; with unique,
// of equal ones the last only.
func (h *history) matching(pattern string, unique bool) []entry {
	if pattern == "" {
		pattern = "*"
	}
	var found []entry
	for _, e := range h.entries {
		if !glob(pattern, e.input) {
			continue
		}
		if unique {
			found = slices.DeleteFunc(found, func(f entry) bool { return f.input == e.input })
		}
		found = append(found, e)
	}
	return found
}

// glob matches as path.Match does, without its respect for slashes. A pattern
// that makes no sense matches nothing.
func glob(pattern, text string) bool {
	flat := strings.NewReplacer("/", "\x00")
	ok, err := path.Match(flat.Replace(pattern), flat.Replace(text))
	return err == nil && ok
}

// last returns the last n entries; all when n is 0 or negative.
func last(entries []entry, n int) []entry {
	if n <= 0 || n > len(entries) {
		return entries
	}
	return entries[len(entries)-n:]
}
