package cell

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Object is a JSON object: key, value, key, value. Values are Object, List,
// strings, booleans, integers, floats, and durations, which become
// nanoseconds. It exists because encoding/json would make every cell that
// measures a quarter of a megabyte larger, and slower to link.
type Object []any

// List is a JSON array of the same values.
type List []any

// String is the object as JSON text.
func (o Object) String() string {
	var b strings.Builder
	o.write(&b)
	return b.String()
}

func (o Object) write(b *strings.Builder) {
	b.WriteByte('{')
	for i := 0; i+1 < len(o); i += 2 {
		if i > 0 {
			b.WriteByte(',')
		}
		writeValue(b, o[i])
		b.WriteByte(':')
		writeValue(b, o[i+1])
	}
	b.WriteByte('}')
}

func (l List) write(b *strings.Builder) {
	b.WriteByte('[')
	for i, v := range l {
		if i > 0 {
			b.WriteByte(',')
		}
		writeValue(b, v)
	}
	b.WriteByte(']')
}

func writeValue(b *strings.Builder, value any) {
	switch v := value.(type) {
	case Object:
		v.write(b)
	case List:
		v.write(b)
	case []string:
		b.WriteByte('[')
		for i, s := range v {
			if i > 0 {
				b.WriteByte(',')
			}
			writeString(b, s)
		}
		b.WriteByte(']')
	case string:
		writeString(b, v)
	case bool:
		b.WriteString(strconv.FormatBool(v))
	case int:
		b.WriteString(strconv.Itoa(v))
	case int64:
		b.WriteString(strconv.FormatInt(v, 10))
	case uint64:
		b.WriteString(strconv.FormatUint(v, 10))
	case time.Duration:
		b.WriteString(strconv.FormatInt(int64(v), 10))
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			b.WriteString("null") // JSON has no word for them
			return
		}
		b.WriteString(strconv.FormatFloat(v, 'g', 6, 64))
	case nil:
		b.WriteString("null")
	default:
		panic(fmt.Sprintf("cell: no JSON for a %T", value))
	}
}

// writeString writes s as JSON does.
func writeString(b *strings.Builder, s string) {
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ' || r == 0x2028 || r == 0x2029:
			fmt.Fprintf(b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
}
