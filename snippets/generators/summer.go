package generators

import "fmt"

// receive is the yield of a coroutine that has nothing to hand out: it stops,
// and returns the number it is sent, or nil for none.
type receive func(struct{}) (*int, bool)

// sumUp adds the numbers it receives until one is missing or 0. It reports false
// if nobody will send any more.
func sumUp(next receive, log func(string)) (total int, ok bool) {
	for {
		n, ok := next(struct{}{})
		if !ok {
			return total, false
		}
		if n == nil {
			log("加 None")
			return total, true
		}
		log(fmt.Sprint("加 ", *n))
		if *n == 0 {
			return total, true
		}
		total += *n
	}
}

// Summer makes a coroutine that adds up the numbers it is sent; nil or 0 ends a
// sum, and the next begins. The work is sumUp's: Summer hands its own yield on,
// so whoever sends talks to sumUp directly.
func Summer(log func(string)) *Coro[*int, struct{}] {
	return New(func(_ *int, yield func(struct{}) (*int, bool)) {
		for {
			total, ok := sumUp(yield, log)
			if !ok {
				return
			}
			log(fmt.Sprint("加和总数是: ", total))
		}
	})
}
