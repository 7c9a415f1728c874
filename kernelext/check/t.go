package check

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"sync"
)

// T is one attempt at a case. Try, Expect and Look prepare what the learner is
// told if the attempt fails, in whatever way; Fail and the functions that
// compare end it. They belong to the goroutine of the case.
type T struct {
	log  *journal
	soft bool // a failure ends the attempt, not the process

	mu     sync.Mutex
	failed *failure
}

// failure is what went wrong in an attempt.
type failure struct {
	kind      Kind
	got, want string
}

// stop ends a soft attempt.
type stop struct{}

// Try says what is tried next, as the learner would write it: "Map(ctx, [1 2], 3, f)".
// Arguments are shown as by Show. What the learner's code printed before is
// forgotten: it does not belong to what goes wrong now.
func (t *T) Try(format string, args ...any) {
	if t.log.terse {
		return
	}
	_ = os.Stdout.Truncate(0) // it is a file, see judge.child
	shown := make([]any, len(args))
	for i, a := range args {
		shown[i] = Show(a)
	}
	t.log.write("try", fmt.Sprintf(format, shown...))
}

// Expect says what must happen next. It is told when it does not, because
// everybody waits: "the context was cancelled; Map must return".
func (t *T) Expect(text string) {
	unseen()
	defer seen()
	t.log.write("expect", text)
}

// Look says where to look if this case fails.
func (t *T) Look(text string) { t.log.write("look", text) }

// Fail ends the attempt: this came out, and that was expected.
func (t *T) Fail(got, want string) { t.fail(Wrong, got, want) }

func (t *T) fail(kind Kind, got, want string) {
	t.flunk(kind, got, want)
	panic(stop{})
}

// flunk is fail for any goroutine: the first failure counts. It returns only
// if the attempt is soft; the goroutine then goes on.
func (t *T) flunk(kind Kind, got, want string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.failed == nil {
		t.failed = &failure{kind, got, want}
	}
	if !t.soft {
		t.log.fail(*t.failed)
		exit()
	}
}

// Equal fails unless got is deeply equal to want. An empty slice equals nil.
func Equal[V any](t *T, got, want V) {
	if same(got, want) {
		return
	}
	t.fail(Wrong, Show(got), Show(want))
}

func same(got, want any) bool {
	g, w := reflect.ValueOf(got), reflect.ValueOf(want)
	if g.IsValid() && g.Kind() == reflect.Slice && g.Len() == 0 && w.Len() == 0 {
		return true
	}
	return reflect.DeepEqual(got, want)
}

// SameElements fails unless got holds the elements of want, each as often, in
// any order.
func SameElements[V comparable](t *T, got, want []V) {
	count := map[V]int{}
	for _, v := range want {
		count[v]++
	}
	var extra []V
	for _, v := range got {
		if count[v]--; count[v] < 0 {
			extra = append(extra, v)
		}
	}
	var missing []V
	for _, v := range want {
		if count[v] > 0 {
			count[v]--
			missing = append(missing, v)
		}
	}
	if len(extra) == 0 && len(missing) == 0 {
		return
	}
	came := Show(got)
	if len(missing) > 0 {
		came += Say("; missing: ", "；缺少：") + Show(missing)
	}
	if len(extra) > 0 {
		came += Say("; too many: ", "；多出：") + Show(extra)
	}
	t.fail(Wrong, came, fmt.Sprintf(Say("%s, in any order", "%s，顺序不限"), Show(want)))
}

// NoError fails if err is not nil.
func NoError(t *T, err error) {
	if err != nil {
		t.fail(Wrong, Show(err), Say("no error", "没有错误"))
	}
}

// ErrorIs fails unless err is want, or wraps it.
func ErrorIs(t *T, err, want error) {
	if !errors.Is(err, want) {
		t.fail(Wrong, Show(err), fmt.Sprintf(Say("%s, or an error that wraps it", "%s，或者包裹着它的错误"), Show(want)))
	}
}

// Allocates fails if f asks for memory more than most times, on average of a
// hundred calls. Under the race detector, which allocates by itself, it only
// calls f.
func Allocates(t *T, most float64, f func()) {
	f()
	if raceEnabled {
		return
	}
	if got := allocations(f); got > most {
		t.fail(Costly, fmt.Sprintf(Say("%.3g allocations a call", "每次调用分配 %.3g 次内存"), got),
			fmt.Sprintf(Say("at most %.3g", "至多 %.3g 次"), most))
	}
}
