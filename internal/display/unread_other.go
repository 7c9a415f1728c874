//go:build !linux

package display

// unread is not known here.
func unread(uintptr) int { return 0 }
