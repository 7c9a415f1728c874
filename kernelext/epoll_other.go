//go:build linux && !amd64 && !arm64

package kernelext

const epollWait = ""
