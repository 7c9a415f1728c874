//go:build lanebook

package check

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"lanebook/internal/cell"
	"lanebook/internal/display"
)

// interactive reports whether a first showing can be replaced by a later one.
func interactive() bool { return true }

// show sends the report to the kernel, which draws it.
func (j *judge) show() (text string) {
	cell.Show(display.Display{Data: display.Bundle{display.Check: j.text()}, ID: j.id})
	return ""
}

// plainBinary is this program without the race detector: with it, Go reports no
// deadlocks.
func plainBinary() (binary, error) {
	if raceEnabled {
		if path, _ := build("-race=false"); path != "" {
			return binary{path: path}, nil
		}
	}
	path, err := os.Executable()
	return binary{path, raceEnabled}, err
}

// raceBinary is this program with the race detector, or the reason why there
// is none.
func raceBinary() (path, why string) {
	if !raceEnabled {
		return build("-race")
	}
	path, err := os.Executable()
	if err != nil {
		return "", err.Error()
	}
	return path, ""
}

// keep puts a recording where the kernel looks for it.
func keep(file string) string {
	from, err := os.Open(file)
	if err != nil {
		return ""
	}
	defer from.Close()
	to, err := os.CreateTemp(os.Getenv("LANEBOOK_SPOOL"), "check-*.trace")
	if err != nil {
		return ""
	}
	defer to.Close()
	if _, err := io.Copy(to, from); err != nil {
		return ""
	}
	return filepath.Base(to.Name())
}

// build asks the kernel to build this cell with one more flag, and waits. The
// answer is a file, because GoNB's protocol has none: a word, and the binary or
// the reason.
func build(flag string) (path, why string) {
	if !cell.InNotebook() {
		return "", "flag"
	}
	place, err := os.CreateTemp(os.Getenv("LANEBOOK_SPOOL"), "build-*")
	if err != nil {
		return "", err.Error()
	}
	place.Close()
	name := place.Name() + ".answer"
	defer os.Remove(place.Name())
	defer os.Remove(name)
	ask := cell.Object{"flags", []string{flag}, "answer", filepath.Base(name)}
	cell.Show(display.Display{Data: display.Bundle{display.Build: ask.String()}})
	// The kernel always answers, and when it dies, we die with it. The limit
	// is for a question that could not be asked.
	for begin := time.Now(); time.Since(begin) < 10*time.Minute; {
		text, err := os.ReadFile(name)
		if err != nil {
			time.Sleep(10 * time.Millisecond)
			continue
		}
		switch word, rest, _ := strings.Cut(string(text), "\n"); word {
		case "built":
			return rest, ""
		case "compiler":
			return "", "compiler"
		default:
			return "", rest
		}
	}
	return "", Say("the kernel has not answered", "内核没有回应")
}
