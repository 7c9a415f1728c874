//go:build lanebook

package kernelext

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"lanebook/internal/display"
)

// spooled is a recording in a file that the kernel owns. It is written as it
// comes, so after os.Exit or a kill the kernel still draws what arrived.
type spooled struct{ *os.File }

func newSink() (sink, error) {
	dir := os.Getenv("LANEBOOK_SPOOL")
	if dir == "" {
		return nil, errors.New(say("this program was built for the lanebook kernel and runs without it",
			"这个程序是为 lanebook 内核构建的，现在却没有内核"))
	}
	for n := 1; ; n++ {
		name := filepath.Join(dir, fmt.Sprintf("lanes-%d.trace", n))
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if os.IsExist(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		return spooled{f}, nil
	}
}

// deliver announces the file. A recording that ended in stillness is left
// where it is until f comes back: if it never does, the kernel finds the file
// when it tells the learner about the deadlock.
func (s spooled) deliver(over bool) {
	if !over {
		return
	}
	if err := s.Close(); err != nil {
		complain("the recording could not be written: %v", "记录写入失败：%v", err)
		return
	}
	// A display.Announcement, written by hand: encoding/json would make the
	// cell a quarter of a megabyte larger. The title is in the recording.
	text := fmt.Sprintf(`{"file":"%s","kind":"lanes"}`, filepath.Base(s.Name()))
	show(display.Display{Data: display.Bundle{display.Recording: text}})
}

// deepBegins has nothing to say: when the runtime that tells more does not fit
// the installed Go, the kernel has said so.
func deepBegins() {}
