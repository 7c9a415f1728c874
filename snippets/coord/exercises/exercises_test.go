package exercises_test

import (
	"testing"

	"lanebook/internal/checktest"
	"lanebook/kernelext/check"
	"lanebook/snippets/coord/exercises"
	"lanebook/snippets/coord/exercises/right"
	"lanebook/snippets/coord/exercises/solution"
	"lanebook/snippets/coord/exercises/stub"
	"lanebook/snippets/coord/exercises/wrong"
)

func TestMain(m *testing.M) { checktest.Main(m, all) }

func TestExercises(t *testing.T) { checktest.Run(t, all) }

var all = []checktest.Exercise{
	{
		Name:     "fair",
		Stub:     checktest.Answer{Judge: func() check.Result { return exercises.CheckFair(stub.NewFairAccount) }, Kind: check.Wrong, Case: "who comes later"},
		Solution: func() check.Result { return exercises.CheckFair(solution.NewFairAccount) },
		Right: map[string]func() check.Result{
			"tickets": func() check.Result { return exercises.CheckFair(right.NewTicketAccount) },
			"queue":   func() check.Result { return exercises.CheckFair(pointer[right.QueuedAccount]) },
		},
		Wrong: map[string]checktest.Answer{
			"signal":   {Judge: func() check.Result { return exercises.CheckFair(wrong.NewSignalAccount) }, Kind: check.Wrong, Case: "who comes later"},
			"skipping": {Judge: func() check.Result { return exercises.CheckFair(pointer[wrong.SkippingAccount]) }, Kind: check.Wrong, Case: "who comes later"},
			"last":     {Judge: func() check.Result { return exercises.CheckFair(pointer[wrong.LastAccount]) }, Kind: check.Wrong, Case: "who comes later"},
			"one":      {Judge: func() check.Result { return exercises.CheckFair(pointer[wrong.OneAccount]) }, Kind: check.Deadlock, Case: "one payment"},
			// Two may close the same channel before the detector has seen enough, or
			// somebody gets lost from the queue, or some money.
			"bare": {Judge: func() check.Result { return exercises.CheckFair(pointer[wrong.BareAccount]) }, Kind: check.Panicked, Also: []check.Kind{check.Deadlock, check.Wrong}, Racy: true},
		},
	},
	{
		Name:     "talk",
		Stub:     checktest.Answer{Judge: func() check.Result { return exercises.CheckTalk(stub.Talk) }, Kind: check.Order, Case: "one after the other"},
		Solution: func() check.Result { return exercises.CheckTalk(solution.Talk) },
		Right: map[string]func() check.Result{
			"cond": func() check.Result { return exercises.CheckTalk(right.CondTalk) },
			"led":  func() check.Result { return exercises.CheckTalk(right.LedTalk) },
		},
		Wrong: map[string]checktest.Answer{
			"lonely": {Judge: func() check.Result { return exercises.CheckTalk(wrong.LonelyTalk) }, Kind: check.Wrong, Case: "of their own"},
			"block":  {Judge: func() check.Result { return exercises.CheckTalk(wrong.BlockTalk) }, Kind: check.Order},
			"shy":    {Judge: func() check.Result { return exercises.CheckTalk(wrong.ShyTalk) }, Kind: check.Deadlock},
			"giving": {Judge: func() check.Result { return exercises.CheckTalk(wrong.GivingTalk) }, Kind: check.Deadlock},
		},
	},
	{
		Name:     "barrier",
		Stub:     checktest.Answer{Judge: func() check.Result { return exercises.CheckBarrier(stub.NewBarrier) }, Kind: check.Panicked, Case: "a round ahead", Racy: true},
		Solution: func() check.Result { return exercises.CheckBarrier(solution.NewBarrier) },
		Right: map[string]func() check.Result{
			"gate":  func() check.Result { return exercises.CheckBarrier(right.NewGateBarrier) },
			"doors": func() check.Result { return exercises.CheckBarrier(right.NewDoorBarrier) },
		},
		Wrong: map[string]checktest.Answer{
			"open":     {Judge: func() check.Result { return exercises.CheckBarrier(wrong.NewOpenBarrier) }, Kind: check.Wrong, Case: "before the last one"},
			"counting": {Judge: func() check.Result { return exercises.CheckBarrier(wrong.NewCountingBarrier) }, Kind: check.Deadlock, Case: "a round ahead"},
			"once":     {Judge: func() check.Result { return exercises.CheckBarrier(wrong.NewOnceBarrier) }, Kind: check.Wrong, Case: "a round ahead"},
		},
	},
	{
		Name:     "buffer",
		Stub:     checktest.Answer{Judge: func() check.Result { return exercises.CheckBuffer(stub.NewBuffer) }, Kind: check.Wrong, Case: "is full"},
		Solution: func() check.Result { return exercises.CheckBuffer(solution.NewBuffer) },
		Right: map[string]func() check.Result{
			"channel": func() check.Result { return exercises.CheckBuffer(right.NewChanBuffer) },
			"ring":    func() check.Result { return exercises.CheckBuffer(right.NewRingBuffer) },
		},
		Wrong: map[string]checktest.Answer{
			"hasty":  {Judge: func() check.Result { return exercises.CheckBuffer(wrong.NewHastyBuffer) }, Kind: check.Panicked, Case: "many put"},
			"last":   {Judge: func() check.Result { return exercises.CheckBuffer(wrong.NewLastBuffer) }, Kind: check.Wrong, Case: "comes out first"},
			"quiet":  {Judge: func() check.Result { return exercises.CheckBuffer(wrong.NewQuietBuffer) }, Kind: check.Deadlock, Case: "is full"},
			"signal": {Judge: func() check.Result { return exercises.CheckBuffer(wrong.NewOneSignalBuffer) }, Kind: check.Deadlock, Case: "many put"},
		},
	},
	{
		Name:     "eat",
		Stub:     checktest.Answer{Judge: func() check.Result { return exercises.CheckEat(stub.Eat) }, Kind: check.Deadlock, Case: "five at one table"},
		Solution: func() check.Result { return exercises.CheckEat(solution.Eat) },
		Right: map[string]func() check.Result{
			"last seat": func() check.Result { return exercises.CheckEat(right.LastEat) },
			"trying":    func() check.Result { return exercises.CheckEat(right.TryingEat) },
			"butler":    func() check.Result { return exercises.CheckEat(right.ButlerEat()) },
			"policed":   func() check.Result { return exercises.CheckEat(right.PolicedEat()) },
		},
		Wrong: map[string]checktest.Answer{
			"thoughtless": {Judge: func() check.Result { return exercises.CheckEat(wrong.ThoughtlessEat) }, Kind: check.Deadlock, Case: "five at one table"},
			"fingers":     {Judge: func() check.Result { return exercises.CheckEat(wrong.FingersEat) }, Kind: check.Wrong, Case: "with both forks"},
			"waiter":      {Judge: func() check.Result { return exercises.CheckEat(wrong.WaiterEat()) }, Kind: check.Sequential, Case: "share no fork"},
			"keeping":     {Judge: func() check.Result { return exercises.CheckEat(wrong.KeepingEat) }, Kind: check.Deadlock, Case: "with both forks"},
		},
	},
}

// pointer returns a new T, as a learner's constructor would.
func pointer[T any]() *T { return new(T) }
