//go:build !linux

package toolchain

import "syscall"

// attributes of a tool. Where the system has no such signal, a tool outlives a
// process that was killed by the seconds that it takes to finish.
func attributes(group bool) *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: group} }
