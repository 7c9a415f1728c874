package engine

import (
	"context"
	"fmt"
	"os"

	"lanebook/internal/program"
)

// track says what GoNB would have to be told: changes of local packages are
// seen by themselves.
func (x *execution) track(line program.Line) {
	for _, path := range line.Args {
		if _, err := os.Stat(x.abs(path)); err != nil {
			x.result.Problem = x.problemAt("CommandError", line.Pos, fmt.Sprintf(x.say.noDir, x.abs(path)), "")
			return
		}
	}
	if len(line.Args) == 0 {
		x.listLocal()
	}
}

// listLocal lists the local folders in which cells find packages.
func (x *execution) listLocal() {
	local, err := x.module.Local()
	if err != nil || len(local) == 0 {
		x.print(x.say.tracksNothing + "\n")
		return
	}
	x.print(x.say.tracks + "\n")
	for _, m := range local {
		x.print(fmt.Sprintf("  %s => %s\n", m.Path, m.Dir))
	}
}

// untrack has nothing to undo; it says what would.
func (x *execution) untrack(line program.Line) {
	if len(line.Args) == 0 {
		x.listLocal()
		return
	}
	for _, what := range line.Args {
		x.print(fmt.Sprintf(x.say.untracked, what) + "\n")
	}
}

// goworkfix makes the modules of go.work known to go.mod, which "go get" reads
// and go.work does not change.
func (x *execution) goworkfix(ctx context.Context, line program.Line) {
	added, err := x.module.UseWorkspace(ctx)
	message := x.say.noGoWork
	if err != nil {
		message = err.Error()
	}
	if added == nil {
		x.result.Problem = x.problemAt("CommandError", line.Pos, message, "")
		return
	}
	for _, m := range added {
		x.print(fmt.Sprintf(x.say.replaced, m.Path, m.Dir) + "\n")
	}
}
