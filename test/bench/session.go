package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"lanebook/internal/jupyter"
	"lanebook/test/client"
)

// pool is the cell that stands for an ordinary one.
var pool = cases[1]

// measureFirst prints what the first cell after a kernel's start takes, beside
// the same kernel's later ones. Caches are warm.
func measureFirst(ctx context.Context, binary string, rounds int) error {
	var first, later []float64
	for round := range rounds {
		progress("first cell: round %d of %d", round+1, rounds)
		k, err := client.Start(ctx, client.Options{Binary: binary})
		if err != nil {
			return err
		}
		for i := range 4 {
			got, err := k.Execute(ctx, pool.cell(1000+10*round+i))
			if err != nil || got.Failed {
				k.Close()
				return fmt.Errorf("cell %d after start: %v %s", i, err, got.Problem)
			}
			if i == 0 {
				first = append(first, ms(got.Took))
			} else {
				later = append(later, ms(got.Took))
			}
		}
		k.Close()
	}
	progress("")
	a, b := summary(first), summary(later)
	fmt.Printf("\n| after the start of a kernel, warm caches | ms |\n|---|---|\n| first cell | %s |\n| later ones | %s |\n| ratio | %.2f |\n", interval(a), interval(b), a.Center/b.Center)
	return nil
}

// measureLong prints whether a session of 200 cells grows slower.
func measureLong(ctx context.Context, binary string, _ int) error {
	k, err := client.Start(ctx, client.Options{Binary: binary})
	if err != nil {
		return err
	}
	defer k.Close()
	const cells, window = 200, 20
	var took []float64
	for i := range cells {
		progress("long session: cell %d of %d", i+1, cells)
		// Each declares something, and uses what the one before declared.
		source := fmt.Sprintf("type item%d struct{ n, next int }\n\nfunc (it item%[1]d) value() int { return it.n + %d }\n\nfunc step%[1]d(n int) int { return item%[1]d{n: n}.value() }\n%%%%\nfmt.Println(step%[2]d(%[1]d))\n", i, max(0, i-1))
		got, err := k.Execute(ctx, source)
		if err != nil || got.Failed {
			return fmt.Errorf("cell %d: %v %s", i, err, got.Problem)
		}
		took = append(took, ms(got.Took))
	}
	progress("")
	a, b := summary(took[1:1+window]), summary(took[cells-window:])
	fmt.Printf("\n| a session of %d cells | ms |\n|---|---|\n| its first %d | %s |\n| its last %d | %s |\n| ratio | %.2f |\n", cells, window, interval(a), window, interval(b), b.Center/a.Center)
	return nil
}

// measureAhead prints what is left of a cell's time when it was built before
// it was run: because somebody typed it, or because it stood in the queue.
func measureAhead(ctx context.Context, k *client.Kernel, rounds int) error {
	var typed, queued []float64
	for round := range rounds {
		progress("built ahead: round %d of %d", round+1, rounds)
		code := pool.cell(2000 + round)
		if _, err := k.Request(ctx, jupyter.Shell, jupyter.CompleteRequest{Code: code, CursorPos: -1}); err != nil {
			return err
		}
		time.Sleep(400 * time.Millisecond) // a learner's hand on its way to Shift+Enter
		got, err := k.Execute(ctx, code)
		if err != nil || got.Failed {
			return fmt.Errorf("typed cell: %v %s", err, got.Problem)
		}
		typed = append(typed, ms(got.Took))
		all, err := k.ExecuteAll(ctx, []string{
			fmt.Sprintf("%%%%\ntime.Sleep(400 * time.Millisecond + %d)", round), pool.cell(3000 + round),
		})
		if err != nil || all[1].Failed {
			return fmt.Errorf("queued cell: %v %+v", err, all)
		}
		queued = append(queued, ms(all[1].Took-all[0].Took))
	}
	progress("")
	fmt.Printf("\n| an edited pool cell, built ahead | ms |\n|---|---|\n| while it was typed | %s |\n| while the cell before it ran | %s |\n", interval(summary(typed)), interval(summary(queued)))
	return nil
}

// measureModules prints what importing a third-party package costs: the first
// time on a machine it is compiled, in a later session it is there.
func measureModules(ctx context.Context, binary string, _ int) error {
	const cell = "import \"github.com/google/go-cmp/cmp\"\n%%%%\nfmt.Println(cmp.Equal(1, %d))\n"
	var took []float64
	for i := range 3 {
		progress("a third-party package: session %d of 3", i+1)
		k, err := client.Start(ctx, client.Options{Binary: binary})
		if err != nil {
			return err
		}
		_, err = k.Execute(ctx, pool.cell(4000+i))
		got, err2 := k.Execute(ctx, fmt.Sprintf(cell, i+1))
		k.Close()
		if err := errors.Join(err, err2); err != nil || got.Failed {
			return fmt.Errorf("session %d: %v %s", i, err, got.Problem)
		}
		took = append(took, ms(got.Took))
	}
	progress("")
	fmt.Printf("\n| first cell of a session that imports go-cmp | ms |\n|---|---|\n| in three sessions, one after the other | %.0f, %.0f, %.0f |\n", took[0], took[1], took[2])
	return nil
}

// percentile returns the value below which the given share of all lies.
func percentile(values []float64, share float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[min(len(sorted)-1, int(share*float64(len(sorted))))]
}
