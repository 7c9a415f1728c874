package locks

import (
	"fmt"
	"iter"
	"slices"
)

// num++ is three steps for the processor. These are their names.
var steps = [3]string{"load", "add", "store"}

// Schedule is one order in which two goroutines, 0 and 1, take the three steps
// of num++: six entries, each says whose turn it is.
type Schedule [6]int

// Schedules yields all orders there are. Each goroutine's own three steps
// always stay in order, so there are 6!/(3!·3!) = 20.
func Schedules() iter.Seq[Schedule] {
	return func(yield func(Schedule) bool) {
		for turns := range 1 << 6 { // six turns, one bit each
			var s Schedule
			second := 0
			for i := range s {
				s[i] = turns >> (5 - i) & 1
				second += s[i]
			}
			if second == 3 && !yield(s) {
				return
			}
		}
	}
}

// Step is one step of a schedule, and what the world looks like after it.
type Step struct {
	Who  string // "A" or "B"
	Does string // "load: 0", "add: 1" or "store: 1", with what is in the register then
	Num  int    // in memory, shared
}

// Play goes through the schedule step by step, with num = 0 at first.
func (s Schedule) Play() []Step {
	var played []Step
	var num int
	var register, next [2]int
	for _, g := range s {
		step := steps[next[g]]
		next[g]++
		switch step {
		case "load":
			register[g] = num
		case "add":
			register[g]++
		case "store":
			num = register[g]
		}
		does := fmt.Sprintf("%s: %d", step, register[g])
		played = append(played, Step{string(rune('A' + g)), does, num})
	}
	return played
}

// Result is num after both have added 1 to it.
func (s Schedule) Result() int {
	played := s.Play()
	return played[len(played)-1].Num
}

// String is the schedule as the letters of the goroutines, "AAABBB".
func (s Schedule) String() string {
	letters := make([]rune, len(s))
	for i, g := range s {
		letters[i] = rune('A' + g)
	}
	return string(letters)
}

// ParseSchedule reads what String writes.
func ParseSchedule(text string) (Schedule, error) {
	for s := range Schedules() {
		if s.String() == text {
			return s, nil
		}
	}
	return Schedule{}, fmt.Errorf("schedule %q: want three A and three B in any order", text)
}

// Outcomes counts how many schedules end with which number, as a table from
// result to schedules.
func Outcomes() map[int][]Schedule {
	outcomes := map[int][]Schedule{}
	for _, s := range slices.Collect(Schedules()) {
		outcomes[s.Result()] = append(outcomes[s.Result()], s)
	}
	return outcomes
}
