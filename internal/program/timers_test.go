package program

import "testing"

// A program of which it is said that it sets no timers must not set any.
func TestTimers(t *testing.T) {
	for _, tt := range []struct {
		name, src string
		want      bool
	}{
		{"locks and channels", "var mu sync.Mutex\n%%\nmu.Lock()\n<-make(chan int)", false},
		{"Lanes", "import \"lanebook/kernelext\"\n%%\nkernelext.Lanes(func() { select {} })", false},
		{"sleeping and reading the clock", "%%\ntime.Sleep(time.Second)\nfmt.Println(time.Now())", false},
		{"cancelling", "%%\nctx, cancel := context.WithCancel(context.Background())\ncancel()\n<-ctx.Done()", false},
		{"After", "%%\nselect { case <-time.After(time.Second): }", true},
		{"a function value", "var wait = time.After\n%%\n<-wait(1)", true},
		{"through a function", "func late() { <-time.After(1) }\n%%\nlate()", true},
		{"a timeout", "%%\nctx, cancel := context.WithTimeout(context.Background(), 1)\ndefer cancel()\n<-ctx.Done()", true},
		{"another name", "import clock \"time\"\n%%\n<-clock.After(1)", true},
		{"no name", "import . \"time\"\n%%\n<-After(1)", true},
		{"the network", "import \"net\"\n%%\nnet.Listen(\"tcp\", \"\")", true},
		{"a child", "import \"os/exec\"\n%%\nexec.Command(\"true\").Run()", true},
		{"another module", "import \"golang.org/x/time/rate\"\n%%\nrate.NewLimiter(1, 1)", true},
		{"our snippets", "import \"lanebook/snippets/pools\"\n%%\npools.Run()", true},
		{"a test", "%test\nfunc TestX(t *testing.T) { <-make(chan int) }", true},
	} {
		script, problems := Parse(Cell{Name: "cell[1]", Source: tt.src})
		_, p, more := Session{}.Add(script, someStd{})
		if len(problems)+len(more) > 0 || p.Timers != tt.want {
			t.Errorf("%s: %v, %v, %v", tt.name, p.Timers, problems, more)
		}
	}
}
