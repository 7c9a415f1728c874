package process

import (
	"strconv"
	"strings"
	"syscall"
)

// proc is one process below the supervisor.
type proc struct {
	pid, parent, group int
	memory             int64 // resident bytes
}

// below picks from all processes those that descend from root, and the
// members of the groups they lead: on systems without a subreaper the latter
// are all that is left of a child whose parent has gone.
func below(all []proc, root int, groups map[int]bool) []proc {
	children := map[int][]proc{}
	var out []proc
	seen := map[int]bool{root: true}
	var walk func(pid int)
	add := func(p proc) {
		if !seen[p.pid] {
			seen[p.pid] = true
			out = append(out, p)
		}
	}
	walk = func(pid int) {
		for _, c := range children[pid] {
			if !seen[c.pid] {
				add(c)
				walk(c.pid)
			}
		}
	}
	for _, p := range all {
		children[p.parent] = append(children[p.parent], p)
	}
	walk(root)
	for _, p := range all {
		if groups[p.group] && !seen[p.pid] {
			add(p)
			walk(p.pid)
		}
	}
	return out
}

// parsePS reads the output of "ps -axo pid=,ppid=,pgid=,rss=,stat=".
func parsePS(text string) []proc {
	var out []proc
	for line := range strings.Lines(text) {
		f := strings.Fields(line)
		if len(f) < 5 || strings.HasPrefix(f[4], "Z") {
			continue
		}
		var n [4]int
		ok := true
		for i := range n {
			v, err := strconv.Atoi(f[i])
			ok = ok && err == nil
			n[i] = v
		}
		if ok {
			out = append(out, proc{n[0], n[1], n[2], int64(n[3]) << 10})
		}
	}
	return out
}

// killAll kills procs, whole groups first: a group dies at once, while
// its members could fork faster than we kill one by one.
func killAll(procs []proc, own int) {
	groups := map[int]bool{}
	for _, p := range procs {
		if p.group != own && p.group > 1 && !groups[p.group] {
			groups[p.group] = true
			_ = syscall.Kill(-p.group, syscall.SIGKILL)
		}
	}
	for _, p := range procs {
		_ = syscall.Kill(p.pid, syscall.SIGKILL)
	}
}
