package program

import (
	"strings"
	"testing"
)

// TestDraft composes unfinished cells with a cursor (¦) in them. What stands
// around the cursor in main.go must be what stood around it in the cell.
func TestDraft(t *testing.T) {
	session, _ := mustAdd(t, Session{}, "type point struct{ x, y int }\nfunc (p point) Len() int { return p.x }")
	tests := []struct{ name, cell, want string }{
		{"statement", "x := 1\nfmt.Pri¦\nx++", "fmt.Pri¦\nx++"},
		{"dot", "strings.¦\nf()", "strings.¦_\nf()"},
		{"dot, end", "var p point\np.¦", "p.¦_\n"},
		{"dot, name follows", "p.¦Len()", "p.¦Len()\n"},
		{"open block", "for i := range 3 {\n\tos.Std¦", "\tos.Std¦\n}\n"},
		{"open call", "fmt.Println(os.¦", "fmt.Println(os.¦_)\n"},
		{"function", "func f() int {\n\treturn le¦\n}\nf()", "return le¦\n}\n"},
		{"group", "var (\n\ta = 1\n\tb = a¦\n)", "b = a¦\n)"},
		{"%%", "%%\nx := 1\n¦", "x := 1¦\n"},
		{"between", "x := 1\n\n¦\n\nfunc f() {}", "x := 1¦\n"},
		{"empty", "¦", "func main() {\n¦}"},
		{"special line", "%li¦\nx := 1", ""},
		{"shell", "!l¦", ""},
		{"file", "%%writefile x\n¦", ""},
		{"string", `x := "a¦b"`, ""},
		{"raw string", "x := `a¦", ""},
		{"comment", "x := 1 // no¦te", ""},
		{"second line of comment", "/*\nno¦te\n*/ x := 1", ""},
		{"too many", "f())\nfmt.¦", "fmt.¦_\n"},
		{"junk", "))){{{ fmt.¦", "fmt.¦_\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before, after, _ := strings.Cut(tt.cell, "¦")
			d := session.Draft(Cell{Name: "cell[2]", Source: before + after}, len(before), someStd{})
			if tt.want == "" {
				if d.Offset >= 0 {
					t.Errorf("the cursor is at %q", d.Source[d.Offset:])
				}
				return
			}
			if d.Offset < 0 {
				t.Fatalf("no cursor in\n%s", d.Source)
			}
			got := string(d.Source[:d.Offset]) + "¦" + string(d.Source[d.Offset:])
			if !strings.Contains(got, tt.want) {
				t.Errorf("want %q in\n%s", tt.want, got)
			}
			if strings.Contains(tt.want, "strings.") && !strings.Contains(got, `"strings"`) {
				t.Errorf("no import in\n%s", got)
			}
		})
	}
}
