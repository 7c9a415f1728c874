package figure

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unicode"

	"lanebook/internal/cell"
)

// Slices draws slices and the arrays behind them. Names and slices take turns:
//
//	figure.Slices("a", a, "b", b)
//
// Slices that share an array are drawn on the same one.
func Slices(namesAndSlices ...any) {
	var list cell.List
	for i := 0; i+1 < len(namesAndSlices); i += 2 {
		v := reflect.ValueOf(namesAndSlices[i+1])
		if v.Kind() != reflect.Slice {
			cell.Complain("figure.Slices: %v is not a slice", "figure.Slices：%v 不是切片", namesAndSlices[i])
			continue
		}
		list = append(list, cell.Object{
			"name", fmt.Sprint(namesAndSlices[i]), "type", typeName(v.Type()), "pointer", hex(v.Pointer()), "nil", v.IsNil(),
			"len", v.Len(), "cap", v.Cap(), "size", int(v.Type().Elem().Size()), "elements", elements(v),
		})
	}
	draw("slices", "", "slices", list)
}

// maxElements is how much of an array is drawn. // arbitrary
const maxElements = 32

// elements are all that the slice could grow into without a new array.
func elements(v reflect.Value) cell.List {
	n := v.Cap()
	var list cell.List
	for i := range min(n, maxElements) {
		list = append(list, brief(v.Slice(0, n).Index(i)))
	}
	return list
}

// typeName is a type as the learner writes it: without "main.".
func typeName(t reflect.Type) string { return withoutMain(t.String()) }

func withoutMain(rest string) string {
	const own = "main."
	name := ""
	for {
		i := strings.Index(rest, own)
		if i < 0 {
			return name + rest
		}
		name += rest[:i]
		if end := len(name); end > 0 && (name[end-1] == '_' || unicode.IsLetter(rune(name[end-1])) || unicode.IsDigit(rune(name[end-1]))) {
			name += own // the end of another package's name
		}
		rest = rest[i+len(own):]
	}
}

// brief is a value in a few characters.
func brief(v reflect.Value) string {
	text := fmt.Sprint(v)
	if v.Kind() == reflect.String {
		text = strconv.Quote(v.String())
	}
	if r := []rune(text); len(r) > 12 {
		text = string(r[:11]) + "…"
	}
	return text
}

func hex(p uintptr) string { return "0x" + strconv.FormatUint(uint64(p), 16) }

// Struct draws how structs lie in memory: every field with its offset and
// size, and the padding between them.
func Struct(values ...any) {
	var list cell.List
	for _, value := range values {
		t := reflect.TypeOf(value)
		if t != nil && t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		if t == nil || t.Kind() != reflect.Struct {
			cell.Complain("figure.Struct: a %T is not a struct", "figure.Struct：%T 不是结构体", value)
			continue
		}
		var fields cell.List
		for i := range t.NumField() {
			f := t.Field(i)
			fields = append(fields, cell.Object{
				"name", f.Name, "type", typeName(f.Type), "offset", int(f.Offset), "size", int(f.Type.Size()), "align", f.Type.Align(),
			})
		}
		list = append(list, cell.Object{"type", typeName(t), "size", int(t.Size()), "align", t.Align(), "fields", fields})
	}
	draw("struct", "", "structs", list)
}

// Interface draws an interface value: the type it holds and the value, or
// nothing at all. T is what the variable was declared as, and is inferred.
func Interface[T any](name string, value T) {
	declared := reflect.TypeFor[T]()
	v := reflect.ValueOf(value)
	held, text, null := "", "", false
	if v.IsValid() {
		held = typeName(v.Type())
		switch v.Kind() {
		case reflect.Pointer, reflect.Map, reflect.Chan, reflect.Func, reflect.UnsafePointer:
			null = v.IsNil()
			text = hex(v.Pointer())
			if v.Kind() == reflect.Pointer && !null {
				text += " → " + brief(v.Elem())
			}
		case reflect.Slice:
			null = v.IsNil()
			text = brief(v)
		default:
			text = brief(v)
		}
		if null {
			text = "nil"
		}
	}
	draw("interface", "", "name", name, "declared", typeName(declared), "held", held, "value", text, "null", null,
		"interface", declared.Kind() == reflect.Interface)
}
