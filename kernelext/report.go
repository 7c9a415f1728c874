package kernelext

import (
	"bytes"
	"strings"
	"time"
)

// reportSink is where the report of Watch goes: a file that the kernel reads,
// or memory when the cell draws by itself.
type reportSink interface {
	put(text []byte) // replaces the report
	show()           // the report is final
	suspect()        // Go itself will say whether it is true
	panicked()       // Go itself will say why
}

// maxReport bounds the stacks in a report.
const maxReport = 4 << 20 // arbitrary

// report writes down what Watch knows, in the form that internal/stuck
// reads: lines of a name and a value, an empty line, and stacks as Go prints
// them.
func (g *guard) report(state, verdict string, gs []stacked) []byte {
	var b bytes.Buffer
	after := g.took
	if after == 0 {
		after = time.Since(g.begin)
	}
	field := func(name, value string) {
		if value != "" {
			b.WriteString(name + ": " + strings.NewReplacer("\n", " ", "\r", " ").Replace(value) + "\n")
		}
	}
	field("watch", "1")
	field("title", g.title)
	field("state", state)
	field("verdict", verdict)
	field("after", decimal(int64(after)))
	field("caller", decimal(g.caller))
	if leakProfile {
		field("witness", "collector")
	}
	if len(gs) > 0 {
		field("goroutines", decimal(len(gs)))
	}
	if knowsHolders {
		field("holders", "runtime")
	}
	for _, h := range holders() {
		field("held", h)
	}
	for _, l := range labelled() {
		field("label", l)
	}
	for _, x := range gs {
		if name := nameOf(x.id); name != "" {
			field("name", decimal(x.id)+" "+name)
		}
	}
	b.WriteString("\n")
	b.Write(joinStacks(gs, maxReport))
	return b.Bytes()
}

// joinStacks writes stacks one after another, as many as fit.
func joinStacks(gs []stacked, most int) []byte {
	var b bytes.Buffer
	for _, g := range gs {
		if b.Len()+len(g.text) > most {
			break
		}
		b.Write(g.text)
		b.WriteString("\n\n")
	}
	return b.Bytes()
}
