package main

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lanebook/internal/engine"
	"lanebook/internal/kernel"
	"lanebook/internal/transport"
	"lanebook/web"
)

func kernelCmd() *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use:   "kernel -f FILE",
		Short: "Run the Jupyter kernel (started by Jupyter, not by hand)",
		Long: "Run the Jupyter kernel on the ports that a connection file names, until it is\n" +
			"told to shut down, its parent ends, or SIGTERM.\n\n" +
			"To make Jupyter start it, run lanebook install once.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if file == "" {
				return errors.New("kernel: no connection file (-f FILE); Jupyter gives one, see lanebook install")
			}
			return runKernel(cmd.Context(), file)
		},
	}
	cmd.Flags().StringVarP(&file, "file", "f", "", "connection `file` that Jupyter wrote")
	return cmd
}

func runKernel(ctx context.Context, file string) (err error) {
	parent := os.Getppid() // before anybody can know that we live, and end
	// Jupyter interrupts by message. A Ctrl-C in its terminal reaches us too and
	// is not meant for us. It is caught and dropped rather than ignored, because
	// the programs of cells would inherit that.
	signal.Reset(os.Interrupt)
	signal.Notify(make(chan os.Signal, 1), os.Interrupt)

	log := kernelLog()
	info, err := transport.ReadConnection(file)
	if err != nil {
		return err
	}
	server, err := transport.Listen(info, log)
	if err != nil {
		return err
	}
	defer server.Close()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go watchParent(ctx, cancel, parent)

	dir, err := os.Getwd() // Jupyter starts us in the notebook's folder
	if err != nil {
		return err
	}
	live, err := fs.ReadFile(web.Assets(), "live.js")
	if err != nil {
		return err
	}
	id, served := kernelID(file), servedFolder(dir, os.Getenv("JPY_PARENT_PID"))
	opening := kernel.Open(func() (kernel.OpenEngine, error) {
		// Not ctx: the engine ends by Close, after the kernel.
		return engine.New(context.WithoutCancel(ctx), engine.Options{
			Dir: dir, Lang: userLang(os.Getenv), Version: version(), Live: string(live),
			Served: served, Env: jupyterEnv(served, id),
		})
	})
	defer func() { err = errors.Join(err, opening.Close()) }()
	k := kernel.New(ctx, opening, server, kernel.Options{Version: version(), ID: id, Log: log})
	server.Serve(k.Handle)
	<-k.Done()
	return nil
}

// kernelID is what Jupyter calls the kernel: it is part of the name of the
// connection file.
func kernelID(file string) string {
	id, ok := strings.CutPrefix(filepath.Base(file), "kernel-")
	if !ok {
		return ""
	}
	return strings.TrimSuffix(id, ".json")
}

// jupyterEnv tells cells what is known of Jupyter, by the names that GoNB gives.
func jupyterEnv(served, id string) (env []string) {
	if served != "" {
		env = append(env, "GONB_JUPYTER_ROOT="+served)
	}
	if id != "" {
		env = append(env, "GONB_JUPYTER_KERNEL_ID="+id)
	}
	return env
}

// kernelLog writes to stderr, which Jupyter shows in its own terminal.
func kernelLog() *slog.Logger {
	level := slog.LevelWarn
	if os.Getenv("LANEBOOK_DEBUG") != "" {
		level = slog.LevelDebug
	}
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level}))
}

// watchParent cancels when the Jupyter that started us has ended, which it may
// do without a word. Jupyter gives its process id; when our parent is another,
// a script stands between us and nothing can be said.
func watchParent(ctx context.Context, cancel context.CancelFunc, parent int) {
	if os.Getenv("JPY_PARENT_PID") != strconv.Itoa(parent) {
		return
	}
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if os.Getppid() != parent {
				cancel()
				return
			}
		}
	}
}

// servedFolder is the folder that the Jupyter with that process id serves: the
// one it runs in, if the notebook's folder lies below it. Empty: unknown, as
// everywhere but on Linux.
func servedFolder(notebook, pid string) string {
	if _, err := strconv.Atoi(pid); err != nil {
		return ""
	}
	root, err := os.Readlink(filepath.Join("/proc", pid, "cwd"))
	if err != nil {
		return ""
	}
	if notebook, err = filepath.EvalSymlinks(notebook); err != nil {
		return ""
	}
	if below, err := filepath.Rel(root, notebook); err != nil || !filepath.IsLocal(below) {
		return ""
	}
	return root
}

// userLang is the language of explanations that the environment asks for.
func userLang(getenv func(string) string) string {
	for _, name := range []string{"LANEBOOK_LANG", "LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := getenv(name); value != "" {
			if strings.HasPrefix(strings.ToLower(value), "zh") {
				return "zh"
			}
			return "en"
		}
	}
	return "en"
}
