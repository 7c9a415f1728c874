package main

import (
	"context"
	"fmt"
	"strings"

	"lanebook/internal/jupyter"
	"lanebook/test/client"
)

// drafts are unfinished cells with the cursor at their end. %d makes every
// request a new text, as typing does.
var drafts = []string{
	"fmt.Pri",
	"n := %d\nstrings.",
	"var wg sync.WaitGroup // %d\nwg.",
	"var r *http.Request // %d\nfmt.Println(r.URL.",
	"for i := range %d {\n\tif i > 1 {\n\t\tfmt.Println(strings.ToUp",
	"type point struct{ x, y int }\np := point{x: %d}\np.",
	"jobs := make(chan int, %d)\ngo func() {\n\tdefer clo",
	"世界 := %d\nfmt.Println(世",
	"htt",
}

// measureHelp prints how long somebody waits for a completion, a description
// and the list of mistakes in an unfinished cell.
func measureHelp(ctx context.Context, k *client.Kernel, rounds int) error {
	kinds := []struct {
		name    string
		request func(code string) jupyter.Content
	}{
		{"completion", func(code string) jupyter.Content { return jupyter.CompleteRequest{Code: code, CursorPos: -1} }},
		{"inspection", func(code string) jupyter.Content { return jupyter.InspectRequest{Code: code, CursorPos: -1} }},
	}
	fmt.Printf("\nHelp while typing, %d requests each; milliseconds from sending to reply and idle\n\n", rounds*len(drafts))
	fmt.Println("| request | median | 95th percentile | slowest |")
	fmt.Println("|---|---|---|---|")
	n := 0
	for _, kind := range kinds {
		var took []float64
		for round := range rounds {
			progress("%s: round %d of %d", kind.name, round+1, rounds)
			for _, draft := range drafts {
				n++
				code := draft
				if strings.Contains(draft, "%d") {
					code = fmt.Sprintf(draft, n)
				}
				got, err := k.Request(ctx, jupyter.Shell, kind.request(code))
				if err != nil {
					return fmt.Errorf("%s: %w", kind.name, err)
				}
				took = append(took, ms(got.Took))
			}
		}
		progress("")
		fmt.Printf("| %s | %.1f | %.1f | %.1f |\n", kind.name, percentile(took, 0.5), percentile(took, 0.95), percentile(took, 1))
	}
	return nil
}
