package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"lanebook/internal/handout"
)

func handoutCmd() *cobra.Command {
	var (
		dir, solutions, browser string
		sideBySide, pdf         bool
		opts                    handout.Options
	)
	cmd := &cobra.Command{
		Use:   "handout FILE…",
		Short: "Make printable pages or slides of notebooks",
		Long: "Make a page of every notebook, with its recorded outputs, and an index of them.\n\n" +
			"A page is one HTML file that needs no script and no other file; print it from a browser, or with --pdf.\n" +
			"Hints stand at its end. Solutions are pages of their own in the folder solutions: hand out the rest.\n" +
			"Notebooks of any language will do.",
		Example: "  lanebook handout notebooks/en/*.ipynb -o handouts\n" +
			"  lanebook handout --exercises --no-outputs notebooks/en/13-pools.ipynb -o sheet\n" +
			"  lanebook handout --side-by-side notebooks/en/*.ipynb notebooks/zh/*.ipynb -o both\n" +
			"  lanebook handout --slides --pdf my-talk.ipynb -o talk",
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, files []string) error {
			opts.Solutions = handout.Solutions(solutions)
			switch opts.Solutions {
			case handout.Apart, handout.Appendix, handout.None:
			default:
				return fmt.Errorf("--solutions is apart, appendix or none, not %q", solutions)
			}
			if sideBySide && opts.Slides {
				return fmt.Errorf("slides show one language; leave out --slides or --side-by-side")
			}
			opts.Warn = func(message string) { fmt.Fprintln(cmd.ErrOrStderr(), message) }
			var printer *handout.Printer
			if pdf { // before anything is written
				var err error
				if printer, err = handout.NewPrinter(browser); err != nil {
					return err
				}
			}
			write := handout.Write
			if sideBySide {
				write = handout.WritePairs
			}
			written, err := write(files, dir, opts)
			for _, path := range written {
				fmt.Fprintln(cmd.ErrOrStderr(), path)
			}
			if err != nil || printer == nil {
				return err
			}
			return printAll(cmd.Context(), printer, written, cmd.ErrOrStderr())
		},
	}
	flags := cmd.Flags()
	flags.StringVarP(&dir, "output", "o", "", "write the pages into this `folder`")
	flags.StringVar(&solutions, "solutions", string(handout.Apart), "where solutions go: apart, appendix or none")
	flags.BoolVar(&opts.NoOutputs, "no-outputs", false, "leave out what the cells printed and drew")
	flags.BoolVar(&opts.Exercises, "exercises", false, "only the sections that hold exercises")
	flags.BoolVar(&opts.Large, "large", false, "large print")
	flags.BoolVar(&opts.Slides, "slides", false, "slides, one heading a slide: to present and to print")
	flags.BoolVar(&sideBySide, "side-by-side", false, "two languages in two columns, from notebooks of the same name in two folders")
	flags.StringVar(&opts.URL, "url", "", "the `address` where learners find the notebooks, printed with a QR code; {name} in it is the notebook's name")
	flags.BoolVar(&pdf, "pdf", false, "print each page to PDF, too, with an installed Chromium")
	flags.StringVar(&browser, "browser", "", "the `program` that prints; default: a Chromium, Chrome or Edge that is installed")
	if err := cmd.MarkFlagRequired("output"); err != nil {
		panic(err) // the flag is defined above
	}
	return cmd
}

// printAll makes a PDF of every page but the index.
func printAll(ctx context.Context, printer *handout.Printer, pages []string, progress io.Writer) error {
	for _, page := range pages {
		if filepath.Base(page) == "index.html" {
			continue
		}
		pdf, err := printer.Print(ctx, page)
		if err != nil {
			return err
		}
		fmt.Fprintln(progress, pdf)
	}
	return nil
}
