package process

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParsePS(t *testing.T) {
	got := parsePS("    1     0     1   9000 Ss\n 10  1 10 2048 S+\n  11 10 10 0 Z\njunk\n\n 12 10 12 1 R a\n")
	want := []proc{{1, 0, 1, 9000 << 10}, {10, 1, 10, 2048 << 10}, {12, 10, 12, 1 << 10}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(proc{})); diff != "" {
		t.Error(diff)
	}
}

// A child is found by its parents, or, when these are gone, by its group.
func TestBelow(t *testing.T) {
	all := []proc{
		{pid: 1, parent: 0, group: 1},
		{pid: 10, parent: 1, group: 10},  // the supervisor
		{pid: 20, parent: 10, group: 20}, // the program
		{pid: 21, parent: 20, group: 20},
		{pid: 22, parent: 21, group: 22}, // a session of its own
		{pid: 23, parent: 1, group: 20},  // lost its parent, has its group
		{pid: 24, parent: 23, group: 24},
		{pid: 30, parent: 1, group: 30}, // somebody else
		{pid: 40, parent: 40, group: 40},
	}
	tests := []struct {
		name   string
		groups map[int]bool
		want   []int
	}{
		{"by parents", nil, []int{20, 21, 22}},
		{"by groups, too", map[int]bool{20: true}, []int{20, 21, 22, 23, 24}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []int
			for _, p := range below(all, 10, tt.groups) {
				got = append(got, p.pid)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestUnfinished(t *testing.T) {
	tests := []struct {
		text string
		want int
	}{
		{"", 0}, {"a", 0}, {"世", 0}, {"世\xe4", 1}, {"\xe4\xb8", 2}, {"\xf0\x9f\x8e", 3}, {"🎉", 0},
		{"\xff", 0}, {"\x80\x80\x80\x80", 0}, {"a\xe4a", 0},
	}
	for _, tt := range tests {
		if got := unfinished([]byte(tt.text)); got != tt.want {
			t.Errorf("%q: got %d, want %d", tt.text, got, tt.want)
		}
	}
}
