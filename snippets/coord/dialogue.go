package coord

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// Dialogue lets two voice assistants talk. A value in a channel is the baton:
// only who has it speaks.
func Dialogue(w io.Writer) {
	toGenie, toAI := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		fmt.Fprintln(w, "天猫精灵:小爱同学") // Genie: "Xiao Ai!"
		toAI <- struct{}{}
		<-toGenie
		fmt.Fprintln(w, "天猫精灵:现在几点了?") // "What time is it?"
		toAI <- struct{}{}
	})
	wg.Go(func() {
		<-toAI
		fmt.Fprintln(w, "小爱同学:在") // Xiao Ai: "Here!"
		toGenie <- struct{}{}
		<-toAI
		fmt.Fprintln(w, "小爱同学:你猜猜现在几点了") // "Guess what time it is."
	})
	wg.Wait()
}

// DialogueCond is the same conversation with a condition: turn says whose turn
// it is, and everybody waits for it to be theirs.
func DialogueCond(w io.Writer) {
	var mu sync.Mutex
	changed := sync.NewCond(&mu)
	turn := 0
	say := func(who int, text string) {
		mu.Lock()
		defer mu.Unlock()
		for turn != who {
			changed.Wait()
		}
		fmt.Fprintln(w, text)
		turn = 1 - who
		changed.Broadcast()
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		say(0, "天猫精灵:小爱同学")
		say(0, "天猫精灵:现在几点了?")
	})
	wg.Go(func() {
		say(1, "小爱同学:在")
		say(1, "小爱同学:你猜猜现在几点了")
	})
	wg.Wait()
}

// PingPong passes a baton between two goroutines n times there and back, by
// channels, and returns how long that took.
func PingPong(n int) time.Duration {
	ping, pong := make(chan struct{}), make(chan struct{})
	go func() {
		for range ping {
			pong <- struct{}{}
		}
		close(pong)
	}()
	begin := time.Now()
	for range n {
		ping <- struct{}{}
		<-pong
	}
	took := time.Since(begin)
	close(ping)
	<-pong // the other one is on its way out
	return took
}

// PingPongCond does the same with a condition.
func PingPongCond(n int) time.Duration {
	var mu sync.Mutex
	changed := sync.NewCond(&mu)
	turn := 0
	play := func(who int) {
		for range n {
			mu.Lock()
			for turn != who {
				changed.Wait()
			}
			turn = 1 - who
			changed.Signal() // there is only one other
			mu.Unlock()
		}
	}
	begin := time.Now()
	var wg sync.WaitGroup
	wg.Go(func() { play(1) })
	play(0)
	wg.Wait()
	return time.Since(begin)
}

// Rendezvous is a place where two goroutines meet and exchange values:
// make(Rendezvous[string]).
type Rendezvous[T any] chan offer[T]

type offer[T any] struct {
	value T
	back  chan T // for what the other one gives
}

// Exchange waits for somebody else who calls it, and returns their value.
func (r Rendezvous[T]) Exchange(mine T) T {
	offered := offer[T]{mine, make(chan T, 1)}
	select { // whoever comes second finds the first one here
	case r <- offered:
		return <-offered.back
	case theirs := <-r:
		theirs.back <- mine
		return theirs.value
	}
}
