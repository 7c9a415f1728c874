package spelling

import (
	"slices"
	"strings"
	"testing"
	"testing/quick"
)

func TestNearest(t *testing.T) {
	for _, c := range []struct {
		name       string
		candidates []string
		want       string
	}{
		{"Prinln", []string{"Print", "Printf", "Println"}, "Println"},
		{"Pritnln", []string{"Println"}, "Println"},           // two letters swapped
		{"println", []string{"Printl", "Println"}, "Println"}, // the case alone
		{"coutn", []string{"count", "court"}, "count"},
		{"helo", []string{"hell", "hello"}, "hello"}, // the longest
		{"cas", []string{"cat", "car"}, "car"},       // the first
		{"%nosuchcommand", []string{"%noautoget", "%rm"}, ""},
		{"x", []string{"y", "_", "x"}, ""}, // nothing of the name is left
		{"变亮", []string{"变量"}, "变量"},
		{"", []string{"a"}, ""},
		{"a", nil, ""},
	} {
		if got := Nearest(c.name, c.candidates); got != c.want {
			t.Errorf("Nearest(%q, %q) = %q, want %q", c.name, c.candidates, got, c.want)
		}
	}
}

// A distance is the same both ways, zero only between equals, never more than
// the longer word, and never less than the difference in length.
func TestDistance(t *testing.T) {
	holds := func(a, b string) bool {
		a, b = strings.ToValidUTF8(a, "?"), strings.ToValidUTF8(b, "?")
		d, x, y := Distance(a, b), len([]rune(a)), len([]rune(b))
		return d == Distance(b, a) && (d == 0) == (a == b) && d <= max(x, y) && d >= abs(x-y)
	}
	if err := quick.Check(holds, nil); err != nil {
		t.Error(err)
	}
	swapped := []rune("select")
	for i := range len(swapped) - 1 {
		other := slices.Clone(swapped)
		other[i], other[i+1] = other[i+1], other[i]
		if d := Distance(string(swapped), string(other)); d != 1 {
			t.Errorf("Distance(%q, %q) = %d, want 1", string(swapped), string(other), d)
		}
	}
}
