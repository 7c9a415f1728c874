package exercises

import "lanebook/kernelext/check"

// CheckCache judges a cache that is asked by many at the same time. Get
// returns the value of key; if there is none yet, it calls load.
func CheckCache[C interface {
	Get(key string, load func(key string) int) int
}](open func() C) check.Result {
	return check.Run(check.Say("A cache for many readers", "许多人同时读的缓存"),
		check.That(check.Say("asked twice, loaded once", "问两次，只加载一次"), func(t *check.T) {
			t.Try(`c.Get("tea", load); c.Get("tea", load)`)
			c, calls := open(), check.CallsOf[string](t)
			load := func(key string) int {
				defer calls.Begin(key)()
				return len(key)
			}
			check.Equal(t, c.Get("tea", load), 3)
			check.Equal(t, c.Get("tea", load), 3)
			calls.OnceEach("tea")
		}),
		check.That(check.Say("different keys are loaded at the same time", "不同的键可以同时加载"), func(t *check.T) {
			t.Try(`c.Get("a", load) ∥ c.Get("bb", load) ∥ c.Get("ccc", load)`)
			t.Look(check.Say("is a lock held while `load` runs?", "执行 `load` 的时候，是不是还拿着锁？"))
			c, calls := open(), check.CallsOf[string](t).Together(3)
			keys := []string{"a", "bb", "ccc"}
			got := make([]int, 3)
			together(3, func(i int) {
				got[i] = c.Get(keys[i], func(key string) int {
					defer calls.Begin(key)()
					return len(key)
				})
			})
			check.Equal(t, got, []int{1, 2, 3})
		}),
		check.That(check.Say("ten ask for the same key at once: it is loaded once", "十个人同时问同一个键：只加载一次"), func(t *check.T) {
			t.Try(`10 × go c.Get("tea", load)`)
			t.Look(check.Say("how does the second one learn that somebody is loading already?", "后来的人怎么知道已经有人在加载了？"))
			c, calls := open(), check.CallsOf[string](t)
			got := make([]int, 10)
			together(10, func(i int) {
				got[i] = c.Get("tea", func(key string) int {
					defer calls.Begin(key)()
					check.Quiet() // all the others are waiting by now, or loading, too
					return len(key)
				})
			})
			check.Equal(t, got, []int{3, 3, 3, 3, 3, 3, 3, 3, 3, 3})
			calls.OnceEach("tea")
		}),
		check.That(check.Say("who asks for something known does not wait for somebody else's loading", "问的是已经有的，就不必等别人加载"), func(t *check.T) {
			t.Try(`c.Get("slow", load) ∥ c.Get("known", load)`)
			c := open()
			c.Get("known", func(string) int { return 1 })
			loading, answered := make(chan struct{}), make(chan struct{})
			together(2, func(i int) {
				if i == 0 {
					c.Get("slow", func(string) int {
						close(loading)
						<-answered
						return 2
					})
					return
				}
				<-loading
				c.Get("known", func(string) int { return -1 })
				close(answered)
			})
		}),
	)
}
