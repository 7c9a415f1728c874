package goroutines

import "runtime/metrics"

// Machine is what Go's scheduler has to do with at one moment.
type Machine struct {
	Threads int // of the operating system; the runtime calls one an M
	Procs   int // permissions to run Go code, GOMAXPROCS; the runtime calls one a P

	Running, Ready, Waiting int // goroutines; the runtime calls one a G
}

// Look asks the runtime. It does not stop the program for that, so the numbers
// need not all be of the same instant.
func Look() Machine {
	samples := []metrics.Sample{
		{Name: "/sched/threads/total:threads"},
		{Name: "/sched/gomaxprocs:threads"},
		{Name: "/sched/goroutines/running:goroutines"},
		{Name: "/sched/goroutines/runnable:goroutines"},
		{Name: "/sched/goroutines/waiting:goroutines"},
	}
	metrics.Read(samples)
	value := func(i int) int { return int(samples[i].Value.Uint64()) }
	return Machine{value(0), value(1), value(2), value(3), value(4)}
}
