package process

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// tree knows the processes below this one. On Linux this one is their
// subreaper, so all of them are found by walking down from it.
type tree struct {
	root int
}

func newTree() *tree { return &tree{root: os.Getpid()} }

// remember is for systems without a subreaper.
func (t *tree) remember(int) {}

// list returns all processes below the supervisor. A process that is just
// being born can be missing; who wants to be sure asks again.
func (t *tree) list() []proc {
	if _, err := os.Stat("/proc/self/task/" + strconv.Itoa(t.root) + "/children"); err != nil {
		return below(scan(), t.root, nil)
	}
	var out []proc
	todo := []int{t.root}
	for len(todo) > 0 {
		pid := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, c := range childrenOf(pid) {
			if p, ok := stat(c); ok {
				out = append(out, p)
			}
			todo = append(todo, c)
		}
	}
	return out
}

// childrenOf asks every thread, as children belong to the thread that made
// them.
func childrenOf(pid int) []int {
	dir := "/proc/" + strconv.Itoa(pid) + "/task"
	f, err := os.Open(dir)
	if err != nil {
		return nil
	}
	threads, _ := f.Readdirnames(-1)
	f.Close()
	var out []int
	for _, t := range threads {
		b, err := os.ReadFile(filepath.Join(dir, t, "children"))
		if err != nil {
			continue
		}
		for _, s := range strings.Fields(string(b)) {
			if n, err := strconv.Atoi(s); err == nil {
				out = append(out, n)
			}
		}
	}
	return out
}

// scan reads every process of the machine; for kernels that do not keep lists
// of children.
func scan() []proc {
	f, err := os.Open("/proc")
	if err != nil {
		return nil
	}
	defer f.Close()
	names, _ := f.Readdirnames(-1)
	var out []proc
	for _, name := range names {
		pid, err := strconv.Atoi(name)
		if err != nil {
			continue
		}
		if p, ok := stat(pid); ok {
			out = append(out, p)
		}
	}
	return out
}

// stat reads /proc/PID/stat, see proc_pid_stat(5). A process that is dead
// already (a zombie) is not reported.
func stat(pid int) (proc, bool) {
	b, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return proc{}, false
	}
	return parseStat(pid, b)
}

func parseStat(pid int, b []byte) (proc, bool) {
	// The name in parentheses may hold anything, so count from its end.
	i := bytes.LastIndexByte(b, ')')
	if i < 0 {
		return proc{}, false
	}
	f := bytes.Fields(b[i+1:])
	const state, parent, group, rss = 0, 1, 2, 21
	if len(f) <= rss || f[state][0] == 'Z' || f[state][0] == 'X' {
		return proc{}, false
	}
	num := func(i int) int64 {
		n, _ := strconv.ParseInt(string(f[i]), 10, 64)
		return n
	}
	return proc{pid, int(num(parent)), int(num(group)), num(rss) * int64(os.Getpagesize())}, true
}
