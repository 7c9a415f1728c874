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
	if err := rootCmd().ExecuteContext(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "lanebook:", err)
		stop()
		os.Exit(1)
	}
}

// rootCmd is the table of all commands.
func rootCmd() *cobra.Command {
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
	return root
}
