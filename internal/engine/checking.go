package engine

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"lanebook/internal/display"
	"lanebook/internal/gotrace"
	"lanebook/internal/toolchain"
	"lanebook/internal/verdict"
)

// showCheck puts a checker's report into words. The recording of a first
// showing is kept: the report comes again when it is complete.
func (x *execution) showCheck(text string, d display.Display) {
	bundle, err := x.check(text)
	if err != nil {
		x.sink.Stream("stderr", fmt.Sprintf(x.say.noPicture+"\n", err))
		return
	}
	d.Data = bundle
	x.sink.Show(d)
}

func (x *execution) check(text string) (display.Bundle, error) {
	r, err := verdict.Parse(text)
	if err != nil {
		return nil, err
	}
	opt := verdict.Options{Lang: x.Lang(), Source: x.sourceLine, Name: x.shownName, Shown: x.shownText}
	if r.Trace != "" && isFileName(r.Trace) {
		opt.Picture = x.checkPicture(r.Trace)
	}
	bundle, err := verdict.Draw(text, opt)
	if err == nil && opt.Picture != nil {
		x.enliven(bundle)
	}
	return bundle, err
}

// checkPicture draws what a case did when it failed; nil if there is nothing
// to see.
func (x *execution) checkPicture(name string) display.Bundle {
	file := filepath.Join(x.path("spool"), name)
	f, err := os.Open(file)
	if err != nil {
		return nil
	}
	defer os.Remove(file)
	defer f.Close()
	line, err := gotrace.Read(f)
	if err != nil || len(line.Goroutines) < 2 {
		return nil
	}
	return gotrace.Draw(line, gotrace.Options{
		Lang: x.Lang(), Cut: line.How == "", Deadlock: line.Still > 0, Source: x.sourceLine, Name: x.shownName,
	})
}

// builds are what a running program has asked to be built beside it.
type builds struct {
	ctx  context.Context
	stop context.CancelFunc
	wait sync.WaitGroup
}

func newBuilds(ctx context.Context) *builds {
	b := &builds{}
	b.ctx, b.stop = context.WithCancel(ctx)
	return b
}

// close gives up what is not ready: the program that wanted it has ended.
func (b *builds) close() {
	b.stop()
	b.wait.Wait()
}

// build answers a display.BuildRequest. The program goes on meanwhile.
func (w *watcher) build(text string, _ display.Display) {
	var r display.BuildRequest
	if err := json.Unmarshal([]byte(text), &r); err != nil || !isFileName(r.Answer) || w.program == nil {
		return
	}
	config := w.config()
	config.Flags = append(config.Flags[:len(config.Flags):len(config.Flags)], r.Flags...)
	prog, builds := w.program, w.builds
	builds.wait.Go(func() {
		binary, diags, err := w.module.Build(builds.ctx, prog, config)
		answer := "built\n" + binary.Path
		switch {
		case err != nil:
			answer = "failed\n" + err.Error()
		case toolchain.NeedsCompiler(diags):
			answer = "compiler\n"
		case len(diags) > 0:
			answer = "failed\n" + diags[0].Message
		}
		_ = writeWhole(filepath.Join(w.path("spool"), r.Answer), answer)
	})
}

// writeWhole makes a file appear with all its text at once.
func writeWhole(path, text string) error {
	temp := path + ".part"
	if err := os.WriteFile(temp, []byte(text), 0o600); err != nil {
		return err
	}
	return os.Rename(temp, path)
}
