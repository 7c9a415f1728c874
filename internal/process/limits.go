package process

import (
	"os"
	"strconv"
	"strings"
)

// Defaults of a Command.
const (
	// DefaultProcesses is plenty for any lesson, and few enough that a fork
	// bomb is seen within one or two samples. // arbitrary
	DefaultProcesses = 512
	// maxDefaultMemory bounds DefaultMemory on large machines.
	maxDefaultMemory = 4 << 30
)

// DefaultMemory is how much a cell may use together with its children: 60 %
// of the memory of the machine or container, but at most 4 GiB.
func DefaultMemory() int64 {
	limit := int64(maxDefaultMemory)
	for _, have := range []int64{machineMemory(), containerMemory()} {
		if have > 0 {
			limit = min(limit, have/10*6)
		}
	}
	return limit
}

// containerMemory is what the control group of this process grants, or 0.
func containerMemory() int64 {
	for _, path := range []string{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"} {
		b, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		// "max" does not parse, which is what we want.
		if n, err := strconv.ParseInt(strings.TrimSpace(string(b)), 10, 64); err == nil && n > 0 {
			return n
		}
	}
	return 0
}
