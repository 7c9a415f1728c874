package check

import (
	"fmt"
	"strconv"
	"strings"
)

// text is the report as JSON; internal/verdict reads it. It is written by
// hand: encoding/json would make every cell a quarter of a megabyte larger.
func (j *judge) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, `{"title":%s,"running":%t,"cases":[`, quote(j.title), j.running)
	for i, c := range j.cases {
		if i > 0 {
			b.WriteByte(',')
		}
		status := "open"
		switch {
		case j.found != nil && j.found.at == i:
			status = "failed"
		case i < j.passed:
			status = "passed"
		}
		fmt.Fprintf(&b, `{"name":%s,"status":%q}`, quote(c.name), status)
	}
	fmt.Fprintf(&b, `],"races":{"status":%s,"why":%s,"said":%s},"trace":%s`, quote(j.races), quote(j.why), quote(j.race), quote(j.trace))
	if f := j.found; f != nil {
		fmt.Fprintf(&b, `,"failure":{"case":%d,"kind":%s,"tried":%s,"got":%s,"want":%s,"expect":%s,"look":%s,"met":%d,"meet":%d,"printed":%s,"said":%s}`,
			f.at, quote(string(f.kind)), quote(f.tried), quote(f.got), quote(f.want), quote(f.expect), quote(f.look), f.met, f.meet, quote(f.printed), quote(f.stderr))
	}
	b.WriteByte('}')
	return b.String()
}

// quote writes s as JSON does.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ':
			b.WriteString(`\u00` + strconv.FormatInt(int64(r)|0x100, 16)[1:])
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
