package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"lanebook/internal/kernelspec"
)

func installCmd() *cobra.Command {
	var prefix, name string
	cmd := &cobra.Command{
		Use:   "install",
		Short: "Tell Jupyter about this kernel",
		Long: "Tell Jupyter about this kernel, for this user, or for the Jupyter under a prefix,\n" +
			"such as a virtual environment. The kernel is this very binary: install again when\n" +
			"it moves. To take it back: jupyter kernelspec remove NAME.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			target, err := install(prefix, name)
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.ErrOrStderr(), "The kernel %q is installed in %s\n", name, target)
			return nil
		},
	}
	cmd.Flags().StringVar(&prefix, "prefix", "", "install under `DIR`/share/jupyter/kernels instead of for this user")
	cmd.Flags().StringVar(&name, "name", "lanebook", "what notebooks call the kernel")
	return cmd
}

func install(prefix, name string) (string, error) {
	binary, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("install kernel: %w", err)
	}
	if strings.HasPrefix(binary, os.TempDir()) && strings.Contains(binary, "go-build") {
		return "", errors.New("install kernel: go run deletes its binary when it ends; build it first: go build -o bin/lanebook ./cmd/lanebook")
	}
	dir := kernelspec.PrefixDir(prefix)
	if prefix == "" {
		home, _ := os.UserHomeDir() // empty when unknown, which UserDir reports if it matters
		env := kernelspec.Environment{OS: runtime.GOOS, Home: home, Getenv: os.Getenv}
		if dir, err = env.UserDir(); err != nil {
			return "", err
		}
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return "", fmt.Errorf("install kernel: %w", err)
	}
	return kernelspec.Install(dir, name, kernelspec.New(binary))
}
