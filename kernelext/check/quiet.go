package check

import (
	"runtime"
	"runtime/metrics"
	"time"
)

// Quiet returns when nobody but the caller can run: everybody else waits, for
// a lock, a channel or a moment. It asks the scheduler, so on a busy machine it
// takes longer and is as right as ever.
func Quiet() {
	const calmLooks = 3
	gauges := []metrics.Sample{
		{Name: "/sched/goroutines/running:goroutines"},
		{Name: "/sched/goroutines/runnable:goroutines"},
	}
	for calm, looks := 0, 0; calm < calmLooks && looks < 5000; looks++ {
		runtime.Gosched()
		metrics.Read(gauges)
		calm++
		for i, most := range []uint64{1, 0} {
			if v := gauges[i].Value; v.Kind() != metrics.KindUint64 || v.Uint64() > most {
				calm = 0
			}
		}
		if calm == 0 {
			time.Sleep(200 * time.Microsecond)
		}
	}
}

// created is how many goroutines this process has started so far.
func created() uint64 {
	sample := []metrics.Sample{{Name: "/sched/goroutines-created:goroutines"}}
	metrics.Read(sample)
	if sample[0].Value.Kind() != metrics.KindUint64 {
		return 0
	}
	return sample[0].Value.Uint64()
}
