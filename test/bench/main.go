// Command bench measures what a learner feels: the time from sending an edited
// cell to the kernel's idle message, through the real ZeroMQ socket, beside
// `go build` and running the same program, in the same run on the same machine.
// It prints Markdown tables; docs/performance.md keeps them.
//
// Each case is measured in rounds. In every round the cell is changed, so that
// both sides must compile and link it, and the two sides take turns, so that a
// machine whose speed drifts slows both. Medians carry a 95 % confidence
// interval from golang.org/x/perf/benchmath.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"lanebook/test/client"

	"golang.org/x/perf/benchmath"
)

func main() {
	rounds := flag.Int("n", 15, "rounds per case (at least 6, for a confidence interval)")
	kernel := flag.String("kernel", "bin/lanebook", "the lanebook binary to measure")
	only := flag.String("only", "", "the tables to make, separated by commas; all if empty")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *kernel, *rounds, *only); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// measurement is one table.
type measurement struct {
	name string
	run  func(ctx context.Context, binary string, rounds int) error
}

var measurements = []measurement{
	{"idle", measureIdle},
	{"cells", withKernel(measureCells)},
	{"flood", withKernel(measureFlood)},
	{"help", withKernel(measureHelp)},
	{"ahead", withKernel(measureAhead)},
	{"first", measureFirst},
	{"long", measureLong},
	{"modules", measureModules},
	{"study", measureStudy},
	{"recording", measureRecording},
}

func run(ctx context.Context, binary string, rounds int, only string) error {
	binary, err := filepath.Abs(binary)
	if err != nil {
		return err
	}
	for _, m := range measurements {
		if only != "" && !slices.Contains(strings.Split(only, ","), m.name) {
			continue
		}
		if err := m.run(ctx, binary, rounds); err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
	}
	return nil
}

// withKernel gives a measurement a kernel that has run a cell.
func withKernel(measure func(context.Context, *client.Kernel, int) error) func(context.Context, string, int) error {
	return func(ctx context.Context, binary string, rounds int) error {
		k, err := client.Start(ctx, client.Options{Binary: binary})
		if err != nil {
			return err
		}
		defer k.Close()
		if _, err := k.Execute(ctx, pool.cell(0)); err != nil {
			return err
		}
		return measure(ctx, k, rounds)
	}
}

// measureCells prints one row per case.
func measureCells(ctx context.Context, k *client.Kernel, rounds int) error {
	base, err := newBaseline(ctx)
	if err != nil {
		return err
	}
	defer base.close()
	fmt.Printf("\nEdit → idle, %d rounds each; milliseconds, median [95 %% confidence interval]\n\n", rounds)
	fmt.Println("| cell | lanebook | go build + run | ratio |")
	fmt.Println("|---|---|---|---|")
	for _, c := range cases {
		var ours, theirs []float64
		for round := -1; round < rounds; round++ { // round -1 warms up both sides
			progress("%s: round %d of %d", c.name, max(round+1, 0), rounds)
			edit := round
			if c.unchanged {
				edit = 0
			}
			got, err := k.Execute(ctx, c.cell(edit))
			if err != nil {
				return fmt.Errorf("%s: %w", c.name, err)
			}
			if got.Failed != c.fails {
				return fmt.Errorf("%s: the cell's outcome is not the expected one: %s", c.name, got.Problem)
			}
			took, err := base.buildAndRun(ctx, c.program(edit), c.fails)
			if err != nil {
				return fmt.Errorf("%s: %w", c.name, err)
			}
			if round >= 0 {
				ours = append(ours, ms(got.Took))
				theirs = append(theirs, ms(took))
			}
		}
		progress("")
		a, b := summary(ours), summary(theirs)
		fmt.Printf("| %s | %s | %s | %.2f |\n", c.name, interval(a), interval(b), a.Center/b.Center)
	}
	return nil
}

// measureIdle prints how fast a kernel is there and how much memory it and its
// supervisor hold.
func measureIdle(ctx context.Context, binary string, _ int) error {
	var ready, resident []float64
	for i := range 7 {
		progress("start of a kernel: %d of 7", i+1)
		k, err := client.Start(ctx, client.Options{Binary: binary})
		if err != nil {
			return err
		}
		ready = append(ready, ms(k.Ready))
		time.Sleep(300 * time.Millisecond) // let it settle
		if mb, ok := residentMB(k.Cmd.Process.Pid); ok {
			resident = append(resident, mb)
		}
		k.Close()
	}
	progress("")
	fmt.Println("\n| an idle kernel | |")
	fmt.Println("|---|---|")
	fmt.Printf("| process start → kernel_info reply | %s ms |\n", interval(summary(ready)))
	if len(resident) > 0 {
		fmt.Printf("| resident memory, all its processes | %s MB |\n", interval(summary(resident)))
	}
	return nil
}

// measureFlood prints what a million printed lines cost.
func measureFlood(ctx context.Context, k *client.Kernel, _ int) error {
	const source = "%%\nfor i := range 1_000_000 {\n\tfmt.Println(i)\n}\n"
	var seconds, messages []float64
	for i := range 5 {
		progress("a million lines: %d of 5", i+1)
		got, err := k.Execute(ctx, source)
		if err != nil {
			return err
		}
		seconds = append(seconds, got.Took.Seconds())
		messages = append(messages, float64(got.Streams))
	}
	progress("")
	s, m := summary(seconds), summary(messages)
	fmt.Printf("\n1,000,000 printed lines: %.2f s, %.0f stream messages (medians of %d)\n", s.Center, m.Center, len(seconds))
	return nil
}

func summary(values []float64) benchmath.Summary {
	return benchmath.AssumeNothing.Summary(benchmath.NewSample(values, &benchmath.DefaultThresholds), 0.95)
}

func interval(s benchmath.Summary) string {
	return fmt.Sprintf("%.0f [%.0f, %.0f]", s.Center, s.Lo, s.Hi)
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// progress overwrites one line on the terminal.
func progress(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "\r\033[K"+format, args...)
}
