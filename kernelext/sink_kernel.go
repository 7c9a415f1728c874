//go:build lanebook

package kernelext

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"lanebook/internal/display"
)

// spooled is a recording in a file that the kernel owns. It is written as it
// comes, so after os.Exit or a kill the kernel still draws what arrived.
type spooled struct {
	*os.File
	title string
}

func newSink(title string) (sink, error) {
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
		return &spooled{f, title}, nil
	}
}

// deliver announces the file. A recording that ended in stillness is left
// where it is until f comes back: if it never does, the kernel finds the file
// when it tells the learner about the deadlock.
func (s *spooled) deliver(still time.Duration, over bool) {
	if !over {
		return
	}
	if err := s.Close(); err != nil {
		complain("the recording could not be written: %v", "记录写入失败：%v", err)
		return
	}
	data, err := json.Marshal(display.Announcement{File: filepath.Base(s.Name()), Kind: "lanes", Title: s.title})
	if err != nil {
		complain("the recording could not be announced: %v", "记录无法提交：%v", err)
		return
	}
	show(display.Display{Data: display.Bundle{display.Recording: string(data)}})
}
