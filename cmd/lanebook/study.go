package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"

	"github.com/pkg/browser"
	"github.com/spf13/cobra"

	"lanebook/internal/engine"
	"lanebook/internal/study"
	"lanebook/notebooks"
	"lanebook/web"
)

func studyCmd() *cobra.Command {
	var addr string
	var noOpen, allowRemote bool
	cmd := &cobra.Command{
		Use:   "study [PATH]",
		Short: "Open the course, or notebooks of your own, in the browser",
		Long: `Study serves the course's chapters, or the notebook or folder PATH, on this
machine, prints the address to open and opens it. Your work on the course is
saved in your data folder; a notebook under PATH is saved in place.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			log := slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), nil))
			options := study.Options{
				Version:     version(),
				Start:       study.Host(openEngine, version(), log),
				Course:      notebooks.FS,
				WorkDir:     filepath.Join(dataDir(), "work"),
				AllowRemote: allowRemote,
				Log:         log,
			}
			if len(args) == 1 {
				options.Path = args[0]
			}
			return runStudy(cmd.Context(), cmd.OutOrStdout(), cmd.ErrOrStderr(), addr, !noOpen, options)
		},
	}
	cmd.Flags().StringVar(&addr, "addr", "127.0.0.1:0", "address to listen on; port 0 is any free port")
	cmd.Flags().BoolVar(&noOpen, "no-open", false, "do not open a browser")
	cmd.Flags().BoolVar(&allowRemote, "allow-remote", false, "let --addr be reachable from other machines: whoever has the secret can run programs as you")
	return cmd
}

// runStudy prints exactly one line to stdout, when the server is ready;
// everything meant for a person goes to stderr.
func runStudy(ctx context.Context, stdout, stderr io.Writer, addr string, open bool, options study.Options) error {
	var err error
	if options.Templates, err = web.Templates(); err != nil {
		return err
	}
	options.Assets = web.Assets()
	server, err := study.New(addr, options)
	if err != nil {
		return err
	}
	if options.AllowRemote {
		fmt.Fprintf(stderr, "WARNING: --allow-remote: other machines may reach this server. It runs programs as you, for anyone\n"+
			"WARNING: who learns the address below, and nothing is encrypted. Use it in a network you trust, or a container.\n")
	}
	fmt.Fprintf(stdout, "lanebook study: %s\n", server.URL())
	if open {
		openBrowser(server.URL())
	}
	return server.Serve(ctx)
}

// openEngine makes the engine of one kernel.
func openEngine(ctx context.Context, config study.KernelConfig) (*engine.Engine, error) {
	return engine.New(ctx, engine.Options{Dir: config.Dir, Lang: config.Lang, Version: version()})
}

// openBrowser says nothing when there is no browser: the address is printed.
// The browser's own chatter is not our output.
func openBrowser(url string) {
	browser.Stdout, browser.Stderr = io.Discard, io.Discard
	go browser.OpenURL(url)
}

// dataDir is where programs keep a person's data on this system.
func dataDir() string {
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "lanebook")
	}
	home, err := os.UserHomeDir()
	if err != nil {
		home = "."
	}
	if runtime.GOOS == "darwin" {
		return filepath.Join(home, "Library", "Application Support", "lanebook")
	}
	return filepath.Join(home, ".local", "share", "lanebook")
}
