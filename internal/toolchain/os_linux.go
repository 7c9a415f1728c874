package toolchain

import "syscall"

// attributes lets a tool die with this process, however that ends. The signal
// belongs to the thread that starts the tool; threads of this process live as
// long as it does, since none of them is ever locked to a goroutine.
func attributes(group bool) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: group, Pdeathsig: syscall.SIGKILL}
}
