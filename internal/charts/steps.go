package charts

import (
	"fmt"
	"slices"
	"strings"

	"lanebook/internal/paper"
)

// steps is what several parties did, one step after the other.
type steps struct {
	Parties []string `json:"parties"`
	Steps   []step   `json:"steps"`
	Lost    int      `json:"lost"`   // steps that were not recorded
	Stacks  []stack  `json:"stacks"` // what stood on a stack at a moment
}

type step struct {
	Who   string `json:"who"`
	To    string `json:"to"` // "": a step of its own, not an arrow
	What  string `json:"what"`
	State string `json:"state"` // what holds after it
	At    int64  `json:"at"`    // nanoseconds
}

type stack struct {
	Of     string   `json:"of"`
	Frames []string `json:"frames"` // innermost call first
}

const (
	stepsWidth = 720
	stepRow    = 32
	maxSteps   = 60 // rows in the picture; the table has more
	maxParties = 8
	maxFrames  = 8
)

func drawSteps(data []byte, w *words) (*picture, error) {
	s, err := read[steps](data)
	if err != nil {
		return nil, err
	}
	if len(s.Steps) == 0 || len(s.Parties) > maxParties {
		return nil, errEmpty
	}
	for _, x := range s.Steps {
		if !slices.Contains(s.Parties, x.Who) || x.To != "" && !slices.Contains(s.Parties, x.To) {
			return nil, errEmpty
		}
	}
	p := &picture{table: s.table(w), alt: s.inWords(w), told: []string{fmt.Sprintf(w.fig.inOrder, len(s.Steps)+s.Lost)}}
	if hidden := len(s.Steps) + s.Lost - maxSteps; hidden > 0 {
		p.told = append(p.told, fmt.Sprintf(w.fig.moreSteps, hidden))
	}
	switch len(s.Stacks) {
	case 1:
		p.told = append(p.told, w.fig.oneStack)
	case 2:
		p.told = append(p.told, fmt.Sprintf(w.fig.twoStacks, s.Stacks[0].Of, s.Stacks[1].Of))
	}
	p.image = s.image(w)
	return p, nil
}

// inWords tells the first steps, for those who cannot see them.
func (s *steps) inWords(w *words) string {
	var told []string
	for _, x := range s.Steps[:min(len(s.Steps), 10)] {
		told = append(told, x.who()+w.label+x.What)
	}
	if len(s.Steps) > 10 {
		told = append(told, "…")
	}
	return strings.Join(told, "; ")
}

// who is the party, or both.
func (x step) who() string {
	if x.To == "" {
		return x.Who
	}
	return x.Who + " → " + x.To
}

func (s *steps) table(w *words) table {
	t := table{header: w.fig.stepColumns, left: true}
	for i, x := range s.Steps[:min(len(s.Steps), 200)] {
		t.rows = append(t.rows, []string{fmt.Sprint(i + 1), x.who(), x.What, x.State, timeText(float64(x.At))})
	}
	return t
}

func (s *steps) image(w *words) *canvas {
	c := newCanvas(stepsWidth)
	shown := s.Steps[:min(len(s.Steps), maxSteps)]
	states := 0.0
	for _, x := range shown {
		if x.State != "" {
			states = max(states, min(max(paper.Wide(x.State, 13), paper.Wide(w.fig.afterStep, 13))+24, 220))
		}
	}
	left := float64(margin + 30)
	column := (stepsWidth - margin - left - states) / float64(len(s.Parties))
	at := func(party string) float64 { return left + column*(float64(slices.Index(s.Parties, party))+0.5) }
	class := func(party string) string { return fmt.Sprintf("c%d", slices.Index(s.Parties, party)%5) }
	top := float64(margin + 38)
	bottom := top + float64(len(shown))*stepRow
	for _, p := range s.Parties {
		c.line("life", at(p), margin+26, at(p), bottom+6)
	}
	for _, p := range s.Parties {
		c.boxed(class(p), at(p)-column*0.4, margin, column*0.8, 28, "strong", p)
	}
	if states > 0 {
		c.text(stepsWidth-margin-states+14, margin+19, "small dim", "", w.fig.afterStep)
	}
	for i, x := range shown {
		y := top + float64(i)*stepRow + stepRow/2
		c.text(margin+20, y+5, "small dim", "end", fmt.Sprint(i+1))
		if x.State != "" {
			c.line("grid", left, y+stepRow/2, stepsWidth-margin, y+stepRow/2)
			c.text(stepsWidth-margin-states+14, y+5, "code", "", fit(x.State, states-16, 14))
		}
		if x.To == "" || x.To == x.Who {
			width := min(column-10, max(paper.Wide(x.What, 13)+20, 40))
			c.boxed(class(x.Who), at(x.Who)-width/2, y-12, width, 24, "small", x.What)
			continue
		}
		c.arrow(at(x.Who), at(x.To), y+6, x.What)
		if i+1 < len(shown) { // it is the receiver's turn
			c.rect(class(x.To), at(x.To)-4, y+6, 8, stepRow)
		}
	}
	if len(s.Steps)+s.Lost > len(shown) {
		c.text(left, bottom+22, "dim", "", "…")
		bottom += 24
	}
	c.height = bottom + margin
	s.drawStacks(c, w)
	return c
}

// arrow is a level arrow with a text on it.
func (c *canvas) arrow(from, to, y float64, text string) {
	tip := 8.0
	if to < from {
		tip = -8
	}
	c.line("arrow", from, y, to-tip, y)
	c.printf(`<path class="head" d="M%.1f %.1fl%.1f -4.5v9z"/>`, to, y, -tip)
	room := to - from
	if room < 0 {
		room = -room
	}
	c.text((from+to)/2, y-6, "small", "middle", fit(text, room-14, 13))
}

// drawStacks draws the stacks side by side, the innermost call on top.
func (s *steps) drawStacks(c *canvas, w *words) {
	if len(s.Stacks) == 0 {
		return
	}
	stacks := s.Stacks[:min(len(s.Stacks), 3)]
	tallest := 0
	for _, k := range stacks {
		tallest = max(tallest, min(len(k.Frames), maxFrames))
	}
	const frame = 26
	top := c.height + 18
	c.line("grid", margin, top-14, stepsWidth-margin, top-14)
	width := min(300, (stepsWidth-2*margin-40)/float64(len(stacks))-20)
	for i, k := range stacks {
		x := margin + 30 + float64(i)*(width+30)
		c.text(x, top+6, "strong", "", fit(fmt.Sprintf(w.fig.stackOf, k.Of), width, 14))
		frames := k.Frames[:min(len(k.Frames), maxFrames)]
		y := top + 18 + float64(tallest-len(frames))*frame
		for _, f := range frames {
			c.boxed("box", x, y, width, frame-4, "code", f)
			y += frame
		}
	}
	c.height = top + 18 + float64(tallest)*frame + margin
}
