package exercises_test

import (
	"testing"

	"lanebook/internal/checktest"
	"lanebook/kernelext/check"
	"lanebook/snippets/start/exercises"
	"lanebook/snippets/start/exercises/solution"
	"lanebook/snippets/start/exercises/stub"
	"lanebook/snippets/start/exercises/wrong"
)

func TestMain(m *testing.M) { checktest.Main(m, all) }

func TestExercises(t *testing.T) { checktest.Run(t, all) }

var all = []checktest.Exercise{
	{
		Name:     "eggs",
		Stub:     checktest.Answer{Judge: func() check.Result { return exercises.CheckEggs(stub.Eggs) }, Kind: check.Wrong},
		Solution: func() check.Result { return exercises.CheckEggs(solution.Eggs) },
		Wrong: map[string]checktest.Answer{
			"one": {Judge: func() check.Result { return exercises.CheckEggs(wrong.OneEgg) }, Kind: check.Wrong},
		},
	},
	{
		Name:     "average",
		Stub:     checktest.Answer{Judge: func() check.Result { return exercises.CheckAverage(stub.Average) }, Kind: check.Wrong, Case: "fraction"},
		Solution: func() check.Result { return exercises.CheckAverage(solution.Average) },
		Wrong: map[string]checktest.Answer{
			"rounded":   {Judge: func() check.Result { return exercises.CheckAverage(wrong.RoundedAverage) }, Kind: check.Wrong, Case: "fraction"},
			"no number": {Judge: func() check.Result { return exercises.CheckAverage(wrong.NoNumberAverage) }, Kind: check.Wrong, Case: "no numbers"},
			"half":      {Judge: func() check.Result { return exercises.CheckAverage(wrong.HalfAverage) }, Kind: check.Wrong, Case: "equal numbers"},
		},
	},
	{
		Name:     "basket",
		Stub:     checktest.Answer{Judge: func() check.Result { return exercises.CheckBasket(stub.Basket) }, Kind: check.Wrong, Case: "everything"},
		Solution: func() check.Result { return exercises.CheckBasket(solution.Basket) },
		Wrong: map[string]checktest.Answer{
			"filled": {Judge: func() check.Result { return exercises.CheckBasket(wrong.FilledBasket) }, Kind: check.Wrong, Case: "nothing twice"},
			"half":   {Judge: func() check.Result { return exercises.CheckBasket(wrong.HalfBasket) }, Kind: check.Wrong, Case: "everything"},
		},
	},
}
