package gotrace

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"lanebook/internal/display"
)

// flagBox is the box of a flag and its text, as they stand in a picture.
var flagBox = regexp.MustCompile(`<rect class="flag" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"[^>]*/><text[^>]*>([^<]*)</text>`)

// marked is a timeline of one lane with flags at these moments, in per mille.
func marked(at ...int) *Timeline {
	g := &Goroutine{ID: 1, Name: "main", End: time.Millisecond, Intervals: []Interval{{To: time.Millisecond, State: Running}}}
	t := &Timeline{End: time.Millisecond, Procs: 1, How: "returned", Goroutines: []*Goroutine{g}}
	for i, ms := range at {
		t.Marks = append(t.Marks, Mark{At: time.Duration(ms) * time.Microsecond, Goroutine: 1, Text: fmt.Sprintf("task %d", i+1)})
	}
	return t
}

// However many flags there are, also at the right edge, few are drawn.
func TestManyFlags(t *testing.T) {
	var at []int
	for i := range 20_000 {
		at = append(at, 915+i/400)
	}
	svg := image(t, Draw(marked(at...), Options{Lang: "en"}))
	if n := strings.Count(svg, `class="flag"`); n < 2 || n > 20 || len(svg) > 50_000 {
		t.Errorf("%d flags, %d bytes", n, len(svg))
	}
}

// Flags close to each other can all be read: no box covers another, every text
// stands in the picture or is counted there, and the list has all of them.
func TestFlagsDoNotHideEachOther(t *testing.T) {
	for _, tt := range []struct {
		at   []int
		want string
	}{
		{[]int{100, 500}, "task 1|task 2"},
		{[]int{500, 500}, "task 1|task 2"},
		{[]int{500, 503}, "task 1|task 2"},
		{[]int{500, 500, 500, 500}, "task 1|task 2 +2"},
		{[]int{500, 501, 502, 700, 701}, "task 1|task 2 +1|task 4|task 5"},
		{[]int{999, 1000}, "task 1|task 2"},
	} {
		b := Draw(marked(tt.at...), Options{Lang: "en"})
		var texts []string
		var boxes [][4]float64
		for _, m := range flagBox.FindAllStringSubmatch(image(t, b), -1) {
			var box [4]float64
			for i := range box {
				box[i], _ = strconv.ParseFloat(m[i+1], 64)
			}
			for i, o := range boxes {
				if box[0] < o[0]+o[2] && o[0] < box[0]+box[2] && box[1] < o[1]+o[3] && o[1] < box[1]+box[3] {
					t.Errorf("%v: the flag of %s covers that of %s", tt.at, m[5], texts[i])
				}
			}
			boxes, texts = append(boxes, box), append(texts, m[5])
		}
		if got := strings.Join(texts, "|"); got != tt.want {
			t.Errorf("%v: flags say %s, want %s", tt.at, got, tt.want)
		}
		for i := range tt.at {
			if page := b[display.HTML].(string); !strings.Contains(page, fmt.Sprintf("task %d</li>", i+1)) {
				t.Errorf("%v: the list has no task %d", tt.at, i+1)
			}
		}
	}
}
