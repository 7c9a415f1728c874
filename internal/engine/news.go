package engine

import (
	"fmt"
	"sync"

	"lanebook/internal/toolchain"
)

// news is the last thing the toolchain said about its progress.
type news struct {
	mu   sync.Mutex
	last toolchain.Progress
}

func (n *news) progress(p toolchain.Progress) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.last = p
}

func (n *news) text(say words) string {
	n.mu.Lock()
	defer n.mu.Unlock()
	switch {
	case n.last.Stage == "":
		return say.building
	case n.last.Stage == toolchain.StageDeep:
		return say.deepening
	case n.last.Total > 0:
		return fmt.Sprintf("%s %d/%d", n.last.Stage, n.last.Done, n.last.Total)
	}
	return n.last.Stage
}
