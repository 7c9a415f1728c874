//go:build linux

package kernelext

// epollWait is the number of the system call epoll_pwait.
const epollWait = "281"
