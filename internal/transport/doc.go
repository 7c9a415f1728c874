// Package transport carries Jupyter messages over a kernel's five ZeroMQ
// sockets: it reads the connection file, binds the sockets, verifies and
// decodes what arrives, signs and sends what leaves, and echoes heartbeats.
// What the messages mean is package kernel's business; the bytes of a
// connection are package zmtp's.
//
// Nothing that a peer sends, or fails to send, stops the others: each
// connection has its own goroutines, a deadline for its handshake, and a
// bounded queue. A peer that stops reading is waited for and then disconnected;
// nothing is dropped silently.
//
// Goroutines: one a socket accepts connections; each connection has one that
// reads and one that writes.
package transport
