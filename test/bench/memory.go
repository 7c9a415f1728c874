package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

// residentMB adds up the resident memory of a process and all its descendants
// as Linux tells it: the proportional set size (Pss in /proc/PID/smaps_rollup),
// which counts a page that two processes share, such as the program text of
// kernel and supervisor, once. It is false where there is no /proc.
func residentMB(pid int) (float64, bool) {
	parents, pss := map[int]int{}, map[int]float64{}
	dirs, err := os.ReadDir("/proc")
	if err != nil {
		return 0, false
	}
	for _, d := range dirs {
		id, err := strconv.Atoi(d.Name())
		if err != nil {
			continue
		}
		status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", id))
		if err != nil {
			continue // it ended meanwhile
		}
		parents[id] = int(field(status, "PPid:"))
		if rollup, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", id)); err == nil {
			pss[id] = field(rollup, "Pss:") / 1024
		}
	}
	total := 0.0
	for id := range parents {
		for p := id; p > 0; p = parents[p] {
			if p == pid {
				total += pss[id]
				break
			}
		}
	}
	return total, true
}

// field is the first number after a label in a /proc status file.
func field(status []byte, label string) float64 {
	_, rest, _ := strings.Cut(string(status), label)
	words := strings.Fields(rest)
	if len(words) == 0 {
		return 0
	}
	n, _ := strconv.ParseFloat(words[0], 64)
	return n
}
