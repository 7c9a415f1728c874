package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"lanebook/internal/lesson"
	"lanebook/internal/notebook"
)

func buildLessonsCmd() *cobra.Command {
	var root string
	var check bool
	cmd := &cobra.Command{
		Use:   "build-lessons",
		Short: "Write notebooks/ from lessons/ and snippets/",
		Long: "Write notebooks/ from lessons/ and snippets/ (docs/lessons.md says how).\n" +
			"Recorded outputs stay in every cell whose code did not change.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return buildLessons(root, check, cmd.ErrOrStderr())
		},
	}
	cmd.Flags().StringVar(&root, "root", ".", "the `folder` that holds lessons, snippets and notebooks")
	cmd.Flags().BoolVar(&check, "check", false, "write nothing; fail when a notebook is not what its lesson says")
	return cmd
}

// buildLessons reports everything it finds to w before it fails.
func buildLessons(root string, check bool, w io.Writer) error {
	if _, err := os.Stat(filepath.Join(root, "lessons")); err != nil {
		return fmt.Errorf("build-lessons: %w (run it in the clone, or say --root)", err)
	}
	files, problems, err := lesson.BuildAll(os.DirFS(root))
	if err != nil {
		return fmt.Errorf("build-lessons: %w", err)
	}
	stale := 0
	for _, f := range files {
		if len(f.Changes) == 0 {
			continue
		}
		stale++
		for _, change := range f.Changes {
			fmt.Fprintf(w, "%s: %s\n", f.Path, change)
		}
		if check {
			continue
		}
		path := filepath.Join(root, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := notebook.WriteAtomic(path, f.Data); err != nil {
			return err
		}
		fmt.Fprintf(w, "%s: written\n", f.Path)
	}
	for _, p := range problems {
		fmt.Fprintln(w, p)
	}
	if len(problems) > 0 {
		return fmt.Errorf("build-lessons: %d problems", len(problems))
	}
	if check && stale > 0 {
		return errors.New("build-lessons: notebooks are not what the lessons say: run lanebook build-lessons")
	}
	return nil
}
