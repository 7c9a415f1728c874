package kernelext

import (
	"fmt"
	"html"
	"time"

	"lanebook/internal/display"
)

// ShowRarest makes Tally run on, under a recording, until the outcome that was
// rarest comes out once more, and draw those lanes. Recording slows a run down
// and shifts what happens when, so these runs are not counted. If the rarest
// outcome does not come back while there is time, another rare one is drawn.
func ShowRarest() Option { return func(p *plan) { p.rarest = true } }

// showRarest records runs until the rarest outcome comes out again, or time is up.
func (t *tally) showRarest(f func() string) {
	if len(t.outcomes) < 2 {
		return
	}
	least, most := t.outcomes[0].count, 0
	for _, o := range t.outcomes {
		least, most = min(least, o.count), max(most, o.count)
	}
	rarest := most // how often what best holds came out; the usual is not worth a picture
	var best *recording
	text, runs := "", 0
	for ; best == nil || rarest > least; runs++ {
		if runs > 0 && time.Since(t.start) > t.budget {
			break
		}
		rec, said, err := recorded(f)
		if err != nil {
			complain("the rarest outcome cannot be recorded: %v", "无法记录最少见的结果：%v", err)
			break
		}
		if t.counts[said] >= rarest {
			rec.out.drop()
			continue
		}
		if best != nil {
			best.out.drop()
		}
		best, text, rarest = rec, said, t.counts[said]
	}
	if best == nil {
		note(fmt.Sprintf(say("None of the rare outcomes came out again in %d recorded runs. Give it more time with kernelext.Budget, or run the cell again.",
			"在 %d 次带记录的运行中，少见的结果都没有再出现。可以用 kernelext.Budget 多给一些时间，或者再运行一次这个单元格。"), runs))
		return
	}
	note(fmt.Sprintf(say("“%s” came out again in recorded run %d:", "“%s”在第 %d 次带记录的运行中再次出现："), shorten(text), runs))
	best.out.deliver(true)
}

// recorded runs f once under a recording, which the caller delivers or drops.
// A panic in f is drawn and goes on.
func recorded(f func() string) (rec *recording, outcome string, err error) {
	rec, err = record(say("A rare outcome", "少见的结果"))
	if err != nil {
		return nil, "", err
	}
	returned := false
	defer func() {
		if !returned {
			rec.finish("panic")
		}
	}()
	outcome = f()
	returned = true
	rec.end("returned")
	return rec, outcome, nil
}

// note shows a sentence.
func note(text string) {
	show(display.Display{Data: display.Bundle{display.HTML: "<p>" + html.EscapeString(text) + "</p>", display.Text: text}})
}
