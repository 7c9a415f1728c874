package engine

import (
	"errors"
	"fmt"
	"strings"
	"syscall"
)

// trouble explains an error that is neither the learner's mistake nor ours,
// and that the learner can do something about: a full disk, a go.mod that
// somebody has edited, a Go that was removed. For others it returns nil.
func (x *execution) trouble(err error) *Problem {
	if err == nil {
		return nil
	}
	text := err.Error()
	missing := x.tool.Missing()
	switch {
	case fullDisk(err):
		return x.explained("DiskFull", fmt.Sprintf(x.say.diskFull, x.home), text)
	case missing != "":
		return x.explained("ToolchainError", fmt.Sprintf(x.say.noGo, missing), text)
	case strings.Contains(text, "go.mod") && strings.Contains(text, "go list"):
		return x.explained("ModuleError", x.say.brokenModule, text)
	}
	return nil
}

// fullDisk reports whether writing has failed for want of room, here or in a
// tool that we ran.
func fullDisk(err error) bool {
	for _, full := range []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG} {
		if errors.Is(err, full) || strings.Contains(err.Error(), full.Error()) {
			return true
		}
	}
	return false
}

// explained is a problem with its technical story below.
func (x *execution) explained(name, message, detail string) *Problem {
	p := x.problem(name, message)
	for line := range strings.Lines(strings.TrimSpace(detail)) {
		p.Traceback = append(p.Traceback, "    "+strings.TrimRight(line, "\n"))
	}
	return p
}
