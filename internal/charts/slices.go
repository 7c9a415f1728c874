package charts

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// sliceFigure is slices and the arrays behind them.
type sliceFigure struct {
	Slices []sliceValue `json:"slices"`
}

type sliceValue struct {
	Name     string   `json:"name"`
	Type     string   `json:"type"`
	Pointer  string   `json:"pointer"` // "0xc000012345"
	Nil      bool     `json:"nil"`
	Len      int      `json:"len"`
	Cap      int      `json:"cap"`
	Size     int      `json:"size"`     // of an element, in bytes
	Elements []string `json:"elements"` // up to the capacity, the first ones
	at       uint64
}

// array is what one or several slices look into.
type array struct {
	at, end uint64
	slices  []sliceValue
}

const maxCells = 24

func drawSlices(data []byte, w *words) (*picture, error) {
	f, err := read[sliceFigure](data)
	if err != nil {
		return nil, err
	}
	p := &picture{table: table{header: w.fig.sliceColumns}}
	for i := range f.Slices {
		s := &f.Slices[i]
		if s.Len < 0 || s.Cap < s.Len || s.Size < 0 || s.Size > 1<<30 || s.Cap > 1<<40 {
			return nil, errEmpty
		}
		if s.at, err = strconv.ParseUint(strings.TrimPrefix(s.Pointer, "0x"), 16, 64); err != nil {
			return nil, err
		}
		p.table.rows = append(p.table.rows, []string{s.Name, s.Type, fmt.Sprint(s.Len), fmt.Sprint(s.Cap), s.Pointer})
		switch {
		case s.Nil:
			p.told = append(p.told, fmt.Sprintf(w.fig.sliceNil, s.Name))
		case s.Len == s.Cap:
			p.told = append(p.told, fmt.Sprintf(w.fig.sliceFull, s.Name))
		default:
			p.told = append(p.told, fmt.Sprintf(w.fig.sliceRoom, s.Name, s.Cap-s.Len))
		}
	}
	arrays := f.arrays()
	if len(f.Slices) == 0 {
		return nil, errEmpty
	}
	for _, a := range arrays {
		if len(a.slices) > 1 {
			var names []string
			for _, s := range a.slices {
				names = append(names, "“"+s.Name+"”")
			}
			p.told = append(p.told, fmt.Sprintf(w.fig.sliceShared, strings.Join(names, w.listed)))
		}
	}
	p.image = f.image(arrays, w)
	return p, nil
}

// arrays groups slices that overlap in memory.
func (f *sliceFigure) arrays() []array {
	var arrays []array
	sorted := slices.Clone(f.Slices)
	slices.SortStableFunc(sorted, func(a, b sliceValue) int { return cmp.Compare(a.at, b.at) })
	for _, s := range sorted {
		if s.Nil || s.Cap == 0 || s.Size == 0 {
			continue
		}
		end := s.at + uint64(s.Cap)*uint64(s.Size)
		if n := len(arrays); n > 0 && s.at < arrays[n-1].end && arrays[n-1].slices[0].Size == s.Size {
			a := &arrays[n-1]
			a.end, a.slices = max(a.end, end), append(a.slices, s)
			continue
		}
		arrays = append(arrays, array{s.at, end, []sliceValue{s}})
	}
	for _, a := range arrays { // in the order in which they were named
		slices.SortStableFunc(a.slices, func(x, y sliceValue) int {
			return cmp.Compare(f.index(x.Name), f.index(y.Name))
		})
	}
	slices.SortStableFunc(arrays, func(x, y array) int {
		return cmp.Compare(f.index(x.slices[0].Name), f.index(y.slices[0].Name))
	})
	return arrays
}

func (f *sliceFigure) index(name string) int {
	return slices.IndexFunc(f.Slices, func(s sliceValue) bool { return s.Name == name })
}

const (
	sliceWidth  = 720
	sliceHeader = 190 // for a header's words
)

func (f *sliceFigure) image(arrays []array, w *words) *canvas {
	c := newCanvas(sliceWidth)
	y := float64(margin)
	for _, s := range f.Slices {
		if s.Nil || s.Cap == 0 || s.Size == 0 {
			y = c.sliceHead(s, y, "c4")
			what := w.fig.noArray
			if s.Nil {
				what = "nil"
			}
			c.text(margin+sliceHeader+20, y-16, "dim", "", what)
		}
	}
	for _, a := range arrays {
		y = c.array(a, y, w)
	}
	c.height = y + margin/2
	return c
}

// sliceHead draws a slice's header, and returns where the next thing can begin.
func (c *canvas) sliceHead(s sliceValue, y float64, class string) float64 {
	c.rect(class, margin, y, sliceHeader, 30)
	c.text(margin+8, y+20, "strong", "", fit(s.Name, 80, 14))
	c.text(margin+sliceHeader-8, y+20, "code", "end", fmt.Sprintf("len %d cap %d", s.Len, s.Cap))
	return y + 36
}

// array draws the headers of the slices that look into an array, what each
// sees of it, and its elements.
func (c *canvas) array(a array, y float64, w *words) float64 {
	size := uint64(a.slices[0].Size)
	total := int((a.end - a.at) / size)
	shown := min(total, maxCells)
	left := float64(margin + sliceHeader + 24)
	cell := min((sliceWidth-margin-left)/float64(shown), 64)
	for i, s := range a.slices {
		class := fmt.Sprintf("c%d", i%5)
		first := int((s.at - a.at) / size)
		x := left + cell*float64(min(first, shown))
		c.sliceHead(s, y, class)
		used, room := min(first+s.Len, shown), min(first+s.Cap, shown)
		c.line("arrow", margin+sliceHeader, y+15, x-3, y+15)
		if used > first {
			c.rect(class, x, y+8, cell*float64(used-first), 14)
		}
		if room > used {
			c.rect("free", left+cell*float64(used), y+8, cell*float64(room-used), 14)
		}
		y += 36
	}
	for i := range shown {
		text := ""
		for _, s := range a.slices {
			if k := i - int((s.at-a.at)/size); k >= 0 && k < len(s.Elements) {
				text = s.Elements[k]
				break
			}
		}
		c.boxed("box", left+cell*float64(i), y, cell, 30, "code", text)
	}
	c.text(margin, y+20, "small dim", "", fit(fmt.Sprintf(w.fig.arrayAt, fmt.Sprintf("0x%x", a.at)), sliceHeader, 13))
	if total > shown {
		c.text(sliceWidth-margin, y+46, "small dim", "end", fmt.Sprintf(w.fig.moreCells, total-shown))
		y += 16
	}
	return y + 52
}
