package study

import "sync"

// digest is what lists and the search need of a notebook.
type digest struct {
	done     Done
	sections []section
}

// digests keeps the newest digest of each notebook, so that a list of chapters
// does not read them all. The zero value is ready.
type digests struct {
	mu    sync.Mutex
	byKey map[string]stamped
}

type stamped struct {
	stamp string
	digest
}

// get returns the digest of an item, read again when its stamp has changed. A
// notebook that cannot be read has an empty one: its page says why.
func (ds *digests) get(from shelf, it item) digest {
	ds.mu.Lock()
	kept, ok := ds.byKey[it.Key]
	ds.mu.Unlock()
	if ok && kept.stamp == it.Stamp {
		return kept.digest
	}
	var d digest
	if v, err := from.load(it.Key); err == nil {
		d = digest{done: done(v), sections: sections(v.Notebook)}
	}
	ds.mu.Lock()
	defer ds.mu.Unlock()
	if ds.byKey == nil {
		ds.byKey = map[string]stamped{}
	}
	ds.byKey[it.Key] = stamped{it.Stamp, d}
	return d
}
