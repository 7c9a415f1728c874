package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"lanebook/internal/engine"
	"lanebook/internal/headless"
	"lanebook/internal/notebook"
	"lanebook/internal/toolchain"
)

// runOptions are the flags of lanebook run.
type runOptions struct {
	output         string
	inplace, check bool
	missing        bool // of cells that have outputs, keep them
	many           bool // more than one notebook: output is a folder
	stderr         io.Writer
	tool           *toolchain.Toolchain // one for all notebooks
}

func runCmd() *cobra.Command {
	var opts runOptions
	cmd := &cobra.Command{
		Use:   "run FILE…",
		Short: "Execute notebooks without Jupyter",
		Long: "Execute notebooks without Jupyter and without a browser.\n\n" +
			"A cell that fails ends the run of its notebook, unless it is tagged raises-exception.\n" +
			"A file is replaced in one step and only after a run in which no cell failed.",
		Example: "  lanebook run notebooks/en/13-pools.ipynb\n" +
			"  lanebook run --inplace notebooks/*/*.ipynb\n" +
			"  lanebook run --inplace --missing notebooks/*/*.ipynb\n" +
			"  lanebook run --check notebooks/*/*.ipynb",
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, files []string) error {
			opts.many, opts.stderr = len(files) > 1, cmd.ErrOrStderr()
			return runAll(cmd.Context(), files, opts)
		},
	}
	cmd.Flags().StringVarP(&opts.output, "output", "o", "", "write the notebook with its outputs to this `file` (a folder when there are several)")
	cmd.Flags().BoolVar(&opts.inplace, "inplace", false, "write the outputs into the notebooks themselves")
	cmd.Flags().BoolVar(&opts.check, "check", false, "compare with the recorded outputs; fail when they differ")
	cmd.Flags().BoolVar(&opts.missing, "missing", false, "write only outputs that are missing; cells that have some keep them")
	cmd.MarkFlagsMutuallyExclusive("output", "inplace", "check")
	cmd.MarkFlagsMutuallyExclusive("missing", "check")
	return cmd
}

// runAll runs every notebook, also after one failed, and stops only when
// interrupted. What went wrong is told as it happens.
func runAll(ctx context.Context, files []string, opts runOptions) error {
	failed := 0
	var err error
	if opts.tool, err = toolchain.Open(ctx, toolchain.Options{}); err != nil {
		return fmt.Errorf("run: %w", err)
	}
	for _, file := range files {
		err := runFile(ctx, file, opts)
		if ctx.Err() != nil {
			return errors.New("run: interrupted; no file was changed halfway")
		}
		if err != nil {
			failed++
			fmt.Fprintln(opts.stderr, "lanebook run:", err)
		}
	}
	if failed > 0 {
		return fmt.Errorf("run: %d of %d notebooks failed", failed, len(files))
	}
	return nil
}

func runFile(ctx context.Context, file string, opts runOptions) error {
	nb, err := notebook.ReadFile(file)
	if err != nil {
		return err
	}
	for i := range nb.Cells {
		if c := &nb.Cells[i]; !c.Known() {
			fmt.Fprintf(opts.stderr, "%s: cells[%d] is of the unknown type %q: kept, not run\n", file, i, c.Type)
		}
	}
	if err := execute(ctx, file, nb, opts); err != nil {
		if opts.output != "" && headless.IsFailure(err) { // for a look at what happened
			err = errors.Join(err, writeOutput(nb, file, opts))
		}
		return fmt.Errorf("%s: %w", file, err)
	}
	if opts.missing {
		recorded, err := notebook.ReadFile(file)
		if err != nil {
			return err
		}
		headless.KeepRecorded(recorded, nb)
	}
	switch {
	case opts.check:
		return check(file, nb, opts.stderr)
	case opts.inplace:
		noteRecording(nb, opts.tool.GoVersion())
		return nb.WriteFile(file)
	case opts.output != "":
		return writeOutput(nb, file, opts)
	}
	return nil
}

// execute runs nb in the folder of its file.
func execute(ctx context.Context, file string, nb *notebook.Notebook, opts runOptions) (err error) {
	dir, err := filepath.Abs(filepath.Dir(file))
	if err != nil {
		return err
	}
	// Cancelling ctx interrupts the cell; the engine lives on to clean up.
	eng, err := engine.New(context.WithoutCancel(ctx), engine.Options{
		Dir: dir, Lang: notebookLang(nb, dir), Tool: opts.tool, Version: version(),
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, eng.Close()) }()
	return headless.Run(ctx, nb, eng, showProgress(opts.stderr, filepath.Base(file)))
}

// notebookLang is what the notebook says of itself (metadata.lanebook.lang),
// else the name of its folder, else English.
func notebookLang(nb *notebook.Notebook, dir string) string {
	about, _ := nb.Metadata["lanebook"].(map[string]any)
	if lang, ok := about["lang"].(string); ok {
		return lang
	}
	if filepath.Base(dir) == "zh" {
		return "zh"
	}
	return "en"
}

// check compares a notebook that was just run with what its file holds.
func check(file string, fresh *notebook.Notebook, stderr io.Writer) error {
	recorded, err := notebook.ReadFile(file)
	if err != nil {
		return err
	}
	diffs := headless.Compare(recorded, fresh)
	for _, d := range diffs {
		fmt.Fprintf(stderr, "%s: %s %q does not print what is recorded:\n%s\n", file, d.Cell, d.ID, strings.TrimRight(d.Text, "\n"))
	}
	if len(diffs) > 0 {
		return fmt.Errorf("%s: %d cells differ from the recording (lanebook run --inplace records anew)", file, len(diffs))
	}
	return nil
}

func writeOutput(nb *notebook.Notebook, file string, opts runOptions) error {
	out := opts.output
	if info, err := os.Stat(out); opts.many || err == nil && info.IsDir() {
		if err := os.MkdirAll(out, 0o755); err != nil {
			return err
		}
		out = filepath.Join(out, filepath.Base(file))
	}
	noteRecording(nb, opts.tool.GoVersion())
	return nb.WriteFile(out)
}

// noteRecording notes in a notebook of the course on what machine its outputs
// were made: timings mean nothing without it.
func noteRecording(nb *notebook.Notebook, goVersion string) {
	about, ok := nb.Metadata["lanebook"].(map[string]any)
	if !ok {
		return // not ours
	}
	about["recorded"] = map[string]any{
		"go": goVersion, "os": runtime.GOOS, "arch": runtime.GOARCH, "cpus": runtime.NumCPU(),
	}
}

// showProgress prints a line per cell. On a terminal the line is there while
// the cell runs and says what the engine is busy with.
func showProgress(w io.Writer, name string) func(headless.Step) {
	live := isTerminal(w)
	return func(s headless.Step) {
		head := fmt.Sprintf("%s: cell %d/%d %s", name, s.N, s.Total, s.ID)
		switch {
		case s.Done && live:
			fmt.Fprint(w, "\r\x1b[K")
			fallthrough
		case s.Done:
			end := ""
			if s.Problem != nil {
				end = "  " + s.Problem.Name
			}
			fmt.Fprintf(w, "%s  %.2f s%s\n", head, s.Elapsed.Seconds(), end)
		case live && s.Status != "":
			fmt.Fprintf(w, "\r\x1b[K%s  %s", head, s.Status)
		case live:
			fmt.Fprintf(w, "\r\x1b[K%s  …", head)
		}
	}
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("TERM") != "dumb"
}
