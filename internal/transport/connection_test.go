package transport

import (
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lanebook/test/client"
)

// connection returns ports that are free and stay so until they are bound.
func connection(t *testing.T) ConnectionInfo {
	t.Helper()
	info := ConnectionInfo{Transport: "tcp", IP: "127.0.0.1", Key: "a key", SignatureScheme: "hmac-sha256"}
	for _, port := range []*int{&info.ShellPort, &info.ControlPort, &info.IOPubPort, &info.StdinPort, &info.HeartbeatPort} {
		var err error
		if *port, err = client.FreePort(); err != nil {
			t.Fatal(err)
		}
	}
	return info
}

func TestReadConnection(t *testing.T) {
	want := connection(t)
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "kernel.json")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := ReadConnection(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("info differs (-want +got):\n%s", diff)
	}
	if _, err := ReadConnection(path + ".missing"); err == nil || !strings.Contains(err.Error(), "no such file") {
		t.Errorf("missing file: %v", err)
	}
}

func TestParseConnectionRefuses(t *testing.T) {
	const ports = `"shell_port":1,"control_port":2,"iopub_port":3,"stdin_port":4,"hb_port":5`
	tests := []struct{ name, text, want string }{
		{"not JSON", `{"shell`, "unexpected end of JSON"},
		{"wrong kind", `{"shell_port":"1"}`, "shell_port"},
		{"no ports", `{}`, "hb_port 0 is missing"},
		{"port out of range", `{` + strings.Replace(ports, ":4", ":70000", 1) + `}`, "stdin_port 70000"},
		{"port used twice", `{` + strings.Replace(ports, ":4", ":5", 1) + `}`, "hb_port and stdin_port are both 5"},
		{"strange transport", `{"transport":"udp",` + ports + `}`, `transport "udp"`},
		{"strange signatures", `{"key":"k","signature_scheme":"md5",` + ports + `}`, `signature scheme "md5"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := parseConnection([]byte(tt.text)); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want something with %q", err, tt.want)
			}
		})
	}
	info, err := parseConnection([]byte(`{` + ports + `}`))
	if err != nil || info.Transport != "tcp" || info.IP != "127.0.0.1" {
		t.Errorf("defaults: %+v, %v", info, err)
	}
}

func TestPortInUse(t *testing.T) {
	info := connection(t)
	taken, err := info.listen("stdin")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	_, err = Listen(info, slog.New(slog.DiscardHandler))
	if err == nil || !strings.Contains(err.Error(), "for stdin") || !strings.Contains(err.Error(), "address already in use") {
		t.Errorf("got %v", err)
	}
	// What was bound before the failure is free again.
	for _, channel := range channels {
		if channel == "stdin" {
			continue
		}
		l, err := info.listen(channel)
		if err != nil {
			t.Error(err)
			continue
		}
		l.Close()
	}
}
