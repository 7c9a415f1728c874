package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/pkg/browser"
	"github.com/spf13/cobra"

	"lanebook/internal/study"
	"lanebook/notebooks"
	"lanebook/web"
)

func studyCmd() *cobra.Command {
	var addr string
	var noOpen, allowRemote bool
	var allowOrigins []string
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
				Version:      version(),
				Course:       notebooks.FS,
				WorkDir:      filepath.Join(dataDir(), "work"),
				AllowRemote:  allowRemote,
				AllowOrigins: allowOrigins,
				Log:          log,
			}
			if len(args) == 1 {
				options.Path = args[0]
			}
			return runStudy(cmd.Context(), cmd.OutOrStdout(), cmd.ErrOrStderr(), addr, !noOpen, options)
		},
	}
	cmd.Flags().StringVar(&addr, "addr", anyPort, "address to listen on; port 0 is that of the last time, or any free one")
	cmd.Flags().BoolVar(&noOpen, "no-open", false, "do not open a browser")
	cmd.Flags().BoolVar(&allowRemote, "allow-remote", false, "let --addr be reachable from other machines: whoever has the secret can run programs as you")
	cmd.Flags().StringArrayVar(&allowOrigins, "allow-origin", nil, "let pages of this site, as https://docs.example.org, run cells here if they know the secret; for thebe")
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
	host := study.NewHost(options.Version, options.Log)
	options.Start = host.Start
	server, err := listenAgain(addr, filepath.Join(dataDir(), "port"), options)
	if err != nil {
		return err
	}
	if options.AllowRemote {
		fmt.Fprint(stderr, "WARNING: --allow-remote: other machines may reach this server. It runs programs as you, for anyone\n"+
			"WARNING: who learns the address below, and nothing is encrypted. Use it in a network you trust, or a container.\n")
	}
	fmt.Fprintf(stdout, "lanebook study: %s\n", server.URL())
	fmt.Fprintln(stderr, "Ctrl-C ends it.")
	if open {
		openBrowser(server.URL())
	}
	prepared := make(chan struct{})
	go func() {
		defer close(prepared)
		show := showPreparation(stderr)
		host.Prepare(ctx, func(p study.Progress) {
			server.SetProgress(p)
			show(p)
		})
	}()
	err = server.Serve(ctx)
	<-prepared
	host.Close()
	return err
}

// anyPort is the address that is listened on when nothing is said.
const anyPort = "127.0.0.1:0"

// listenAgain makes a server on the port of the last time, if that is free: to
// a browser it is the same place then, where edits are kept that had not
// reached the disk.
func listenAgain(addr, remembered string, options study.Options) (*study.Server, error) {
	if addr != anyPort {
		return study.New(addr, options)
	}
	if port, err := os.ReadFile(remembered); err == nil {
		if server, err := study.New("127.0.0.1:"+strings.TrimSpace(string(port)), options); err == nil {
			return server, nil
		}
	}
	server, err := study.New(addr, options)
	if err != nil {
		return nil, err
	}
	if at, err := url.Parse(server.URL()); err == nil {
		// Nobody is worse off when this fails.
		_ = os.MkdirAll(filepath.Dir(remembered), 0o700)
		_ = os.WriteFile(remembered, []byte(at.Port()+"\n"), 0o600)
	}
	return server, nil
}

// showPreparation prints how far Go's standard library is; on a terminal in
// one line, elsewhere at most every two seconds.
func showPreparation(w io.Writer) func(study.Progress) {
	live := isTerminal(w)
	var last time.Time
	return func(p study.Progress) {
		switch {
		case p.Error != "":
			fmt.Fprintln(w, "Cells cannot run:", p.Error)
		case p.Ready && !last.IsZero():
			if live {
				fmt.Fprint(w, "\r\x1b[K")
			}
			fmt.Fprintln(w, "Ready to run cells.")
		case p.Ready:
		case live:
			fmt.Fprint(w, "\r\x1b[KPreparing, this once: ", howFar(p))
			last = time.Now()
		case time.Since(last) >= 2*time.Second:
			fmt.Fprintln(w, "Preparing, this once:", howFar(p))
			last = time.Now()
		}
	}
}

// howFar says how much is done, of how much if that is known.
func howFar(p study.Progress) string {
	switch {
	case p.Total > 0:
		return fmt.Sprintf("%s %d/%d", p.Stage, p.Done, p.Total)
	case p.Done > 0:
		return fmt.Sprintf("%s, %d so far", p.Stage, p.Done)
	}
	return p.Stage
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
