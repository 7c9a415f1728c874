package exercises

import (
	"bytes"
	"fmt"
	"runtime"
	"sync"

	"lanebook/kernelext/check"
)

// CheckTalk judges a conversation of three: each speaker is a goroutine, and
// they take turns.
func CheckTalk(talk func(lines [3][]string, say func(speaker int, line string))) check.Result {
	lines := [3][]string{{"a1", "a2", "a3"}, {"b1", "b2", "b3"}, {"c1", "c2", "c3"}}
	return check.Run(check.Say("Three speakers", "三个人的对话"),
		check.That(check.Say("one after the other, round by round", "一人一句，一轮一轮"), func(t *check.T) {
			t.Try("Talk([[a1 a2 a3] [b1 b2 b3] [c1 c2 c3]], say)")
			t.Look(check.Say("how does the next one learn that it is their turn?", "下一个人怎么知道轮到自己了？"))
			calls := check.CallsOf[string](t)
			talk(lines, func(_ int, line string) { calls.Begin(line)() })
			calls.InOrder("a1", "b1", "c1", "a2", "b2", "c2", "a3", "b3", "c3")
		}).Times(20),
		check.That(check.Say("each speaker is a goroutine of their own", "每个人各是一个 goroutine"), func(t *check.T) {
			t.Try("Talk([[a1 a2 a3] [b1 b2 b3] [c1 c2 c3]], say)")
			var mu sync.Mutex
			speakers := map[string]map[int]bool{} // who has spoken in which goroutine
			talk(lines, func(speaker int, _ string) {
				mu.Lock()
				defer mu.Unlock()
				id := goroutine()
				if speakers[id] == nil {
					speakers[id] = map[int]bool{}
				}
				speakers[id][speaker] = true
			})
			for _, who := range speakers {
				if len(who) > 1 {
					t.Fail(fmt.Sprintf(check.Say("%d speakers in one goroutine", "%d 个人在同一个 goroutine 里"), len(who)), check.Say("each in their own", "各在各的"))
				}
			}
			check.Equal(t, len(speakers), 3)
		}),
		check.That(check.Say("one round, or none, comes to an end as well", "只有一轮，或者一轮也没有，也要结束"), func(t *check.T) {
			t.Try("Talk([[a] [b] [c]], say); Talk([[] [] []], say)")
			calls := check.CallsOf[string](t)
			say := func(_ int, line string) { calls.Begin(line)() }
			talk([3][]string{{"a"}, {"b"}, {"c"}}, say)
			talk([3][]string{}, say)
			calls.InOrder("a", "b", "c")
		}),
	)
}

// goroutine is what Go calls the caller's goroutine in its reports. Only a
// judge may ask.
func goroutine() string {
	buf := make([]byte, 64)
	header, _, _ := bytes.Cut(buf[:runtime.Stack(buf, false)], []byte("["))
	return string(header)
}
