package gotrace

import (
	"fmt"
	"regexp"
	"strings"
)

// An expression as it stands before an operation: mu, a.mu, locks[i], ctx.Done().
const expression = `([\pL_][\pL\pN_.]*(?:\[[^\]]*\])?(?:\.[\pL_][\pL\pN_.]*)?(?:\(\))?)`

// How a line of source names the object it works on.
var (
	lockCall    = regexp.MustCompile(expression + `\.(?:Try)?R?(?:Lock|Unlock)\(`)
	sendTo      = regexp.MustCompile(expression + `\s*<-`)
	receiveFrom = regexp.MustCompile(`(?:<-\s*|\brange\s+|\bclose\()` + expression)
)

// use is a line that used an object, and how.
type use struct {
	pos *Pos
	op  byte
}

// nameObjects names every object as the learner's code does where it was used
// first, and numbers those of the same name.
func (t *Timeline) nameObjects(w *words) {
	count := map[string]int{}
	for _, o := range t.Objects {
		if o.Name == "" {
			o.Name = o.sourceName()
		}
		if o.Name == "" {
			o.Name = w.objects.kind[o.Kind]
		}
		count[o.Name]++
	}
	number := map[string]int{}
	for _, o := range t.Objects {
		if name := o.Name; count[name] > 1 {
			number[name]++
			o.Name = fmt.Sprintf("%s %d", name, number[name])
		}
	}
}

// sourceName is the first name that a line gives it, or "".
func (o *Object) sourceName() string {
	for _, u := range o.uses {
		pattern := lockCall
		switch u.op {
		case opSend, opSent:
			pattern = sendTo
		case opReceive, opReceived, opClosed:
			pattern = receiveFrom
		}
		if found := pattern.FindAllStringSubmatch(u.pos.Text, 2); len(found) == 1 {
			return strings.TrimSpace(found[0][1])
		}
	}
	return ""
}
