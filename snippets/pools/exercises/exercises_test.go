package exercises_test

import (
	"testing"

	"lanebook/internal/checktest"
	"lanebook/kernelext/check"
	"lanebook/snippets/pools/exercises"
	"lanebook/snippets/pools/exercises/solution"
	"lanebook/snippets/pools/exercises/stub"
	"lanebook/snippets/pools/exercises/wrong"
)

func TestMain(m *testing.M) { checktest.Main(m, all) }

func TestExercises(t *testing.T) { checktest.Run(t, all) }

var all = []checktest.Exercise{
	{
		Name:     "map",
		Stub:     checktest.Answer{Judge: func() check.Result { return exercises.CheckMap(stub.Map[int, string]) }, Kind: check.Wrong, Case: "every element"},
		Solution: func() check.Result { return exercises.CheckMap(solution.Map[int, string]) },
		Wrong: map[string]checktest.Answer{
			"sequential": {Judge: func() check.Result { return exercises.CheckMap(wrong.SequentialMap[int, string]) }, Kind: check.Sequential},
			"unbounded":  {Judge: func() check.Result { return exercises.CheckMap(wrong.UnboundedMap[int, string]) }, Kind: check.Crowded},
			"unordered":  {Judge: func() check.Result { return exercises.CheckMap(wrong.UnorderedMap[int, string]) }, Kind: check.Wrong, Case: "order stays"},
			"racy":       {Judge: func() check.Result { return exercises.CheckMap(wrong.RacyMap[int, string]) }, Kind: check.Race},
			"stubborn":   {Judge: func() check.Result { return exercises.CheckMap(wrong.StubbornMap[int, string]) }, Kind: check.Late},
			"stuck":      {Judge: func() check.Result { return exercises.CheckMap(wrong.StuckMap[int, string]) }, Kind: check.Deadlock},
			"leaky":      {Judge: func() check.Result { return exercises.CheckMap(wrong.LeakyMap[int, string]) }, Kind: check.Leak},
			"deaf":       {Judge: func() check.Result { return exercises.CheckMap(wrong.DeafMap[int, string]) }, Kind: check.Deadlock, Case: "cancelling"},
		},
	},
	{
		Name:     "squares",
		Stub:     checktest.Answer{Judge: func() check.Result { return exercises.CheckSquares(stub.Squares) }, Kind: check.Panicked, Case: "several workers"},
		Solution: func() check.Result { return exercises.CheckSquares(solution.Squares) },
		Wrong: map[string]checktest.Answer{
			"lost":    {Judge: func() check.Result { return exercises.CheckSquares(wrong.LostSquares) }, Kind: check.Race},
			"stuck":   {Judge: func() check.Result { return exercises.CheckSquares(wrong.StuckSquares) }, Kind: check.Deadlock},
			"leaky":   {Judge: func() check.Result { return exercises.CheckSquares(wrong.LeakySquares) }, Kind: check.Leak},
			"endless": {Judge: func() check.Result { return exercises.CheckSquares(wrong.EndlessSquares) }, Kind: check.Endless},
		},
	},
}
