package transport

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"

	"lanebook/internal/jupyter"
)

// ConnectionInfo is the content of a connection file, in which a front end
// tells a kernel where to listen.
type ConnectionInfo struct {
	Transport       string `json:"transport"` // tcp or ipc
	IP              string `json:"ip"`        // for ipc the beginning of a path
	ShellPort       int    `json:"shell_port"`
	ControlPort     int    `json:"control_port"`
	IOPubPort       int    `json:"iopub_port"`
	StdinPort       int    `json:"stdin_port"`
	HeartbeatPort   int    `json:"hb_port"`
	Key             string `json:"key"` // empty: messages are not signed
	SignatureScheme string `json:"signature_scheme"`
}

// ReadConnection reads a connection file.
func ReadConnection(path string) (ConnectionInfo, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return ConnectionInfo{}, fmt.Errorf("read connection file: %w", err)
	}
	info, err := parseConnection(data)
	if err != nil {
		return ConnectionInfo{}, fmt.Errorf("read connection file %s: %w", path, err)
	}
	return info, nil
}

func parseConnection(data []byte) (ConnectionInfo, error) {
	info := ConnectionInfo{Transport: "tcp", IP: "127.0.0.1", SignatureScheme: "hmac-sha256"}
	if err := json.Unmarshal(data, &info); err != nil {
		return ConnectionInfo{}, err
	}
	if info.Transport != "tcp" && info.Transport != "ipc" {
		return ConnectionInfo{}, fmt.Errorf("transport %q is neither tcp nor ipc", info.Transport)
	}
	if info.Key != "" && info.SignatureScheme != "hmac-sha256" {
		return ConnectionInfo{}, fmt.Errorf("signature scheme %q is not hmac-sha256", info.SignatureScheme)
	}
	seen := map[int]jupyter.Channel{}
	for _, channel := range channels {
		port := info.port(channel)
		if port < 1 || port > 65535 {
			return ConnectionInfo{}, fmt.Errorf("%s_port %d is missing or no port", channel, port)
		}
		if other, twice := seen[port]; twice {
			return ConnectionInfo{}, fmt.Errorf("%s_port and %s_port are both %d", other, channel, port)
		}
		seen[port] = channel
	}
	return info, nil
}

// channels lists all sockets in the order in which they are bound.
var channels = []jupyter.Channel{jupyter.Heartbeat, jupyter.IOPub, jupyter.Control, jupyter.Stdin, jupyter.Shell}

func (info ConnectionInfo) port(channel jupyter.Channel) int {
	switch channel {
	case jupyter.Shell:
		return info.ShellPort
	case jupyter.Control:
		return info.ControlPort
	case jupyter.IOPub:
		return info.IOPubPort
	case jupyter.Stdin:
		return info.StdinPort
	}
	return info.HeartbeatPort
}

// listen binds the socket of a channel.
func (info ConnectionInfo) listen(channel jupyter.Channel) (net.Listener, error) {
	port := strconv.Itoa(info.port(channel))
	network, address := "unix", info.IP+"-"+port
	if info.Transport == "tcp" {
		ip := info.IP
		if ip == "*" {
			ip = "" // all interfaces, as ZeroMQ spells it
		}
		network, address = "tcp", net.JoinHostPort(ip, port)
	}
	l, err := net.Listen(network, address)
	if err != nil {
		var op *net.OpError
		if errors.As(err, &op) {
			err = op.Err // the rest repeats the address
		}
		return nil, fmt.Errorf("listen on %s for %s: %w", address, channel, err)
	}
	return l, nil
}
