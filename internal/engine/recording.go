package engine

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"lanebook/internal/charts"
	"lanebook/internal/crash"
	"lanebook/internal/display"
	"lanebook/internal/gotrace"
	"lanebook/internal/stuck"
)

// drawAnnounced draws a recording that the program has finished.
func (x *execution) drawAnnounced(text string, d display.Display) {
	var a display.Announcement
	err := json.Unmarshal([]byte(text), &a)
	if err == nil && !isFileName(a.File) {
		err = fmt.Errorf("recording %q is not in the spool", a.File)
	}
	var bundle display.Bundle
	if err == nil {
		bundle, err = x.draw(a, ending{})
	}
	if err != nil {
		x.sink.Stream("stderr", fmt.Sprintf(x.say.noPicture+"\n", err))
		return
	}
	if d.ID == "" {
		d.ID = a.DisplayID
	}
	d.Data = bundle
	x.sink.Show(d)
}

// drawData draws what the program measured.
func (x *execution) drawData(text string, d display.Display) {
	bundle, err := charts.Draw([]byte(text), x.Lang())
	if err != nil {
		x.sink.Stream("stderr", fmt.Sprintf(x.say.noPicture+"\n", err))
		return
	}
	d.Data = bundle
	x.sink.Show(d)
}

// isFileName reports whether name is that of a file in a folder, and neither
// leads out of it nor is the folder itself: what is drawn is deleted.
func isFileName(name string) bool {
	return filepath.IsLocal(name) && name == filepath.Base(name) && name != "."
}

// drawRest draws what a program recorded but did not live to announce. A file
// without a readable recording is not worth a word then.
func (x *execution) drawRest(end ending) {
	files, _ := os.ReadDir(x.path("spool"))
	for _, file := range files {
		if strings.HasSuffix(file.Name(), ".json") {
			x.drawKept(file.Name())
			continue
		}
		a := display.Announcement{File: file.Name(), Cut: true}
		if filepath.Ext(a.File) == ".txt" {
			a.Kind = "verdict"
		}
		bundle, err := x.draw(a, end)
		if err == nil {
			x.sink.Show(display.Display{Data: bundle})
		}
	}
}

// drawKept draws data of a measurement that did not come to its end, and
// deletes the file.
func (x *execution) drawKept(name string) {
	file := filepath.Join(x.path("spool"), name)
	defer os.RemoveAll(file)
	data, err := os.ReadFile(file)
	if err != nil {
		return
	}
	if bundle, err := charts.Draw(data, x.Lang()); err == nil {
		x.sink.Show(display.Display{Data: bundle})
	}
}

// ending is how a program ended that left something to draw.
type ending struct {
	how     string // "deadlock", "panic", "exit"; empty: it still runs
	message string // of a panic
	stacks  string // as Go printed them
}

// endingOf says how a program ended.
func endingOf(r crash.Report, text string) ending {
	switch r.Kind {
	case crash.Deadlock:
		return ending{how: "deadlock", stacks: text}
	case crash.Panic:
		return ending{how: "panic", message: r.Message, stacks: text}
	}
	return ending{how: "exit"}
}

// draw makes the picture of a recording and deletes the file.
func (x *execution) draw(a display.Announcement, end ending) (display.Bundle, error) {
	file := filepath.Join(x.path("spool"), a.File)
	defer os.RemoveAll(file)
	if a.Kind == "verdict" {
		return x.drawVerdict(file, end)
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	line, err := gotrace.Read(f)
	if err != nil {
		return nil, err
	}
	bundle := gotrace.Draw(line, gotrace.Options{
		Lang: x.Lang(), Title: a.Title, Note: a.Note, Cut: a.Cut, Deadlock: end.how == "deadlock", Source: x.sourceLine, Text: x.source, Name: x.shownName,
	})
	x.enliven(bundle)
	return bundle, nil
}

// enliven adds the script that makes an image a picture to walk through, with
// its data. Where scripts do not run, nothing changes.
func (x *execution) enliven(bundle display.Bundle) {
	page, _ := bundle[display.HTML].(string)
	data, _ := bundle[display.Data].(string)
	if x.opts.Live == "" || page == "" || data == "" {
		return
	}
	// encoding/json has written < and > in data as escapes, so it cannot end the element.
	bundle[display.HTML] = "<div>" + page + "<script>" + x.opts.Live + "\nlanebookLive.upgrade(document.currentScript," + data + ");</script></div>"
}

// maxReport bounds what is read of a report of kernelext.Watch, which bounds
// it itself. // arbitrary
const maxReport = 8 << 20

// drawVerdict draws what kernelext.Watch has written down.
func (x *execution) drawVerdict(file string, end ending) (display.Bundle, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxReport))
	if err != nil {
		return nil, err
	}
	report, err := stuck.Parse(text)
	if err != nil {
		return nil, err
	}
	return stuck.Draw(report, stuck.Options{
		Lang: x.Lang(), Source: x.source, Name: x.shownName, End: end.how, Message: end.message, Stacks: end.stacks,
	}), nil
}
