package cell

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"

	"lanebook/internal/display"
)

// asking lets one goroutine ask at a time: there is one standard input.
var asking sync.Mutex

// CanAsk reports whether a learner may be there to answer. A kernel that knows
// better says so in LANEBOOK_INPUT.
func CanAsk() bool { return os.Getenv("LANEBOOK_INPUT") != "no" }

// Ask asks the learner for a line. ok is false at the end of standard input.
// It reads no byte beyond the line, which others may want to read.
func Ask(prompt string, password bool) (line string, ok bool, err error) {
	if !CanAsk() {
		// GoNB would wait for an answer for ever.
		Complain("the program asked %q, but nobody can answer here", "程序询问 %q，但这里没有人能回答", strings.TrimSpace(prompt))
		return "", false, nil
	}
	asking.Lock()
	defer asking.Unlock()
	c, err := conn()
	switch {
	case errors.Is(err, display.ErrNoKernel):
		fmt.Print(prompt)
	case err != nil:
		return "", false, err
	default:
		if err := c.Input(prompt, password); err != nil {
			return "", false, err
		}
	}
	return readLine(os.Stdin)
}

// readLine reads byte by byte, for whoever reads on.
func readLine(r io.Reader) (line string, ok bool, err error) {
	var text []byte
	one := make([]byte, 1)
	for {
		n, err := r.Read(one)
		if n == 1 {
			if one[0] == '\n' {
				return strings.TrimSuffix(string(text), "\r"), true, nil
			}
			text = append(text, one[0])
		}
		if err == io.EOF {
			return string(text), len(text) > 0, nil
		}
		if err != nil {
			return "", false, err
		}
	}
}
