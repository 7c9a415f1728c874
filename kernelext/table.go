package kernelext

import (
	"fmt"
	"html"
	"reflect"
	"strings"
	"time"
	"unicode"

	"lanebook/internal/display"
)

// Table shows rows as a table. A row is a struct, whose exported fields become
// the columns (the tag `table:"cores kept busy"` gives a column another title,
// `table:"-"` leaves it out), or a []string, where the first row is the header.
func Table[T any](rows []T) {
	t, err := tableOf(rows)
	if err != nil {
		complain("Table: %v", "Table：%v", err)
		return
	}
	show(display.Display{Data: display.Bundle{display.HTML: t.html(), display.Text: t.text()}})
}

// table is what Table shows: every cell as text, and which columns are numbers.
type table struct {
	header []string
	rows   [][]string
	number []bool // by column: right-align
}

func tableOf[T any](rows []T) (table, error) {
	if cells, ok := any(rows).([][]string); ok {
		return tableOfStrings(cells), nil
	}
	typ := reflect.TypeFor[T]()
	if typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	if typ.Kind() != reflect.Struct {
		return table{}, fmt.Errorf(say("rows must be structs or []string, not %v", "每一行必须是结构体或 []string，不能是 %v"), typ)
	}
	var t table
	var fields []int
	for i := range typ.NumField() {
		f := typ.Field(i)
		title, tagged := f.Tag.Lookup("table")
		if !f.IsExported() || title == "-" {
			continue
		}
		if !tagged {
			title = f.Name
		}
		fields = append(fields, i)
		t.header = append(t.header, title)
		t.number = append(t.number, isNumber(f.Type))
	}
	for _, row := range rows {
		v := reflect.ValueOf(row)
		if v.Kind() == reflect.Pointer {
			if v.IsNil() {
				continue
			}
			v = v.Elem()
		}
		var cells []string
		for _, i := range fields {
			cells = append(cells, cellText(v.Field(i).Interface()))
		}
		t.rows = append(t.rows, cells)
	}
	return t, nil
}

// tableOfStrings takes the first row as header and fills short rows up.
func tableOfStrings(cells [][]string) table {
	var t table
	if len(cells) == 0 {
		return t
	}
	columns := 0
	for _, row := range cells {
		columns = max(columns, len(row))
	}
	for i, row := range cells {
		full := make([]string, columns)
		copy(full, row)
		if i == 0 {
			t.header = full
		} else {
			t.rows = append(t.rows, full)
		}
	}
	t.number = make([]bool, columns)
	for c := range t.number {
		t.number[c] = len(t.rows) > 0
		for _, row := range t.rows {
			t.number[c] = t.number[c] && looksNumeric(row[c])
		}
	}
	return t
}

func isNumber(t reflect.Type) bool {
	return t.Kind() >= reflect.Int && t.Kind() <= reflect.Float64
}

// looksNumeric is true for text such as "12", "-3.5 ms" and "81 %".
func looksNumeric(s string) bool {
	s = strings.TrimLeft(strings.TrimSpace(s), "+-−")
	return s != "" && s[0] >= '0' && s[0] <= '9'
}

// cellText writes a value the way a person would.
func cellText(value any) string {
	switch v := value.(type) {
	case time.Duration:
		return durationText(v)
	case float64:
		return fmt.Sprintf("%.4g", v)
	case float32:
		return fmt.Sprintf("%.4g", v)
	}
	return fmt.Sprint(value)
}

func (t table) html() string {
	var b strings.Builder
	b.WriteString(`<table style="border-collapse:collapse;font-variant-numeric:tabular-nums"><thead><tr>`)
	for c, title := range t.header {
		fmt.Fprintf(&b, `<th style="%s">%s</th>`, t.cellStyle(c)+";border-bottom:2px solid", html.EscapeString(title))
	}
	b.WriteString("</tr></thead><tbody>")
	for _, row := range t.rows {
		b.WriteString("<tr>")
		for c, cell := range row {
			fmt.Fprintf(&b, `<td style="%s">%s</td>`, t.cellStyle(c), html.EscapeString(cell))
		}
		b.WriteString("</tr>")
	}
	b.WriteString("</tbody></table>")
	return b.String()
}

func (t table) cellStyle(column int) string {
	if t.number[column] {
		return "padding:2px 10px;text-align:right"
	}
	return "padding:2px 10px;text-align:left"
}

func (t table) text() string {
	width := make([]int, len(t.header))
	for _, row := range append([][]string{t.header}, t.rows...) {
		for c, cell := range row {
			width[c] = max(width[c], textWidth(cell))
		}
	}
	var b strings.Builder
	line := func(row []string) {
		var cells []string
		for c, cell := range row {
			pad := strings.Repeat(" ", width[c]-textWidth(cell))
			if t.number[c] {
				cells = append(cells, pad+cell)
			} else {
				cells = append(cells, cell+pad)
			}
		}
		b.WriteString(strings.TrimRight(strings.Join(cells, "  "), " ") + "\n")
	}
	line(t.header)
	var rule []string
	for _, w := range width {
		rule = append(rule, strings.Repeat("─", w))
	}
	b.WriteString(strings.Join(rule, "  ") + "\n")
	for _, row := range t.rows {
		line(row)
	}
	return b.String()
}

// internal/gotrace has the like of what follows; a cell must not link it.

// textWidth counts the columns s takes in a terminal: Chinese characters take two.
func textWidth(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul), r >= 0xFF00 && r <= 0xFF60, r >= 0x3000 && r <= 0x303F, r >= 0x1F300:
			n += 2
		default:
			n++
		}
	}
	return n
}

// durationText writes d with three significant digits: "1.23 ms", "45.6 µs".
func durationText(d time.Duration) string {
	switch v := float64(d); {
	case d == 0:
		return "0"
	case d < 0:
		return "-" + durationText(-d)
	case d < time.Microsecond:
		return fmt.Sprintf("%d ns", d)
	case d < time.Millisecond:
		return threeDigits(v/1e3) + " µs"
	case d < time.Second:
		return threeDigits(v/1e6) + " ms"
	case d < 10*time.Minute:
		return threeDigits(v/1e9) + " s"
	}
	return d.Round(time.Second).String()
}

func threeDigits(v float64) string {
	switch {
	case v < 9.995:
		return fmt.Sprintf("%.2f", v)
	case v < 99.95:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.0f", v)
}
