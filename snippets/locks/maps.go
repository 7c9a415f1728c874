package locks

import (
	"hash/maphash"
	"maps"
	"sync"
)

// RWCache is a map that many may read at the same time, and one may write.
type RWCache[K comparable, V any] struct {
	mu     sync.RWMutex // guards values
	values map[K]V
}

// Get returns the value of key, and whether there is one. Readers do not wait
// for each other.
func (c *RWCache[K, V]) Get(key K) (V, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	v, ok := c.values[key]
	return v, ok
}

// Set stores a value. It waits until the readers are out, and keeps new ones
// waiting meanwhile.
func (c *RWCache[K, V]) Set(key K, value V) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.values == nil {
		c.values = map[K]V{}
	}
	c.values[key] = value
}

// ShardedMap is many small maps, each with a lock of its own. Two goroutines
// meet only if their keys fall into the same shard.
type ShardedMap[K comparable, V any] struct {
	seed   maphash.Seed
	shards [16]shard[K, V] // 16 is arbitrary: more than there are cores
}

type shard[K comparable, V any] struct {
	mu     sync.Mutex // guards values
	values map[K]V
}

// NewShardedMap returns an empty map.
func NewShardedMap[K comparable, V any]() *ShardedMap[K, V] {
	return &ShardedMap[K, V]{seed: maphash.MakeSeed()}
}

// Update replaces the value of key by what change makes of it. Nobody can come
// between reading and writing. An absent value is zero.
func (m *ShardedMap[K, V]) Update(key K, change func(V) V) {
	s := &m.shards[maphash.Comparable(m.seed, key)%uint64(len(m.shards))]
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.values == nil {
		s.values = map[K]V{}
	}
	s.values[key] = change(s.values[key])
}

// All returns a copy of everything in the map, shard by shard: what changes
// meanwhile may or may not be in it.
func (m *ShardedMap[K, V]) All() map[K]V {
	all := map[K]V{}
	for i := range m.shards {
		s := &m.shards[i]
		s.mu.Lock()
		maps.Copy(all, s.values)
		s.mu.Unlock()
	}
	return all
}
