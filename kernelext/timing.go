package kernelext

import (
	"fmt"
	"html"
	"runtime"
	"strconv"
	"strings"
	"time"

	"lanebook/internal/display"
)

// Timing is what one run cost. A []Timing can be given to Table.
type Timing struct {
	Name   string
	Wall   time.Duration // what the clock on the wall says
	User   time.Duration // processor time in the program, all cores together
	System time.Duration // processor time in the operating system for it
	Cores  float64       // cores kept busy on average: (User + System) / Wall
	Allocs uint64        // pieces of memory asked for
	Bytes  uint64        // and how much that was
}

// Time runs f once, shows what it cost, and returns the figures. It starts no
// goroutine, so Go's own deadlock report works as always. One run on a machine
// that others use too is an anecdote: compare Cores before you compare Wall.
func Time(name string, f func()) Timing {
	if f == nil {
		complain("Time needs a function: Time(%q, func() { ... })", "Time 需要一个函数：Time(%q, func() { ... })", name)
		return Timing{Name: name}
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	user, system := cpuTime()
	start := time.Now()
	f()
	wall := time.Since(start)
	userEnd, systemEnd := cpuTime()
	runtime.ReadMemStats(&after)
	t := Timing{
		Name: name, Wall: wall, User: userEnd - user, System: systemEnd - system,
		Allocs: after.Mallocs - before.Mallocs, Bytes: after.TotalAlloc - before.TotalAlloc,
	}
	if wall > 0 {
		t.Cores = float64(t.User+t.System) / float64(wall)
	}
	show(display.Display{Data: t.bundle()})
	return t
}

// String is the timing as one sentence.
func (t Timing) String() string {
	return fmt.Sprintf(say(
		"%s: %s by the clock · %s user + %s system · %.2f of %d cores kept busy · %s allocations (%s)",
		"%s：实际 %s · 用户 %s + 系统 %s · 平均用满 %.2f 个核（共 %d 个）· 分配 %s 次（%s）"),
		t.Name, durationText(t.Wall), durationText(t.User), durationText(t.System),
		t.Cores, runtime.GOMAXPROCS(0), thousands(t.Allocs), bytesText(t.Bytes))
}

// bundle holds the timing as words and as data of kind "timing", with times in
// nanoseconds. It is written by hand for the sake of small cells.
func (t Timing) bundle() display.Bundle {
	data := fmt.Sprintf(`{"version":1,"kind":"timing","name":%s,"procs":%d,"samples":[{"wall":%d,"user":%d,"system":%d,"cores":%.4f,"allocs":%d,"bytes":%d}]}`,
		jsonString(t.Name), runtime.GOMAXPROCS(0), t.Wall, t.User, t.System, t.Cores, t.Allocs, t.Bytes)
	return display.Bundle{display.Text: t.String(), display.HTML: t.html(), display.Data: data}
}

// jsonString writes s as JSON does.
func jsonString(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ' || r == 0x2028 || r == 0x2029:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func (t Timing) html() string {
	procs := runtime.GOMAXPROCS(0)
	var cores strings.Builder
	for i := range min(procs, 64) {
		full := min(max(t.Cores-float64(i), 0), 1) * 100
		fmt.Fprintf(&cores, `<span style="display:inline-block;width:14px;height:14px;margin-right:2px;border:1px solid #0072b2;border-radius:2px;vertical-align:-2px;background:linear-gradient(to top,#0072b2 %.0f%%,transparent %.0f%%)"></span>`, full, full)
	}
	figure := func(value, what string) string {
		return fmt.Sprintf(`<div style="margin-right:22px"><div style="font-size:120%%;font-weight:600;font-variant-numeric:tabular-nums">%s</div><div style="font-size:85%%;opacity:.75">%s</div></div>`, value, what)
	}
	return fmt.Sprintf(`<div style="margin:4px 0"><div style="font-weight:600;margin-bottom:2px">%s</div><div style="display:flex;flex-wrap:wrap;align-items:flex-end">%s%s%s%s%s</div></div>`,
		html.EscapeString(t.Name),
		figure(durationText(t.Wall), say("by the clock", "实际时间")),
		figure(durationText(t.User), say("user", "用户")),
		figure(durationText(t.System), say("system", "系统")),
		figure(fmt.Sprintf(`%s %.2f`, cores.String(), t.Cores), fmt.Sprintf(say("of %d cores kept busy", "个核在忙（共 %d 个）"), procs)),
		figure(thousands(t.Allocs), fmt.Sprintf(say("allocations, %s", "次内存分配，%s"), bytesText(t.Bytes))))
}

// thousands writes n with a comma after every three digits.
func thousands(n uint64) string {
	s := strconv.FormatUint(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func bytesText(n uint64) string {
	switch v := float64(n); {
	case n < 1000:
		return fmt.Sprintf("%d B", n)
	case v < 1e6:
		return threeDigits(v/1e3) + " kB"
	case v < 1e9:
		return threeDigits(v/1e6) + " MB"
	default:
		return threeDigits(v/1e9) + " GB"
	}
}
