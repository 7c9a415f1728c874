package exercises_test

import (
	"testing"

	"lanebook/internal/checktest"
	"lanebook/kernelext/check"
	"lanebook/snippets/goroutines/exercises"
	"lanebook/snippets/goroutines/exercises/right"
	"lanebook/snippets/goroutines/exercises/solution"
	"lanebook/snippets/goroutines/exercises/stub"
	"lanebook/snippets/goroutines/exercises/wrong"
)

func TestMain(m *testing.M) { checktest.Main(m, all) }

func TestExercises(t *testing.T) { checktest.Run(t, all) }

var all = []checktest.Exercise{
	{
		Name:     "greet",
		Stub:     checktest.Answer{Judge: func() check.Result { return exercises.CheckGreet(stub.Greet) }, Kind: check.Wrong, Case: "everybody is greeted"},
		Solution: func() check.Result { return exercises.CheckGreet(solution.Greet) },
		Right: map[string]func() check.Result{
			"counted":   func() check.Result { return exercises.CheckGreet(right.CountedGreet) },
			"self":      func() check.Result { return exercises.CheckGreet(right.SelfGreet) },
			"recursive": func() check.Result { return exercises.CheckGreet(right.RecursiveGreet) },
		},
		Wrong: map[string]checktest.Answer{
			"late add":   {Judge: func() check.Result { return exercises.CheckGreet(wrong.LateAddGreet) }, Kind: check.Wrong, Racy: true},
			"sequential": {Judge: func() check.Result { return exercises.CheckGreet(wrong.SequentialGreet) }, Kind: check.Sequential},
			"sleepy":     {Judge: func() check.Result { return exercises.CheckGreet(wrong.SleepyGreet) }, Kind: check.Wrong},
			"first":      {Judge: func() check.Result { return exercises.CheckGreet(wrong.FirstGreet) }, Kind: check.Wrong},
			"endless":    {Judge: func() check.Result { return exercises.CheckGreet(wrong.EndlessGreet) }, Kind: check.Deadlock},
		},
	},
	{
		Name:     "runall",
		Stub:     checktest.Answer{Judge: func() check.Result { return exercises.CheckRunAll(stub.RunAll) }, Kind: check.Wrong, Case: "single task", Racy: true},
		Solution: func() check.Result { return exercises.CheckRunAll(solution.RunAll) },
		Right: map[string]func() check.Result{
			"add all": func() check.Result { return exercises.CheckRunAll(right.AddAllRunAll) },
			"cond":    func() check.Result { return exercises.CheckRunAll(right.CondRunAll) },
		},
		Wrong: map[string]checktest.Answer{
			"sleepy":     {Judge: func() check.Result { return exercises.CheckRunAll(wrong.SleepyRunAll) }, Kind: check.Wrong},
			"hasty":      {Judge: func() check.Result { return exercises.CheckRunAll(wrong.HastyRunAll) }, Kind: check.Wrong, Case: "single task"},
			"counting":   {Judge: func() check.Result { return exercises.CheckRunAll(wrong.CountingRunAll) }, Kind: check.Deadlock},
			"sequential": {Judge: func() check.Result { return exercises.CheckRunAll(wrong.SequentialRunAll) }, Kind: check.Sequential},
		},
	},
	{
		Name:     "safely",
		Stub:     checktest.Answer{Judge: func() check.Result { return exercises.CheckSafely(stub.Safely) }, Kind: check.Panicked},
		Solution: func() check.Result { return exercises.CheckSafely(solution.Safely) },
		Right: map[string]func() check.Result{
			"channel":  func() check.Result { return exercises.CheckSafely(right.ChannelSafely) },
			"wrapping": func() check.Result { return exercises.CheckSafely(right.WrappingSafely) },
		},
		Wrong: map[string]checktest.Answer{
			"outside":    {Judge: func() check.Result { return exercises.CheckSafely(wrong.OutsideSafely) }, Kind: check.Panicked},
			"silent":     {Judge: func() check.Result { return exercises.CheckSafely(wrong.SilentSafely) }, Kind: check.Wrong, Case: "becomes the error"},
			"sequential": {Judge: func() check.Result { return exercises.CheckSafely(wrong.SequentialSafely) }, Kind: check.Sequential},
			"racy":       {Judge: func() check.Result { return exercises.CheckSafely(wrong.RacySafely) }, Kind: check.Race},
		},
	},
	{
		Name:     "race",
		Stub:     checktest.Answer{Judge: func() check.Result { return exercises.CheckRace(stub.Race) }, Kind: check.Wrong, Case: "before all are ready"},
		Solution: func() check.Result { return exercises.CheckRace(solution.Race) },
		Right: map[string]func() check.Result{
			"cond":       func() check.Result { return exercises.CheckRace(right.CondRace) },
			"last opens": func() check.Result { return exercises.CheckRace(right.LastOpensRace) },
			"polling":    func() check.Result { return exercises.CheckRace(right.PollingRace) },
		},
		Wrong: map[string]checktest.Answer{
			"first ready": {Judge: func() check.Result { return exercises.CheckRace(wrong.FirstReadyRace) }, Kind: check.Wrong, Case: "before all are ready"},
			"sleepy":      {Judge: func() check.Result { return exercises.CheckRace(wrong.SleepyRace) }, Kind: check.Wrong},
			"relay":       {Judge: func() check.Result { return exercises.CheckRace(wrong.RelayRace) }, Kind: check.Sequential},
			"false":       {Judge: func() check.Result { return exercises.CheckRace(wrong.FalseRace) }, Kind: check.Wrong},
			"stuck":       {Judge: func() check.Result { return exercises.CheckRace(wrong.StuckRace) }, Kind: check.Deadlock},
		},
	},
	{
		Name:     "inorder",
		Stub:     checktest.Answer{Judge: func() check.Result { return exercises.CheckInOrder(stub.InOrder) }, Kind: check.Order, Case: "whoever is done first"},
		Solution: func() check.Result { return exercises.CheckInOrder(solution.InOrder) },
		Right: map[string]func() check.Result{
			"chain": func() check.Result { return exercises.CheckInOrder(right.ChainInOrder) },
			"heap":  func() check.Result { return exercises.CheckInOrder(right.HeapInOrder) },
			"cond":  func() check.Result { return exercises.CheckInOrder(right.CondInOrder) },
		},
		Wrong: map[string]checktest.Answer{
			"sequential": {Judge: func() check.Result { return exercises.CheckInOrder(wrong.SequentialInOrder) }, Kind: check.Deadlock},
			"late":       {Judge: func() check.Result { return exercises.CheckInOrder(wrong.LateInOrder) }, Kind: check.Deadlock, Case: "others still work"},
			"racy":       {Judge: func() check.Result { return exercises.CheckInOrder(wrong.RacyInOrder) }, Kind: check.Race},
		},
	},
}
