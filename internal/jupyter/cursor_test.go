package jupyter

import "testing"

func TestCursor(t *testing.T) {
	tests := []struct {
		name      string
		code      string
		pos       int
		want      int // byte offset
		end, back int // a byte offset, and its position for this client
	}{
		{"ascii", "fmt.Pr", 4, 4, 6, 6},
		{"missing means the end", "fmt", -1, 3, 3, 3},
		{"negative", "fmt", -7, 0, 3, 3},
		{"multibyte", "世界.x", 3, 7, 8, 4},
		{"astral, code points", "🎉.x", 2, 5, 6, 3},
		{"astral, UTF-16 at the end", "🎉.x", 4, 6, 6, 4},
		{"two astral, UTF-16", "🎉🎉.x", 6, 10, 8, 4},
		{"beyond the end", "ab", 99, 2, 2, 2},
		{"empty", "", 0, 0, 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := NewCursor(tt.code, tt.pos)
			if got := c.Offset(); got != tt.want {
				t.Errorf("offset %d, want %d", got, tt.want)
			}
			if got := c.Pos(tt.end); got != tt.back {
				t.Errorf("position %d, want %d", got, tt.back)
			}
		})
	}
}

func FuzzCursor(f *testing.F) {
	f.Add("🎉世.x", 3)
	f.Fuzz(func(t *testing.T, code string, pos int) {
		c := NewCursor(code, pos)
		if c.Offset() < 0 || c.Offset() > len(code) {
			t.Errorf("offset %d of %d", c.Offset(), len(code))
		}
		if back := NewCursor(code, c.Pos(c.Offset())); !c.utf16 && back.Offset() != c.Offset() {
			t.Errorf("offset %d came back as %d", c.Offset(), back.Offset())
		}
	})
}
