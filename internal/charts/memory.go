package charts

import (
	"cmp"
	"fmt"
	"html"
	"slices"

	"lanebook/internal/paper"
)

// structFigure is how structs lie in memory.
type structFigure struct {
	Structs []structType `json:"structs"`
}

type structType struct {
	Type   string  `json:"type"`
	Size   int     `json:"size"`
	Align  int     `json:"align"`
	Fields []field `json:"fields"`
}

type field struct {
	Name   string `json:"name"`
	Type   string `json:"type"`
	Offset int    `json:"offset"`
	Size   int    `json:"size"`
	Align  int    `json:"align"`
}

// word is how many bytes stand in a row.
const word = 8

const maxWords = 24 // rows of one struct

func drawStructs(data []byte, w *words) (*picture, error) {
	f, err := read[structFigure](data)
	if err != nil {
		return nil, err
	}
	if len(f.Structs) == 0 || len(f.Structs) > 6 {
		return nil, errEmpty
	}
	p := &picture{table: table{header: w.fig.fieldColumns}}
	for _, s := range f.Structs {
		used, at := 0, 0
		for _, k := range s.Fields {
			if k.Offset < at || k.Size < 0 || k.Offset+k.Size > s.Size || k.Align < 1 {
				return nil, errEmpty
			}
			at = k.Offset + k.Size
			used += k.Size
			p.table.rows = append(p.table.rows, []string{s.Type + "." + k.Name, k.Type, fmt.Sprint(k.Offset), fmt.Sprint(k.Size)})
		}
		padding := s.Size - used
		told := fmt.Sprintf(w.fig.structFull, s.Type, s.Size)
		if padding > 0 {
			told = fmt.Sprintf(w.fig.structPadded, s.Type, s.Size, used, padding)
			if best := s.smallest(); best < s.Size {
				told += w.space + fmt.Sprintf(w.fig.structBetter, best)
			}
		}
		p.told = append(p.told, told)
	}
	p.image = f.image(w)
	return p, nil
}

// smallest is the size with the fields in the best order: those with the
// strictest alignment first.
func (s structType) smallest() int {
	fields := slices.Clone(s.Fields)
	slices.SortStableFunc(fields, func(a, b field) int { return cmp.Compare(b.Align, a.Align) })
	at := 0
	for _, f := range fields {
		at = up(at, f.Align) + f.Size
	}
	return up(at, max(s.Align, 1))
}

func up(n, align int) int { return (n + align - 1) / align * align }

func (f *structFigure) image(w *words) *canvas {
	const cell, row, left = 68, 30, margin + 44
	c := newCanvas(left + word*cell + margin)
	c.hatched = true
	y := float64(margin)
	for _, s := range f.Structs {
		c.text(margin, y+14, "strong", "", paper.Clip(s.Type, 40))
		c.text(left+word*cell, y+14, "small dim", "end", fmt.Sprintf(w.fig.bytes, s.Size))
		y += 24
		rows := min((s.Size+word-1)/word, maxWords)
		for r := range rows {
			c.text(left-8, y+float64(r)*row+20, "small dim", "end", fmt.Sprint(r*word))
			width := min(s.Size-r*word, word)
			c.rect("pad", left, y+float64(r)*row, float64(width*cell), row-4)
		}
		for i, k := range s.Fields {
			for b := k.Offset; b < k.Offset+k.Size && b/word < rows; {
				n := min(word-b%word, k.Offset+k.Size-b)
				x, top := left+float64(b%word*cell), y+float64(b/word)*row
				label := ""
				if b == k.Offset {
					label = k.Name
					if paper.Wide(label+" "+k.Type, 13) < float64(n*cell)-8 {
						label += " " + k.Type
					}
				}
				c.boxed(fmt.Sprintf("c%d", i%4), x, top, float64(n*cell), row-4, "small", label)
				b += n
			}
		}
		y += float64(rows)*row + 10
		if rows*word < s.Size {
			c.text(left, y+8, "dim", "", "…")
			y += 20
		}
	}
	c.explain(w.fig.padding, func(x, y float64) { c.rect("pad", x-9, y-7, 18, 14) })
	c.finish(y - 6)
	return c
}

// interfaceFigure is an interface value: two words.
type interfaceFigure struct {
	Name      string `json:"name"`
	Declared  string `json:"declared"`
	Held      string `json:"held"`  // "": no type
	Value     string `json:"value"` // "nil", or in a few characters
	Null      bool   `json:"null"`  // a nil pointer and the like is held
	Interface bool   `json:"interface"`
}

func drawInterface(data []byte, w *words) (*picture, error) {
	f, err := read[interfaceFigure](data)
	if err != nil {
		return nil, err
	}
	p := &picture{}
	switch {
	case !f.Interface:
		p.told = []string{fmt.Sprintf(w.fig.noInterface, f.Name, f.Declared)}
	case f.Held == "":
		p.told = []string{fmt.Sprintf(w.fig.nilInterface, f.Name)}
	case f.Null:
		p.told = []string{fmt.Sprintf(w.fig.nilInside, f.Name, f.Held)}
	default:
		p.told = []string{fmt.Sprintf(w.fig.holds, f.Name, f.Held, f.Value)}
	}
	if !f.Interface {
		p.body = "<p>" + html.EscapeString(p.told[0]) + "</p>"
		p.told = nil
		p.text = fmt.Sprintf(w.fig.noInterface, f.Name, f.Declared) + "\n"
		return p, nil
	}
	p.image = f.image(w)
	p.table = table{header: []string{w.fig.typeWord, w.fig.valueWord}, left: true, rows: [][]string{{orNil(f.Held), orNil(f.Value)}}}
	return p, nil
}

func orNil(s string) string {
	if s == "" {
		return "nil"
	}
	return s
}

func (f *interfaceFigure) image(w *words) *canvas {
	c := newCanvas(560)
	c.text(margin, margin+14, "strong", "", paper.Clip(f.Name, 30))
	c.text(margin+paper.Wide(f.Name, 14)+16, margin+14, "code", "", paper.Clip(f.Declared, 40))
	const top, width = margin + 28, (560 - 2*margin) / 2
	class := "c0"
	if f.Held == "" {
		class = "c4"
	}
	c.text(margin+4, top+14, "small dim", "", w.fig.typeWord)
	c.text(margin+width+4, top+14, "small dim", "", w.fig.valueWord)
	c.boxed(class, margin, top+22, width, 40, "code", orNil(f.Held))
	if f.Null {
		class = "c3"
	}
	c.boxed(class, margin+width, top+22, width, 40, "code", orNil(f.Value))
	equal := "== nil: false"
	if f.Held == "" {
		equal = "== nil: true"
	}
	c.text(margin, top+86, "code", "", f.Name+" "+equal)
	c.height = top + 86 + margin
	return c
}
