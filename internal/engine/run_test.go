package engine

import (
	"strings"
	"testing"
)

// %%race and %%time change how the cell is run, and nothing after it.
func TestHowToRun(t *testing.T) {
	needCompiler(t)
	e := newEngine(t)
	race := "x := 0\ndone := make(chan bool)\ngo func() { x++; close(done) }()\nx++\n<-done\nfmt.Println(x > 0)"
	tests := []struct{ name, src, problem, want string }{
		{"race", "%%race\n" + race, "DataRace", "Data race:"},
		{"race, GoNB's way of writing", "//gonb:%%race\n%%\n" + race, "DataRace", "Data race:"},
		{"without", "%%\n" + race, "", "\ntrue\n"},
		{"time", "%%time\nfmt.Println(\"timed\")", "", "timed\n[display"},
		{"watch", "%%watch\nch := make(chan int)\n<-ch", "Deadlock", "[display"},
		{"time, with arguments", "%%time\n%% -n=3\nfmt.Println(os.Args[1:])", "", "[-n=3]\n[display"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var s transcript
			res := execute(t, e, t.Context(), tt.src, &s)
			if problemName(res) != tt.problem || !strings.Contains("\n"+s.String(), tt.want) {
				t.Errorf("problem %+v\n%s", res.Problem, s.String())
			}
		})
	}
}
