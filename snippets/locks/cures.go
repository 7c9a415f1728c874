package locks

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"
)

// LockBoth locks two mutexes, and never waits for one while it holds the
// other: if the second is taken, it gives the first one back and begins with
// the one that it could not have.
func LockBoth(a, b *sync.Mutex) {
	for {
		a.Lock()
		if b.TryLock() {
			return
		}
		a.Unlock()
		a, b = b, a
	}
}

// ChanMutex is a lock made of a channel with room for one value. Unlike a
// sync.Mutex, one can stop waiting for it. Make one with NewChanMutex.
type ChanMutex struct{ slot chan struct{} }

// NewChanMutex returns an open lock.
func NewChanMutex() ChanMutex {
	return ChanMutex{make(chan struct{}, 1)}
}

// Lock waits for the lock, at the longest until ctx ends. Without an error the
// caller holds the lock.
func (m ChanMutex) Lock(ctx context.Context) error {
	select {
	case m.slot <- struct{}{}: // there was room: now it is ours
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Unlock gives the lock back.
func (m ChanMutex) Unlock() { <-m.slot }

// Timed takes two locks, works, and gives both back. It waits for the second
// one no longer than patience; then it gives the first one back, too, and
// returns an error.
func Timed(first, second ChanMutex, patience time.Duration, work func()) error {
	if err := first.Lock(context.Background()); err != nil {
		return err
	}
	defer first.Unlock()
	time.Sleep(2 * time.Millisecond) // time enough for somebody else to take the second lock

	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := second.Lock(ctx); err != nil {
		return err
	}
	defer second.Unlock()
	work()
	return nil
}

// Polite is one of two people in a narrow corridor. It takes its own side,
// looks whether the other side is free, and steps back if it is not; then it
// pauses and tries again, at most the given number of times. It returns how
// many tries it took, and whether the last one succeeded.
func Polite(own, other *sync.Mutex, most int, pause func() time.Duration) (tries int, ok bool) {
	for tries < most {
		tries++
		own.Lock()
		time.Sleep(time.Millisecond) // one step forward
		free := other.TryLock()
		if free {
			other.Unlock()
			own.Unlock()
			return tries, true
		}
		time.Sleep(time.Millisecond) // one step back
		own.Unlock()
		time.Sleep(pause())
	}
	return tries, false
}

// Same is the pause of somebody who always waits equally long.
func Same() time.Duration { return time.Millisecond }

// Random is the pause of somebody who leaves it to chance: below 4 ms.
func Random() time.Duration {
	return time.Duration(rand.IntN(4000)) * time.Microsecond
}

// Greedy lets two goroutines share a lock for a while. One takes it again the
// moment it has given it back; the other one is modest. It returns how often
// each of them had the lock.
func Greedy(d time.Duration) (greedy, modest int) {
	var mu sync.Mutex
	hold := func() {
		mu.Lock()
		defer mu.Unlock()
		time.Sleep(100 * time.Microsecond)
	}
	begin := time.Now()
	var wg sync.WaitGroup
	wg.Go(func() {
		for ; time.Since(begin) < d; greedy++ {
			hold()
		}
	})
	wg.Go(func() {
		for ; time.Since(begin) < d; modest++ {
			hold()
			time.Sleep(100 * time.Microsecond)
		}
	})
	wg.Wait()
	return greedy, modest
}
