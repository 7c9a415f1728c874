package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"lanebook/internal/display"
	"lanebook/internal/measure"
	"lanebook/internal/notebook"
)

// recorded are small programs of the kinds that lessons record, from much work
// and few events to nothing but events.
var recorded = []struct{ name, body string }{
	{"a pool that sleeps", "jobs := make(chan int)\nvar wg sync.WaitGroup\nfor range 3 {\n\twg.Go(func() {\n\t\tfor range jobs {\n\t\t\ttime.Sleep(500 * time.Microsecond)\n\t\t}\n\t})\n}\nfor i := range 12 {\n\tjobs <- i\n}\nclose(jobs)\nwg.Wait()"},
	{"a pool that computes", "jobs := make(chan int)\nvar wg sync.WaitGroup\nfor range 3 {\n\twg.Go(func() {\n\t\tfor range jobs {\n\t\t\twork(100_000)\n\t\t}\n\t})\n}\nfor i := range 20 {\n\tjobs <- i\n}\nclose(jobs)\nwg.Wait()"},
	{"four for one lock", "var mu sync.Mutex\nvar wg sync.WaitGroup\nfor range 4 {\n\twg.Go(func() {\n\t\tfor range 100 {\n\t\t\tmu.Lock()\n\t\t\twork(2000)\n\t\t\tmu.Unlock()\n\t\t}\n\t})\n}\nwg.Wait()"},
	{"200 goroutines", "var wg sync.WaitGroup\nfor range 200 {\n\twg.Go(func() { work(500) })\n}\nwg.Wait()"},
	{"ping-pong", "ping, pong := make(chan int), make(chan int)\ngo func() {\n\tfor v := range ping {\n\t\tpong <- v\n\t}\n}()\nfor i := range 300 {\n\tping <- i\n\t<-pong\n}\nclose(ping)"},
}

// recordedDecls is what they call.
const recordedDecls = `import "lanebook/kernelext"

func work(n int) (x int) {
	for i := range n {
		x = x*7 + i
	}
	return x
}
`

// measureRecording prints what a recording costs: the same function as it is,
// under Go's tracer alone, and under Lanes, sampled in turns.
func measureRecording(ctx context.Context, binary string, rounds int) error {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	nb := notebook.New()
	for _, r := range recorded {
		nb.Cells = append(nb.Cells, notebook.Cell{ID: fmt.Sprint("c", len(nb.Cells)), Type: notebook.Code, Source: fmt.Sprintf(
			"%s%%%%\nkernelext.Observer(func() {\n%s\n}, kernelext.Samples(%d), kernelext.Budget(time.Minute))", recordedDecls, r.body, 20*rounds)})
	}
	in, out := filepath.Join(dir, "in.ipynb"), filepath.Join(dir, "out.ipynb")
	if err := nb.WriteFile(in); err != nil {
		return err
	}
	progress("what a recording costs")
	if text, err := exec.CommandContext(ctx, binary, "run", "-o", out, in).CombinedOutput(); err != nil {
		return fmt.Errorf("%w\n%s", err, text)
	}
	if nb, err = notebook.ReadFile(out); err != nil {
		return err
	}
	progress("")
	fmt.Printf("\nWhat a recording costs: times as long [95 %% confidence interval], %d samples each\n\n", 20*rounds)
	fmt.Println("| | as it is | under Go's tracer | under Lanes | Lanes by Go's tracer |")
	fmt.Println("|---|---|---|---|---|")
	for i, r := range recorded {
		d, err := observedBy(nb.Cells[i])
		if err != nil {
			return fmt.Errorf("%s: %w", r.name, err)
		}
		fmt.Printf("| %s | %.3g ms | %s | %s | %s |\n", r.name, d.Summaries[0].Median/1e6, longer(d.Ratios[0]), longer(d.Ratios[1]), longer(d.Beyond[0]))
		if d.Doubt != "" {
			fmt.Printf("| | no verdict: %s | | | |\n", d.Doubt)
		}
	}
	return nil
}

// observed is as much of the data of an observer effect as the table shows.
type observed struct {
	Doubt     string            `json:"doubt"`
	Summaries []measure.Summary `json:"summaries"`
	Ratios    []measure.Ratio   `json:"ratios"`
	Beyond    []measure.Ratio   `json:"beyond"`
}

func observedBy(c notebook.Cell) (*observed, error) {
	for _, o := range c.Outputs {
		data, ok := o.MIME(display.Data)
		if !ok {
			continue
		}
		d := &observed{}
		if err := json.Unmarshal([]byte(data), d); err != nil {
			return nil, err
		}
		if len(d.Ratios) > 1 && len(d.Beyond) > 0 {
			return d, nil
		}
	}
	return nil, fmt.Errorf("no figures in %d outputs", len(c.Outputs))
}

// longer is how many times as long something takes; a Ratio says how many
// times as fast.
func longer(r measure.Ratio) string {
	return fmt.Sprintf("%.2f [%.2f, %.2f]", 1/r.Ratio, 1/r.Hi, 1/r.Lo)
}
