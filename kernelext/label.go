package kernelext

import (
	"context"
	"reflect"
	"runtime/trace"
	"strconv"
	"sync"
	"sync/atomic"
)

// labels are the names that Label has given, by address. Go does not move what
// Label is given a pointer to. Numbers, not pointers: what only we remember
// must look forgotten to the garbage collector.
var labels struct {
	sync.Mutex
	names map[uintptr]string
	order []uintptr
}

// maxLabels bounds what a loop can make us remember.
const maxLabels = 1000 // arbitrary

// Label gives a lock, a channel, a WaitGroup or any other object a name for
// pictures and verdicts: Label(&mu, "account lock"), Label(jobs, "jobs").
// Without it they are called what the source calls them.
func Label(object any, name string) {
	v := reflect.ValueOf(object)
	if k := v.Kind(); k != reflect.Pointer && k != reflect.Chan || v.IsNil() {
		complain("Label needs a pointer or a channel: Label(&mu, %q)", "Label 需要指针或通道：Label(&mu, %q)", name)
		return
	}
	at := v.Pointer()
	trace.Log(context.Background(), logLabel, strconv.FormatUint(uint64(at), 10)+" "+name)
	labels.Lock()
	defer labels.Unlock()
	if _, known := labels.names[at]; !known {
		if len(labels.order) == maxLabels {
			return
		}
		if labels.names == nil {
			labels.names = map[uintptr]string{}
		}
		labels.order = append(labels.order, at)
	}
	labels.names[at] = name
}

// labelled lists the labels as "824633802816 name".
func labelled() []string {
	labels.Lock()
	defer labels.Unlock()
	var all []string
	for _, at := range labels.order {
		all = append(all, strconv.FormatUint(uint64(at), 10)+" "+labels.names[at])
	}
	return all
}

// watching counts the guards at work: only then it matters who is called what.
var watching atomic.Int32

// given are the names that Name has given to goroutines.
var given struct {
	sync.Mutex
	names map[uint64]string
}

// remember keeps the name of the goroutine that calls it.
func remember(name string) {
	if watching.Load() == 0 {
		return
	}
	id := currentGoroutine()
	given.Lock()
	defer given.Unlock()
	if given.names == nil {
		given.names = map[uint64]string{}
	}
	if len(given.names) < maxLabels {
		given.names[id] = name
	}
}

// nameOf is the name of a goroutine, or "".
func nameOf(id uint64) string {
	given.Lock()
	defer given.Unlock()
	return given.names[id]
}
