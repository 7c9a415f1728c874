package engine

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"lanebook/internal/process"
	"lanebook/internal/program"
)

// special carries out one special line.
func (x *execution) special(ctx context.Context, line program.Line) error {
	switch line.Kind {
	case program.KindMain, program.KindArgs, program.KindExec, program.KindTest,
		program.KindRace, program.KindTime, program.KindWatch, program.KindDeep: // how to run the Go in the cell: see goCell
	case program.KindEnv:
		x.setVar(line.Args[0], line.Args[1])
	case program.KindCd:
		x.cd(line)
	case program.KindGoflags:
		x.goflags(line)
	case program.KindList:
		x.list()
	case program.KindRemove:
		x.forget(line)
	case program.KindReset:
		return x.reset(line)
	case program.KindHelp:
		x.print(x.say.help)
	case program.KindVersion:
		x.print(fmt.Sprintf("lanebook %s, %s\n", x.opts.Version, x.tool.GoVersion()))
	case program.KindShell, program.KindBuildShell:
		return x.shellLine(ctx, line)
	case program.KindWithInputs:
		x.input = asksLines
	case program.KindWithPassword:
		x.input = asksPassword
	case program.KindCapture:
		x.capture(line)
	case program.KindAutoget, program.KindNoautoget:
		x.module.SetFetch(line.Kind == program.KindAutoget)
	case program.KindWidgets:
		x.openWidgets()
	case program.KindWidgetsHB:
		x.pingWidgets(ctx)
	case program.KindWasm:
		return x.openPage()
	case program.KindTrack:
		x.track(line)
	case program.KindUntrack:
		x.untrack(line)
	case program.KindGoworkfix:
		x.goworkfix(ctx, line)
	default:
		return fmt.Errorf("special line of kind %q", line.Kind)
	}
	return nil
}

func (x *execution) print(text string) { x.sink.Stream("stdout", text) }

func (x *execution) setVar(name, value string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.vars = slices.DeleteFunc(x.vars, func(kv string) bool { return strings.HasPrefix(kv, name+"=") })
	x.vars = append(x.vars, name+"="+value)
	if name == "LANEBOOK_LANG" {
		x.lang = value
	}
}

func (x *execution) cd(line program.Line) {
	if len(line.Args) == 0 {
		x.print(x.dir + "\n")
		return
	}
	dir := x.abs(line.Args[0])
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		x.result.Problem = x.problemAt("CommandError", line.Pos, fmt.Sprintf(x.say.noDir, dir), "")
		return
	}
	x.dir = dir
}

func (x *execution) goflags(line program.Line) {
	switch {
	case len(line.Args) == 0:
		x.print(strings.Join(x.flags, " ") + "\n")
	case len(line.Args) == 1 && line.Args[0] == "":
		x.setFlags(nil, line.Pos)
	default:
		x.setFlags(line.Args, line.Pos)
	}
}

func (x *execution) setFlags(flags []string, at program.Pos) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.flags, x.flagsAt = flags, at
}

func (x *execution) list() {
	decls := x.session.Decls()
	if len(decls) == 0 {
		x.print(x.say.nothing + "\n")
		return
	}
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, d := range decls {
		key := d.Key
		if d.Path != "" && d.Path != d.Key {
			key = fmt.Sprintf("%s %q", d.Key, d.Path)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", d.Kind, key, x.shownName(d.Cell))
	}
	w.Flush()
	x.print(b.String())
}

func (x *execution) forget(line program.Line) {
	next, diags := x.session.Remove(line.Args...)
	if len(diags) > 0 {
		x.result.Problem = x.problemAt("CommandError", line.Pos, diags[0].Message, diags[0].Hint)
		return
	}
	x.setSession(next)
}

// reset forgets declarations and fetched modules, with "go.mod" the modules
// only.
func (x *execution) reset(line program.Line) error {
	if len(line.Args) == 0 {
		x.setSession(x.session.Reset())
	}
	return x.module.Reset()
}

func (x *execution) shellLine(ctx context.Context, line program.Line) error {
	cmd := shell(line.Text)
	x.giveInput(&cmd)
	cmd.Dir = x.dir
	if line.Kind == program.KindBuildShell {
		cmd.Dir = x.module.Dir()
	}
	if err := x.run(ctx, cmd); err != nil || x.result.Problem == nil {
		return err
	}
	x.locate(line.Pos)
	return nil
}

// locate adds the line to a problem that knows no place.
func (x *execution) locate(at program.Pos) {
	if p := x.result.Problem; p.Pos == (program.Pos{}) {
		*p = *x.problemAt(p.Name, at, p.Message, "")
	}
}

// body carries out a cell that is not Go.
func (x *execution) body(ctx context.Context, body *program.Body) error {
	if body.Kind == program.BodyFile {
		x.writeFile(body)
		return nil
	}
	path, err := exec.LookPath(body.Command[0])
	if err != nil {
		x.result.Problem = x.problemAt("CommandError", body.Pos, fmt.Sprintf(x.say.noProgram, body.Command[0]), "")
		return nil
	}
	cmd := process.Command{Path: path, Args: body.Command[1:], Dir: x.dir, Input: []byte(body.Text)}
	if err := x.run(ctx, cmd); err != nil || x.result.Problem == nil {
		return err
	}
	x.locate(body.Pos)
	return nil
}

func (x *execution) writeFile(body *program.Body) {
	flags := os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	if body.Append {
		flags = os.O_WRONLY | os.O_CREATE | os.O_APPEND
	}
	f, err := os.OpenFile(x.abs(body.Path), flags, 0o644)
	if err == nil {
		_, err = f.WriteString(body.Text)
		if cerr := f.Close(); err == nil {
			err = cerr
		}
	}
	if err != nil {
		message := err.Error()
		if errors.Is(err, fs.ErrNotExist) {
			message = fmt.Sprintf(x.say.noDir, filepath.Dir(body.Path))
		}
		x.result.Problem = x.problemAt("CommandError", body.Pos, message, "")
		return
	}
	x.print(fmt.Sprintf(x.say.wrote, body.Path) + "\n")
}

// checkDir tells of a folder that has gone since %cd.
func (x *execution) checkDir(dir string) *Problem {
	if info, err := os.Stat(dir); err == nil && info.IsDir() {
		return nil
	}
	return x.problem("CommandError", fmt.Sprintf(x.say.noDir, dir))
}
