package exercises_test

import (
	"iter"
	"testing"

	"lanebook/internal/checktest"
	"lanebook/kernelext/check"
	"lanebook/snippets/iterators/exercises"
	"lanebook/snippets/iterators/exercises/right"
	"lanebook/snippets/iterators/exercises/solution"
	"lanebook/snippets/iterators/exercises/stub"
	"lanebook/snippets/iterators/exercises/wrong"
)

func TestMain(m *testing.M) { checktest.Main(m, all) }

func TestExercises(t *testing.T) { checktest.Run(t, all) }

func stubBackward(numbers ...int) iter.Seq[int] {
	var list stub.MyList
	for _, n := range numbers {
		list.Add(n)
	}
	return list.Backward()
}

func solutionBackward(numbers ...int) iter.Seq[int] {
	var list solution.MyList
	for _, n := range numbers {
		list.Add(n)
	}
	return list.Backward()
}

func rightBackward(backward func(items []int) iter.Seq[int]) func(numbers ...int) iter.Seq[int] {
	return func(numbers ...int) iter.Seq[int] { return backward(numbers) }
}

var all = []checktest.Exercise{
	{
		Name:     "backward",
		Stub:     checktest.Answer{Judge: func() check.Result { return exercises.CheckBackward(stubBackward) }, Kind: check.Wrong, Case: "comes first"},
		Solution: func() check.Result { return exercises.CheckBackward(solutionBackward) },
		Right: map[string]func() check.Result{
			"library":  func() check.Result { return exercises.CheckBackward(rightBackward(right.LibraryBackward)) },
			"reversed": func() check.Result { return exercises.CheckBackward(rightBackward(right.ReversedBackward)) },
		},
		Wrong: map[string]checktest.Answer{
			"forward": {Judge: func() check.Result { return exercises.CheckBackward(wrong.ForwardBackward) }, Kind: check.Wrong, Case: "comes first"},
			"short":   {Judge: func() check.Result { return exercises.CheckBackward(wrong.ShortBackward) }, Kind: check.Wrong, Case: "comes first"},
			"deaf":    {Judge: func() check.Result { return exercises.CheckBackward(wrong.DeafBackward) }, Kind: check.Panicked, Case: "break off"},
			"once":    {Judge: func() check.Result { return exercises.CheckBackward(wrong.OnceBackward) }, Kind: check.Wrong, Case: "starts again"},
		},
	},
	{
		Name:     "take",
		Stub:     checktest.Answer{Judge: func() check.Result { return exercises.CheckTake(stub.Take[int]) }, Kind: check.Wrong, Case: "no value too many"},
		Solution: func() check.Result { return exercises.CheckTake(solution.Take[int]) },
		Right: map[string]func() check.Result{
			"pull": func() check.Result { return exercises.CheckTake(right.PullTake[int]) },
			"call": func() check.Result { return exercises.CheckTake(right.CallTake[int]) },
		},
		Wrong: map[string]checktest.Answer{
			"late":    {Judge: func() check.Result { return exercises.CheckTake(wrong.LateTake[int]) }, Kind: check.Wrong, Case: "no value too many"},
			"first":   {Judge: func() check.Result { return exercises.CheckTake(wrong.FirstTake[int]) }, Kind: check.Wrong, Case: "of nothing"},
			"once":    {Judge: func() check.Result { return exercises.CheckTake(wrong.OnceTake[int]) }, Kind: check.Wrong, Case: "starts again"},
			"collect": {Judge: func() check.Result { return exercises.CheckTake(wrong.CollectTake[int]) }, Kind: check.Wrong, Case: "no value too many"},
		},
	},
	{
		Name:     "equal",
		Stub:     checktest.Answer{Judge: func() check.Result { return exercises.CheckEqual(stub.Equal[int]) }, Kind: check.Wrong, Case: "in the middle"},
		Solution: func() check.Result { return exercises.CheckEqual(solution.Equal[int]) },
		Right: map[string]func() check.Result{
			"half": func() check.Result { return exercises.CheckEqual(right.HalfEqual[int]) },
			"tidy": func() check.Result { return exercises.CheckEqual(right.TidyEqual[int]) },
		},
		Wrong: map[string]checktest.Answer{
			"half":    {Judge: func() check.Result { return exercises.CheckEqual(wrong.HalfEqual[int]) }, Kind: check.Wrong, Case: "in the middle"},
			"short":   {Judge: func() check.Result { return exercises.CheckEqual(wrong.ShortEqual[int]) }, Kind: check.Wrong, Case: "different ones"},
			"collect": {Judge: func() check.Result { return exercises.CheckEqual(wrong.CollectEqual[int]) }, Kind: check.Wrong, Case: "first difference"},
		},
	},
	{
		Name:     "pairwise",
		Stub:     checktest.Answer{Judge: func() check.Result { return exercises.CheckPairwise(stub.Pairwise[int]) }, Kind: check.Wrong, Case: "neighbours"},
		Solution: func() check.Result { return exercises.CheckPairwise(solution.Pairwise[int]) },
		Right: map[string]func() check.Result{
			"pull":    func() check.Result { return exercises.CheckPairwise(right.PullPairwise[int]) },
			"pointer": func() check.Result { return exercises.CheckPairwise(right.PointerPairwise[int]) },
		},
		Wrong: map[string]checktest.Answer{
			"first": {Judge: func() check.Result { return exercises.CheckPairwise(wrong.FirstPairwise[int]) }, Kind: check.Wrong, Case: "neighbours"},
			"zero":  {Judge: func() check.Result { return exercises.CheckPairwise(wrong.ZeroPairwise[int]) }, Kind: check.Wrong, Case: "0 is a number"},
			"deaf":  {Judge: func() check.Result { return exercises.CheckPairwise(wrong.DeafPairwise[int]) }, Kind: check.Panicked, Case: "break off"},
			"once":  {Judge: func() check.Result { return exercises.CheckPairwise(wrong.OncePairwise[int]) }, Kind: check.Wrong, Case: "starts again"},
		},
	},
	{
		Name:     "merge",
		Stub:     checktest.Answer{Judge: func() check.Result { return exercises.CheckMerge(stub.Merge[int]) }, Kind: check.Wrong, Case: "in order"},
		Solution: func() check.Result { return exercises.CheckMerge(solution.Merge[int]) },
		Right: map[string]func() check.Result{
			"pull":  func() check.Result { return exercises.CheckMerge(right.PullMerge[int]) },
			"ahead": func() check.Result { return exercises.CheckMerge(right.AheadMerge[int]) },
		},
		Wrong: map[string]checktest.Answer{
			"sort":  {Judge: func() check.Result { return exercises.CheckMerge(wrong.SortMerge[int]) }, Kind: check.Wrong, Case: "nothing is collected"},
			"short": {Judge: func() check.Result { return exercises.CheckMerge(wrong.ShortMerge[int]) }, Kind: check.Wrong, Case: "in order"},
			"leaky": {Judge: func() check.Result { return exercises.CheckMerge(wrong.LeakyMerge[int]) }, Kind: check.Wrong, Case: "left open"},
		},
	},
}
