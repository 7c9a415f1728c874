package engine

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"lanebook/internal/charts"
	"lanebook/internal/display"
	"lanebook/internal/gotrace"
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
		bundle, err = x.draw(a, false)
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
func (x *execution) drawRest(deadlock bool) {
	files, _ := os.ReadDir(x.path("spool"))
	for _, file := range files {
		if strings.HasSuffix(file.Name(), ".json") {
			x.drawKept(file.Name())
			continue
		}
		bundle, err := x.draw(display.Announcement{File: file.Name(), Cut: true}, deadlock)
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

// draw makes the picture of a recording and deletes the file.
func (x *execution) draw(a display.Announcement, deadlock bool) (display.Bundle, error) {
	file := filepath.Join(x.path("spool"), a.File)
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(file)
	defer f.Close()
	line, err := gotrace.Read(f)
	if err != nil {
		return nil, err
	}
	return gotrace.Draw(line, gotrace.Options{
		Lang: x.Lang(), Title: a.Title, Note: a.Note, Cut: a.Cut, Deadlock: deadlock, Source: x.sourceLine, Name: x.shownName,
	}), nil
}
