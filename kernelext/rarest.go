package kernelext

import (
	"fmt"
	"time"

	"lanebook/internal/display"
)

// ShowRarest makes Tally run on, under a recording, until the outcome that was
// rarest comes out once more, and draw those lanes. Recording slows a run down
// and shifts what happens when, so these runs are not counted; within the
// budget of Tally it may happen that the outcome does not come back.
func ShowRarest() Option { return func(p *plan) { p.rarest = true } }

// showRarest looks for the rarest outcome again.
func (t *tally) showRarest(f func() string) {
	if len(t.outcomes) < 2 {
		return
	}
	rarest := t.outcomes[0]
	for _, o := range t.outcomes {
		if o.count <= rarest.count {
			rarest = o
		}
	}
	title := fmt.Sprintf(say("The rarest outcome: %s", "最少见的结果：%s"), shorten(rarest.text))
	runs := 0
	for ; runs == 0 || time.Since(t.start) < t.budget; runs++ {
		found, err := recordIf(title, f, rarest.text)
		if err != nil {
			complain("the rarest outcome cannot be recorded: %v", "无法记录最少见的结果：%v", err)
			return
		}
		if found {
			return
		}
	}
	text := fmt.Sprintf(say("“%s” did not come out again in %d recorded runs. Give it more time with kernelext.Budget, or run the cell again.",
		"在 %[2]d 次带记录的运行中，“%[1]s”没有再出现。可以用 kernelext.Budget 多给一些时间，或者再运行一次这个单元格。"), shorten(rarest.text), runs)
	show(display.Display{Data: display.Bundle{display.Text: text}})
}

// recordIf runs f under a recording and shows it if the outcome is the wanted
// one, or if f panics.
func recordIf(title string, f func() string, wanted string) (found bool, err error) {
	rec, err := record(title)
	if err != nil {
		return false, err
	}
	ended := "panic"
	defer func() {
		if found || ended == "panic" {
			rec.finish(ended)
		} else {
			rec.drop()
		}
	}()
	found = f() == wanted
	ended = "returned"
	return found, nil
}
