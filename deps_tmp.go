//go:build tools

package lanebook

import (
	_ "github.com/alecthomas/chroma/v2"
	_ "github.com/chromedp/chromedp"
	_ "github.com/coder/websocket"
	_ "github.com/go-zeromq/zmq4"
	_ "github.com/gomarkdown/markdown"
	_ "github.com/google/go-cmp/cmp"
	_ "github.com/google/shlex"
	_ "github.com/google/uuid"
	_ "github.com/microcosm-cc/bluemonday"
	_ "github.com/pkg/browser"
	_ "github.com/robert-nix/ansihtml"
	_ "github.com/rogpeppe/go-internal/testscript"
	_ "github.com/spf13/cobra"
	_ "golang.org/x/exp/trace"
	_ "golang.org/x/perf/benchmath"
	_ "golang.org/x/sync/errgroup"
	_ "golang.org/x/sys/unix"
	_ "golang.org/x/time/rate"
	_ "golang.org/x/tools/txtar"
	_ "gopkg.in/yaml.v3"
)
