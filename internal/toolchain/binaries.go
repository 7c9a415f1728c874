package toolchain

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
)

// maxBinaryBytes bounds what one session keeps on disk.
const maxBinaryBytes = 256 << 20

// binaries are the programs a session built last, by content.
type binaries struct {
	dir string

	mu    sync.Mutex
	kept  []kept                   // least recently used first
	built map[string]chan struct{} // under way, by key; closed at the end
	count int
}

type kept struct {
	key   string
	bin   Binary
	bytes int64
}

// path returns where the binary with that key belongs.
func (b *binaries) path(key string) string { return filepath.Join(b.dir, key) }

// serial returns a new number every time, for what cannot be reused.
func (b *binaries) serial() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.count++
	return b.count
}

// claim returns the binary with that key, if need be after waiting for who is
// building it. Otherwise the caller is to build it, and to call done when that
// is over, however it ended.
func (b *binaries) claim(ctx context.Context, key string) (bin Binary, done func(), err error) {
	for {
		b.mu.Lock()
		if bin, ok := b.find(key); ok {
			b.mu.Unlock()
			return bin, nil, nil
		}
		other, busy := b.built[key]
		if !busy {
			if b.built == nil {
				b.built = map[string]chan struct{}{}
			}
			over := make(chan struct{})
			b.built[key] = over
			b.mu.Unlock()
			return Binary{}, func() {
				b.mu.Lock()
				delete(b.built, key)
				b.mu.Unlock()
				close(over)
			}, nil
		}
		b.mu.Unlock()
		select {
		case <-other:
		case <-ctx.Done():
			return Binary{}, nil, context.Cause(ctx)
		}
	}
}

// get returns a binary that is kept and still there.
func (b *binaries) get(key string) (Binary, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.find(key)
}

// find is get for who has locked b.
func (b *binaries) find(key string) (Binary, bool) {
	i := slices.IndexFunc(b.kept, func(k kept) bool { return k.key == key })
	if i < 0 {
		return Binary{}, false
	}
	k := b.kept[i]
	b.kept = slices.Delete(b.kept, i, i+1)
	if info, err := os.Stat(k.bin.Path); err != nil || info.Size() != k.bytes {
		return Binary{}, false
	}
	b.kept = append(b.kept, k)
	k.bin.Cached, k.bin.How = true, "cached"
	return k.bin, true
}

// add keeps a binary and removes the oldest beyond the limit.
func (b *binaries) add(key string, bin Binary) error {
	info, err := os.Stat(bin.Path)
	if err != nil {
		return fmt.Errorf("keep binary: %w", err)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.kept = slices.DeleteFunc(b.kept, func(k kept) bool { return k.key == key })
	b.kept = append(b.kept, kept{key, bin, info.Size()})
	total := int64(0)
	for _, k := range b.kept {
		total += k.bytes
	}
	for total > maxBinaryBytes && len(b.kept) > 1 {
		oldest := b.kept[0]
		os.Remove(oldest.bin.Path)
		b.kept = b.kept[1:]
		total -= oldest.bytes
	}
	return nil
}
