package main

import (
	"github.com/spf13/cobra"

	"lanebook/internal/process"
)

// superviseCmd is what an engine starts to run its cells; see internal/process.
func superviseCmd() *cobra.Command {
	return &cobra.Command{
		Use:    "supervise",
		Short:  "Run cells' programs for a kernel (started by lanebook itself)",
		Args:   cobra.NoArgs,
		Hidden: true,
		RunE: func(*cobra.Command, []string) error {
			return process.Main()
		},
	}
}
