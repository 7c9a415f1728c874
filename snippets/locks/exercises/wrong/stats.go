package wrong

import (
	"maps"
	"runtime"
	"sync"
)

// LateStats copies its map after it has given the lock back: a race.
type LateStats struct {
	mu     sync.Mutex
	counts map[string]int
}

func (s *LateStats) Add(word string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.counts == nil {
		s.counts = map[string]int{}
	}
	s.counts[word]++
}

func (s *LateStats) Counts() map[string]int {
	s.mu.Lock()
	counts := s.counts
	s.mu.Unlock()
	copied := map[string]int{}
	for word, n := range counts { // the race detector does not look into maps.Clone
		copied[word] = n
	}
	return copied
}

// NestedStats calls its own locking method under the lock: a deadlock of one.
type NestedStats struct {
	mu     sync.Mutex
	counts map[string]int
}

func (s *NestedStats) Add(word string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	counts := s.Counts()
	counts[word]++
	s.counts = counts
}

func (s *NestedStats) Counts() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	copied := map[string]int{}
	maps.Copy(copied, s.counts)
	return copied
}

// SplitStats reads and writes under two separate locks, so words get lost
// without any race.
type SplitStats struct {
	mu     sync.Mutex
	counts map[string]int
}

func (s *SplitStats) Add(word string) {
	counts := s.Counts()
	runtime.Gosched()
	counts[word]++
	s.mu.Lock()
	defer s.mu.Unlock()
	s.counts = counts
}

func (s *SplitStats) Counts() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	copied := map[string]int{}
	maps.Copy(copied, s.counts)
	return copied
}
