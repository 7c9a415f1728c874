//go:build !goexperiment.goroutineleakprofile

package kernelext

const leakProfile = false

func markLeaked() bool { return false }
