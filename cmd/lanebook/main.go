// Command lanebook is an interactive course on Go's concurrency and the
// Jupyter kernel that runs it. This package holds flags and wiring only; the
// rooms where things happen are listed in docs/architecture.md.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var understood bool
	if cmd, err := rootCmd(&understood).ExecuteContextC(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "lanebook:", err)
		if !understood {
			fmt.Fprintf(os.Stderr, "%s --help says how it is used\n", cmd.CommandPath())
		}
		stop()
		os.Exit(1)
	}
}

// rootCmd is the table of all commands. When one begins to run, its flags and
// arguments were understood.
func rootCmd(understood *bool) *cobra.Command {
	root := &cobra.Command{
		Use:           "lanebook",
		Short:         "An interactive course on Go concurrency, and the Jupyter kernel that runs it",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.AddCommand(
		kernelCmd(),
		installCmd(),
		superviseCmd(),
		versionCmd(),
		buildLessonsCmd(),
		runCmd(),
		handoutCmd(),
		studyCmd(),
	)
	for _, cmd := range root.Commands() {
		run := cmd.RunE
		cmd.RunE = func(cmd *cobra.Command, args []string) error {
			*understood = true
			return run(cmd, args)
		}
	}
	return root
}
