//go:build !lanebook

package check

import (
	"os"

	"lanebook/internal/cell"
	"lanebook/internal/display"
	"lanebook/internal/gotrace"
	"lanebook/internal/verdict"
)

// interactive reports whether a first showing can be replaced by a later one.
// Here there is nothing to wait for.
func interactive() bool { return false }

// show draws the report and shows it, or prints it where there is no notebook.
func (j *judge) show() (text string) {
	lang := Say("en", "zh")
	opt := verdict.Options{Lang: lang}
	if f, err := os.Open(j.trace); err == nil {
		defer os.Remove(j.trace)
		defer f.Close()
		if line, err := gotrace.Read(f); err == nil && len(line.Goroutines) > 1 {
			opt.Picture = gotrace.Draw(line, gotrace.Options{
				Lang: lang, Source: gotrace.Files(), HideLines: true, Cut: line.How == "", Deadlock: line.Still > 0,
			})
		}
	}
	bundle, err := verdict.Draw(j.text(), opt)
	if err != nil {
		cell.Complain("the verdict could not be shown: %v", "无法显示检查结果：%v", err)
		return ""
	}
	cell.Show(display.Display{Data: bundle})
	text, _ = bundle[display.Text].(string)
	return text
}

// keep puts a recording where show finds it.
func keep(file string) string {
	data, err := os.ReadFile(file)
	if err != nil {
		return ""
	}
	to, err := os.CreateTemp("", "lanebook-check-*.trace")
	if err != nil {
		return ""
	}
	defer to.Close()
	if _, err := to.Write(data); err != nil {
		return ""
	}
	return to.Name()
}

// Tests name the programs themselves: with the race detector Go reports no
// deadlocks, and without it no races, so it takes both.
const (
	envPlain = "LANEBOOK_CHECK_PLAIN"
	envRace  = "LANEBOOK_CHECK_RACE"
)

// plainBinary is this program.
func plainBinary() (binary, error) {
	if path := os.Getenv(envPlain); path != "" {
		return binary{path: path}, nil
	}
	path, err := os.Executable()
	return binary{path, raceEnabled}, err
}

// raceBinary is this program with the race detector, if somebody has built it.
// Otherwise the learner can ask for it by a flag.
func raceBinary() (path, why string) {
	if path := os.Getenv(envRace); path != "" {
		return path, ""
	}
	return "", "flag"
}
