//go:build !linux

package process

import (
	"os"
	"os/exec"
)

// tree knows the processes below this one. Without a subreaper a child whose
// parent ends is given away to process 1; the tree remembers the groups
// (sessions) it has seen and finds such a child by its group. What it cannot
// catch: a child that starts a session of its own and loses its parent
// between two looks.
type tree struct {
	root   int
	groups map[int]bool
}

func newTree() *tree { return &tree{root: os.Getpid(), groups: map[int]bool{}} }

// remember starts over with one group, that of a new program.
func (t *tree) remember(group int) { t.groups = map[int]bool{group: true} }

// list returns all processes below the supervisor that can be found.
func (t *tree) list() []proc {
	cmd := exec.Command("ps", "-axo", "pid=,ppid=,pgid=,rss=,stat=")
	out, err := cmd.Output()
	if err != nil {
		return nil
	}
	own, ps := 0, 0
	all := parsePS(string(out))
	for _, p := range all {
		if p.pid == t.root {
			own = p.group
		}
	}
	if cmd.Process != nil {
		ps = cmd.Process.Pid
	}
	var list []proc
	for _, p := range below(all, t.root, t.groups) {
		if p.pid == ps {
			continue
		}
		if p.group != own && p.group > 1 {
			t.groups[p.group] = true
		}
		list = append(list, p)
	}
	return list
}
