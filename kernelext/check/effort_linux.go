package check

import (
	"fmt"
	"os"
	"strings"
	"time"
)

// tickTime is the unit in which Linux counts processor time for everybody.
const tickTime = time.Second / 100

// effort is the processor time a process has used, and whether one of its
// threads runs, wants to run, or waits for a disk.
func effort(pid int) (cpu time.Duration, runs, known bool) {
	state, cpu, known := stat(fmt.Sprintf("/proc/%d/stat", pid))
	if !known {
		return 0, false, false
	}
	runs = state != 'S'
	tasks, _ := os.ReadDir(fmt.Sprintf("/proc/%d/task", pid))
	for _, task := range tasks {
		if runs {
			break
		}
		s, _, ok := stat(fmt.Sprintf("/proc/%d/task/%s/stat", pid, task.Name()))
		runs = ok && s != 'S'
	}
	return cpu, runs, true
}

// stat reads a line of proc(5), whose second field may hold anything in
// parentheses.
func stat(path string) (state byte, cpu time.Duration, ok bool) {
	text, err := os.ReadFile(path)
	if err != nil {
		return 0, 0, false
	}
	end := strings.LastIndexByte(string(text), ')')
	fields := strings.Fields(string(text[end+1:]))
	if end < 0 || len(fields) < 13 {
		return 0, 0, false
	}
	return fields[0][0], time.Duration(number(fields[11])+number(fields[12])) * tickTime, true
}
