// Package study is the server behind `lanebook study`: the course's pages, the
// learner's saved work, and the Jupyter Server API with kernels hosted in this
// process, so that our page, VS Code, JupyterLab (as its gateway) and
// @jupyterlab/services all talk to the same thing.
//
// It runs whatever code it is sent, so everything passes one gate (gate.go):
// Host, Origin, then a secret that is new at every start. It serves one
// learner; it is not a multi-user server and has no contents API.
//
// # Goroutines
//
// Per server: the HTTP server's own, one that prepares the toolchain, and one
// that parks idle kernels.
// Per kernel: one that starts it and hands it requests in order, and those of
// the kernel itself (see package kernel). Per WebSocket: one reader (the HTTP
// handler), one writer that empties the client's bounded queue, one that pings.
// Nothing a client does, or fails to do, blocks a kernel: a client whose queue
// is full is disconnected.
package study
