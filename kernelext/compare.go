package kernelext

import "fmt"

// Compare measures cases against each other, shows every sample, and says
// whether the difference is real. The first case is the yardstick.
//
//	kernelext.Compare(
//		kernelext.Case("one by one", f),
//		kernelext.Case("pool of 4", g),
//	)
//
// It takes less than three seconds unless a single call takes longer;
// kernelext.Budget(10*time.Second), written among the cases, gives it more. When the
// machine is busy with other programs, or has one core, there is no verdict.
// The result is what one call of each case costs.
func Compare(options ...Option) []Timing {
	p := planFor(options)
	if !p.complete("Compare") {
		return nil
	}
	m := p.measure()
	m.draw("compare", "")
	return m.timings()
}

// Sweep calls f with each number of workers, measures, and draws how much
// faster more workers are, beside the ideal. f(n) must do the same work for
// every n. The result is what one call costs for each number.
func Sweep(name string, numbers []int, f func(n int), options ...Option) []Timing {
	p := planFor(options)
	p.cases = nil
	for _, n := range numbers {
		if n < 1 {
			complain("Sweep leaves %d out: numbers of workers begin at 1", "Sweep 忽略 %d：worker 的数量从 1 开始", n)
			continue
		}
		c := &timed{name: fmt.Sprint(n), n: n}
		if f != nil {
			c.f = func() { f(n) }
		}
		p.cases = append(p.cases, c)
	}
	if !p.complete("Sweep") {
		return nil
	}
	m := p.measure()
	m.draw("sweep", name)
	return m.timings()
}

// complete reports whether there is something to measure, and complains if not.
func (p *plan) complete(who string) bool {
	if len(p.cases) == 0 {
		complain("%s has nothing to measure", "%s 没有可测量的东西", who)
		return false
	}
	for _, c := range p.cases {
		if c.f == nil {
			complain("%s needs a function for %q", "%s 里的 %q 缺少函数", who, c.name)
			return false
		}
	}
	return true
}

func (m *measured) timings() []Timing {
	var ts []Timing
	for _, c := range m.cases {
		ts = append(ts, c.timing())
	}
	return ts
}
