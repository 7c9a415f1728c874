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
	f, err := spoolFile("lanes-%d.trace")
	if err != nil {
		return nil, err
	}
	return spooled{f}, nil
}

// spoolFile makes a file in the kernel's folder for recordings.
func spoolFile(pattern string) (*os.File, error) {
	dir := os.Getenv("LANEBOOK_SPOOL")
	if dir == "" {
		return nil, errors.New(say("this program was built for the lanebook kernel and runs without it",
			"这个程序是为 lanebook 内核构建的，现在却没有内核"))
	}
	for n := 1; ; n++ {
		name := filepath.Join(dir, fmt.Sprintf(pattern, n))
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if os.IsExist(err) {
			continue
		}
		return f, err
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
	announce(s.Name(), "lanes")
}

func (s spooled) drop() {
	s.Close()
	os.Remove(s.Name())
}

// announce asks the kernel to draw what a file holds.
func announce(file, kind string) {
	// A display.Announcement, written by hand: encoding/json would make the
	// cell a quarter of a megabyte larger. The title is in the recording.
	text := fmt.Sprintf(`{"file":"%s","kind":"%s"}`, filepath.Base(file), kind)
	show(display.Display{Data: display.Bundle{display.Recording: text}})
}

// deepBegins has nothing to say: when the runtime that tells more does not fit
// the installed Go, the kernel has said so.
func deepBegins() {}

// reportFile is what Watch has to say, in a file that the kernel owns. If the
// program ends without announcing it, the kernel reads what was written last.
type reportFile string

func newReportSink() (reportSink, error) {
	f, err := spoolFile("watch-%d.txt")
	if err != nil {
		return nil, err
	}
	return reportFile(f.Name()), f.Close()
}

func (r reportFile) put(text []byte) {
	// In one step: the program may end at any moment, and half a report is none.
	err := os.WriteFile(string(r)+".new", text, 0o600)
	if err == nil {
		err = os.Rename(string(r)+".new", string(r))
	}
	if err != nil {
		complain("the report could not be written: %v", "报告写入失败：%v", err)
	}
}

func (r reportFile) show()     { announce(string(r), "verdict") }
func (r reportFile) suspect()  {} // the kernel reads it if Go reports a deadlock
func (r reportFile) panicked() {}
