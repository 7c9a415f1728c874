package figure

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"lanebook/internal/cell"
)

// Processes draws this process and all that came out of it, with the state of
// each, as the operating system has them now. It needs Linux.
func Processes() {
	all := processes()
	self := slices.IndexFunc(all, func(p process) bool { return p.pid == os.Getpid() })
	if self < 0 {
		cell.Complain("figure.Processes needs /proc, which only Linux has", "figure.Processes 需要 /proc，只有 Linux 才有")
		return
	}
	root := NewTree("", all[self].label(), all[self].state())
	grow(root, all, os.Getpid())
	root.all.draw("processes")
}

// process is a line of /proc/PID/stat.
type process struct {
	pid, parent int
	name        string
	letter      string
}

func (p process) label() string { return fmt.Sprintf("%d %s", p.pid, p.name) }

func (p process) state() string {
	switch p.letter {
	case "R":
		return cell.Say("running or ready to run", "运行或就绪")
	case "S", "I":
		return cell.Say("waiting", "等待")
	case "D":
		return cell.Say("waiting for a device", "等待设备")
	case "T", "t":
		return cell.Say("stopped", "已暂停")
	case "Z":
		return cell.Say("zombie: it ended, and nobody has asked how", "僵尸：已经结束，但还没有人询问它的结果")
	}
	return p.letter
}

func grow(t *Tree, all []process, parent int) {
	for _, p := range all {
		if p.parent == parent {
			grow(t.Add(p.label(), p.state()), all, p.pid)
		}
	}
}

// processes are all that can be seen, by number.
func processes() []process {
	files, _ := filepath.Glob("/proc/[0-9]*/stat")
	var all []process
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			continue // it has ended meanwhile
		}
		// 42 (a name) with anything) S 1 ...
		first, rest, ok := strings.Cut(string(text), " (")
		end := strings.LastIndex(rest, ") ")
		if !ok || end < 0 {
			continue
		}
		fields := strings.Fields(rest[end+2:])
		pid, err := strconv.Atoi(first)
		if err != nil || len(fields) < 2 {
			continue
		}
		parent, err := strconv.Atoi(fields[1])
		if err == nil {
			all = append(all, process{pid, parent, rest[:end], fields[0]})
		}
	}
	slices.SortFunc(all, func(a, b process) int { return cmp.Compare(a.pid, b.pid) })
	return all
}
