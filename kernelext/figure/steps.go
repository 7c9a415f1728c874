package figure

import (
	"strings"
	"sync"
	"time"

	"lanebook/internal/cell"
)

// Steps records what several parties do, one step after the other, and draws
// it as a diagram: a column for each party, a row for each step. Its methods
// may be called from any goroutine; the order of the calls is the order drawn.
type Steps struct {
	mu      sync.Mutex
	title   string
	parties []string
	steps   []step
	lost    int
	stacks  []stack
	clock   clock
}

// step is one row: something done, or something that goes from one to another.
type step struct {
	who, to, what, state string
	at                   time.Duration
}

// NewSteps begins a recording. Parties that are named here stand in this
// order; others are added when they first do something.
func NewSteps(title string, parties ...string) *Steps {
	return &Steps{title: title, parties: parties, clock: newClock()}
}

// Do records a step of one party. The state, if given, is shown at the right:
// what a shared variable holds after this step, for example.
func (s *Steps) Do(who, what string, state ...string) { s.add(who, "", what, state) }

// Send records that something goes from one party to another: a message, a
// value, a call, or control.
func (s *Steps) Send(from, to, what string, state ...string) { s.add(from, to, what, state) }

func (s *Steps) add(who, to, what string, state []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.steps) >= most {
		s.lost++
		return
	}
	s.know(who)
	if to != "" {
		s.know(to)
	}
	s.steps = append(s.steps, step{who, to, what, strings.Join(state, ", "), s.clock.now()})
}

// know adds a party. The caller holds s.mu.
func (s *Steps) know(party string) {
	for _, p := range s.parties {
		if p == party {
			return
		}
	}
	s.parties = append(s.parties, party)
}

// Draw shows the steps so far.
func (s *Steps) Draw() {
	s.mu.Lock()
	defer s.mu.Unlock()
	var steps, stacks cell.List
	for _, x := range s.steps {
		steps = append(steps, cell.Object{"who", x.who, "to", x.to, "what", x.what, "state", x.state, "at", x.at})
	}
	for _, x := range s.stacks {
		stacks = append(stacks, cell.Object{"of", x.of, "frames", x.frames})
	}
	draw("steps", s.title, "parties", s.parties, "steps", steps, "lost", s.lost, "stacks", stacks)
}
