package exercises

import (
	"fmt"
	"runtime"

	"lanebook/kernelext/check"
)

// CheckStats judges a counter of words that passes its test, and has a race.
func CheckStats[S interface {
	Add(word string)
	Counts() map[string]int
}](open func() S) check.Result {
	return check.Run(check.Say("The hidden race", "藏起来的竞争"),
		check.That(check.Say("it counts", "计数正确"), func(t *check.T) {
			t.Try(`s.Add("go"); s.Add("go"); s.Add("py"); s.Counts()`)
			s := open()
			s.Add("go")
			s.Add("go")
			s.Add("py")
			check.Equal(t, s.Counts(), map[string]int{"go": 2, "py": 1})
		}),
		check.That(check.Say("many may add at the same time", "许多人可以同时添加"), func(t *check.T) {
			t.Try(`10 × go s.Add("go"); s.Counts()`)
			s := open()
			together(10, func(int) { s.Add("go") })
			check.Equal(t, s.Counts()["go"], 10)
		}),
		check.That(check.Say("what Counts returned can be read while others add", "别人添加的时候，Counts 返回的东西也能读"), func(t *check.T) {
			t.Try(`for range s.Counts() { … } ∥ s.Add(word)`)
			t.Look(check.Say("a lock protects only as long as it is held", "锁只在拿着的时候起保护作用"))
			s := open()
			s.Add("go")
			together(2, func(i int) {
				for n := range 100 {
					if i == 0 && n == 50 {
						check.Quiet() // if they never met, the last reading and this word are in no order still
					}
					if i == 0 {
						s.Add(fmt.Sprint("word ", n))
					} else {
						for range s.Counts() {
						}
					}
					runtime.Gosched() // take turns, also on a single core
				}
			})
			check.Equal(t, len(s.Counts()), 101)
		}),
		check.That(check.Say("what Counts returned stays as it was", "Counts 返回的东西，以后不再变化"), func(t *check.T) {
			t.Try(`before := s.Counts(); s.Add("go"); before`)
			s := open()
			s.Add("go")
			before := s.Counts()
			s.Add("go")
			check.Equal(t, before, map[string]int{"go": 1})
		}),
	)
}
