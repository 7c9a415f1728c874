package figure

import (
	"fmt"
	"reflect"

	"lanebook/internal/cell"
)

// Graph draws variables and the objects they lead to: pointers, maps, slices,
// and what these hold in turn. Names and values take turns:
//
//	figure.Graph("list", list, "last", last)
func Graph(namesAndValues ...any) {
	g := &graph{known: map[reference]int{}}
	for i := 0; i+1 < len(namesAndValues); i += 2 {
		v := reflect.ValueOf(namesAndValues[i+1])
		root := g.object("", []row{{name: fmt.Sprint(namesAndValues[i])}})
		g.objects[root].rows[0].text, g.objects[root].rows[0].to = g.follow(v, 1)
	}
	var objects cell.List
	for _, o := range g.objects {
		var rows cell.List
		for _, r := range o.rows {
			rows = append(rows, cell.Object{"name", r.name, "text", r.text, "to", r.to})
		}
		objects = append(objects, cell.Object{"type", o.typ, "rows", rows, "more", o.more})
	}
	draw("graph", "", "objects", objects, "lost", g.lost)
}

// How much of a graph is drawn. // arbitrary
const (
	maxObjects = 30
	maxDepth   = 7
	maxRows    = 8
)

// graph collects objects. A variable is an object without a type.
type graph struct {
	objects []object
	known   map[reference]int
	lost    int // objects that are not drawn
}

type object struct {
	typ  string
	rows []row
	more int // rows that are not drawn
}

// row is a field or an element. to is the object it leads to, -1 for none.
type row struct {
	name, text string
	to         int
}

// reference tells objects apart: a struct and its first field share an address.
type reference struct {
	address uintptr
	typ     reflect.Type
	length  int
}

func (g *graph) object(typ string, rows []row) int {
	for i := range rows {
		rows[i].to = -1
	}
	g.objects = append(g.objects, object{typ: typ, rows: rows})
	return len(g.objects) - 1
}

// follow says what a value is: a text, or the object it leads to.
func (g *graph) follow(v reflect.Value, depth int) (text string, to int) {
	for v.IsValid() && v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if !v.IsValid() {
		return "nil", -1
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Map, reflect.Slice:
		if v.IsNil() {
			return "nil", -1
		}
	case reflect.Struct, reflect.Array:
		if v.Type().Size() == 0 || v.NumMethod() > 0 && !hasPointers(v.Type(), 0) {
			return brief(v), -1
		}
	default:
		return brief(v), -1
	}
	ref := reference{typ: v.Type()}
	switch v.Kind() {
	case reflect.Pointer, reflect.Map:
		ref.address = v.Pointer()
	case reflect.Slice:
		ref.address, ref.length = v.Pointer(), v.Len()
	}
	if to, ok := g.known[ref]; ok && ref.address != 0 {
		return "", to
	}
	if len(g.objects) >= maxObjects || depth > maxDepth {
		g.lost++
		return "…", -1
	}
	if v.Kind() == reflect.Pointer {
		to = g.object(typeName(v.Type().Elem()), nil)
		g.known[ref] = to
		g.fill(to, v.Elem(), depth)
		return "", to
	}
	to = g.object(typeName(v.Type()), nil)
	g.known[ref] = to
	g.fill(to, v, depth)
	return "", to
}

// fill adds the rows of an object.
func (g *graph) fill(at int, v reflect.Value, depth int) {
	add := func(name string, value reflect.Value) {
		if len(g.objects[at].rows) >= maxRows {
			g.objects[at].more++
			return
		}
		text, to := g.follow(value, depth+1)
		g.objects[at].rows = append(g.objects[at].rows, row{name, text, to})
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			add(v.Type().Field(i).Name, v.Field(i))
		}
	case reflect.Map:
		for key, value := range v.Seq2() {
			add(brief(key), value)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			add(fmt.Sprint(i), v.Index(i))
		}
	default:
		add("", v)
	}
}

// hasPointers reports whether values of the type lead to others.
func hasPointers(t reflect.Type, depth int) bool {
	switch t.Kind() {
	case reflect.Pointer, reflect.Map, reflect.Slice, reflect.Interface:
		return true
	case reflect.Array:
		return depth < 4 && hasPointers(t.Elem(), depth+1)
	case reflect.Struct:
		for i := range t.NumField() {
			if depth < 4 && hasPointers(t.Field(i).Type, depth+1) {
				return true
			}
		}
	}
	return false
}
