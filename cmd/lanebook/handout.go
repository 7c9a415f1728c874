package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"lanebook/internal/handout"
)

func handoutCmd() *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "handout FILE…",
		Short: "Make printable pages of notebooks",
		Long: "Make a page of every notebook, with its recorded outputs, and an index of them.\n\n" +
			"A page is one HTML file that needs no script and no other file; print it from a browser.\n" +
			"Hints and solutions stand at its end. Notebooks of any language will do.",
		Example: "  lanebook handout notebooks/en/*.ipynb -o handouts",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, files []string) error {
			written, err := handout.Write(files, dir)
			for _, path := range written {
				fmt.Fprintln(cmd.ErrOrStderr(), path)
			}
			return err
		},
	}
	cmd.Flags().StringVarP(&dir, "output", "o", "", "write the pages into this `folder`")
	if err := cmd.MarkFlagRequired("output"); err != nil {
		panic(err) // the flag is defined one line above
	}
	return cmd
}
