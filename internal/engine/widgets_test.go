package engine

import (
	"strings"
	"testing"
)

// page is a Front that answers.
type page struct {
	opened int
	silent bool
	take   func(string, any)
}

func (p *page) Open()                      { p.opened++ }
func (p *page) Request(string)             {}
func (p *page) Listen(f func(string, any)) { p.take = f }
func (p *page) Send(address string, _ any) {
	if address == pingAddress && !p.silent {
		p.take(PongAddress, true)
	}
}

func TestWidgetLines(t *testing.T) {
	e := newEngine(t)
	p := &page{}
	for _, tt := range []struct {
		src, want string
		front     Front
		silent    bool
	}{
		{"//gonb:%widgets", "", p, false},
		{"%widgets_hb", "widgets work", p, false},
		{"%widgets_hb", "not answered", p, true},
		{"%widgets", "no place for widgets", nil, false},
		{"%widgets_hb", "no place for widgets", nil, false},
	} {
		p.silent = tt.silent
		var s transcript
		res, err := e.Execute(t.Context(), Cell{Name: "cell[1]", Source: tt.src, Front: tt.front}, &s)
		if err != nil || res.Problem != nil || !strings.Contains(s.String(), tt.want) {
			t.Errorf("%s: %+v, %v, %q", tt.src, res.Problem, err, s.String())
		}
	}
	if p.opened != 1 || p.take != nil {
		t.Errorf("opened %d times, still heard: %t", p.opened, p.take != nil)
	}
}
