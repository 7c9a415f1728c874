// Package jupyter is the Jupyter messaging protocol, version 5.4, as Go
// values: the message types, the signed multipart form that travels over
// ZeroMQ, and the two forms that travel over a WebSocket.
//
// It is pure: no sockets, no clock, no logging. Who sends what and when is the
// business of package kernel; how frames reach a socket is the business of
// package transport.
//
// A multipart message is a list of frames:
//
//	identities ...   who to answer, zero or more
//	<IDS|MSG>        the delimiter
//	signature        HMAC-SHA256 in hex over exactly the next four frames
//	header, parent_header, metadata, content   JSON objects
//	buffers ...      binary, not signed
//
// The specification:
// https://jupyter-client.readthedocs.io/en/stable/messaging.html
package jupyter

// Version is the version of the messaging protocol spoken here.
const Version = "5.4"

// Limits of what is accepted from a client. All are arbitrary, and far above
// what a front end sends.
const (
	MaxFrames = 1024     // parts of one message
	MaxSize   = 64 << 20 // bytes of one message, all parts together
)
