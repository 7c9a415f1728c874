package engine

import (
	"context"
	"errors"
	"slices"
	"testing"
)

// Where nobody can see what a program waits for, one that mentions its input is
// offered a line when it is quiet, and one that asks by itself is not.
func TestInputWithoutLooking(t *testing.T) {
	e := newEngine(t)
	e.super.Blind = true
	tests := []struct {
		name, src, want string
		prompts         []string
	}{
		{"scan", "var n int\nfmt.Scanln(&n)\nfmt.Println(n + 1)", "[stdout]\n8\n", []string{""}},
		{"all of it", "b, err := io.ReadAll(os.Stdin)\nfmt.Printf(\"%q %v\", b, err)", "[stdout]\n\"7\\n\" <nil>", []string{"", ""}},
		{"a question of its own, late", "import \"lanebook/kernelext\"\n%%\ntime.Sleep(time.Second)\nline, ok := kernelext.Input(\"how many? \")\nfmt.Println(line, ok)",
			"[stdout]\n7 true\n", []string{"how many? "}},
		{"quiet", "time.Sleep(time.Second)\nfmt.Println(1)", "[stdout]\n1\n", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var prompts []string
			ask := func(_ context.Context, prompt string, _ bool) (string, error) {
				if prompts = append(prompts, prompt); len(prompts) > 1 {
					return "", errors.New("that is all")
				}
				return "7", nil
			}
			var s transcript
			res, err := e.Execute(t.Context(), Cell{Name: "cell[1]", Source: tt.src, Ask: ask}, &s)
			// A program that takes long to end may be asked once more.
			if n := len(tt.prompts); n > 0 && n < len(prompts) && tt.prompts[0] == "" {
				prompts = prompts[:n]
			}
			if err != nil || res.Problem != nil || s.String() != tt.want || !slices.Equal(prompts, tt.prompts) {
				t.Errorf("%v, %+v, asked %q\n%s", err, res.Problem, prompts, s.String())
			}
		})
	}
}
