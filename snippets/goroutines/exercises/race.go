package exercises

import "lanebook/kernelext/check"

// CheckRace judges a start: every runner gets ready in a goroutine of its own;
// when the last one is ready, all run at the same time.
func CheckRace(race func(n int, ready, run func(runner int))) check.Result {
	return check.Run(check.Say("One start for all", "同时起跑"),
		check.That(check.Say("nobody runs before all are ready", "所有人准备好之前，谁也不跑"), func(t *check.T) {
			t.Try("Race(5, ready, run)")
			t.Look(check.Say("how does anybody learn that the last one is ready?", "怎么知道最后一个人也准备好了？"))
			readies, runs := check.CallsOf[int](t), check.CallsOf[int](t)
			tooEarly := make(chan int, 5)
			race(5,
				func(runner int) {
					defer readies.Begin(runner)()
					if runner == 3 {
						check.Quiet() // this one takes its time
					}
				},
				func(runner int) {
					defer runs.Begin(runner)()
					if over := len(readies.Ended()); over < 5 {
						tooEarly <- over
					}
				})
			select {
			case over := <-tooEarly:
				t.Fail(check.Say("somebody ran when not all were ready; ready: ", "有人起跑时，还没有都准备好；已准备好的人数：")+check.Show(over), "5")
			default:
			}
			wantOver(t, runs, 5)
			runs.OnceEach(0, 1, 2, 3, 4)
		}),
		check.That(check.Say("they get ready at the same time, and run at the same time", "同时做准备，同时跑"), func(t *check.T) {
			t.Try("Race(5, ready, run)")
			readies, runs := check.CallsOf[int](t).Together(5), check.CallsOf[int](t).Together(5)
			race(5,
				func(runner int) { readies.Begin(runner)() },
				func(runner int) { runs.Begin(runner)() })
			wantOver(t, runs, 5)
			runs.OnceEach(0, 1, 2, 3, 4)
		}),
		check.That(check.Say("however long the last one takes", "不管最后一个人要多久"), func(t *check.T) {
			t.Try("Race(3, ready, run)")
			readies := check.CallsOf[int](t)
			early := make(chan int, 3)
			race(3,
				func(runner int) {
					defer readies.Begin(runner)()
					if runner == 0 {
						long()
					}
				},
				func(int) {
					if over := len(readies.Ended()); over < 3 {
						early <- over
					}
				})
			if len(early) > 0 {
				t.Fail(check.Say("somebody ran when not all were ready; ready: ", "有人起跑时，还没有都准备好；已准备好的人数：")+check.Show(<-early), "3")
			}
		}),
		check.That(check.Say("it returns when all have arrived", "所有人到达之后才返回"), func(t *check.T) {
			t.Try("Race(4, ready, run)")
			runs := check.CallsOf[int](t)
			race(4, func(int) {}, func(runner int) {
				defer runs.Begin(runner)()
				check.Quiet()
			})
			wantOver(t, runs, 4)
		}),
	)
}
