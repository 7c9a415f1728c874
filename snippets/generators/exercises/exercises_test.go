package exercises_test

import (
	"iter"
	"testing"

	"lanebook/internal/checktest"
	"lanebook/kernelext/check"
	"lanebook/snippets/generators/exercises"
	"lanebook/snippets/generators/exercises/right"
	"lanebook/snippets/generators/exercises/solution"
	"lanebook/snippets/generators/exercises/stub"
	"lanebook/snippets/generators/exercises/wrong"
)

func TestMain(m *testing.M) { checktest.Main(m, all) }

func TestExercises(t *testing.T) { checktest.Run(t, all) }

func stubTree(numbers ...int) iter.Seq[int] {
	var tree *stub.Tree
	for _, n := range numbers {
		tree = tree.Insert(n)
	}
	return tree.All()
}

func solutionTree(numbers ...int) iter.Seq[int] {
	var tree *solution.Tree
	for _, n := range numbers {
		tree = tree.Insert(n)
	}
	return tree.All()
}

func rightTree(walk func(*right.Tree) iter.Seq[int]) func(numbers ...int) iter.Seq[int] {
	return func(numbers ...int) iter.Seq[int] {
		var tree *right.Tree
		for _, n := range numbers {
			tree = tree.Insert(n)
		}
		return walk(tree)
	}
}

var all = []checktest.Exercise{
	{
		Name:     "median",
		Stub:     checktest.Answer{Judge: func() check.Result { return exercises.CheckMedian(stub.Median) }, Kind: check.Wrong, Case: "odd count"},
		Solution: func() check.Result { return exercises.CheckMedian(solution.Median) },
		Right: map[string]func() check.Result{
			"sorting":   func() check.Result { return exercises.CheckMedian(right.SortingMedian) },
			"recursive": func() check.Result { return exercises.CheckMedian(right.RecursiveMedian) },
		},
		Wrong: map[string]checktest.Answer{
			"mean":     {Judge: func() check.Result { return exercises.CheckMedian(wrong.MeanMedian) }, Kind: check.Wrong, Case: "even count"},
			"unsorted": {Judge: func() check.Result { return exercises.CheckMedian(wrong.UnsortedMedian) }, Kind: check.Wrong, Case: "odd count"},
			"upper":    {Judge: func() check.Result { return exercises.CheckMedian(wrong.UpperMedian) }, Kind: check.Wrong, Case: "even count"},
			"deaf":     {Judge: func() check.Result { return exercises.CheckMedian(wrong.DeafMedian) }, Kind: check.Wrong, Case: "after Close"},
		},
	},
	{
		Name:     "changen",
		Stub:     checktest.Answer{Judge: func() check.Result { return exercises.CheckChanGen(stub.ChanGen) }, Kind: check.Leak, Case: "while it waits"},
		Solution: func() check.Result { return exercises.CheckChanGen(solution.ChanGen) },
		Right: map[string]func() check.Result{
			"while": func() check.Result { return exercises.CheckChanGen(right.WhileChanGen) },
			"ahead": func() check.Result { return exercises.CheckChanGen(right.AheadChanGen) },
		},
		Wrong: map[string]checktest.Answer{
			"open":     {Judge: func() check.Result { return exercises.CheckChanGen(wrong.OpenChanGen) }, Kind: check.Deadlock, Case: "closed"},
			"dropping": {Judge: func() check.Result { return exercises.CheckChanGen(wrong.DroppingChanGen) }, Kind: check.Wrong, Case: "all numbers"},
			"roomy":    {Judge: func() check.Result { return exercises.CheckChanGen(wrong.RoomyChanGen) }, Kind: check.Panicked, Case: "when they are wanted"},
			"drained":  {Judge: func() check.Result { return exercises.CheckChanGen(wrong.DrainedChanGen) }, Kind: check.Leak, Case: "while it waits"},
		},
	},
	{
		Name:     "records",
		Stub:     checktest.Answer{Judge: func() check.Result { return exercises.CheckRecords(stub.Records) }, Kind: check.Wrong, Case: "one byte"},
		Solution: func() check.Result { return exercises.CheckRecords(solution.Records) },
		Right: map[string]func() check.Result{
			"bytes":   func() check.Result { return exercises.CheckRecords(right.ByteRecords) },
			"scanner": func() check.Result { return exercises.CheckRecords(right.ScannerRecords) },
		},
		Wrong: map[string]checktest.Answer{
			"matching": {Judge: func() check.Result { return exercises.CheckRecords(wrong.MatchingRecords) }, Kind: check.Wrong, Case: "looks like"},
			"silent":   {Judge: func() check.Result { return exercises.CheckRecords(wrong.SilentRecords) }, Kind: check.Wrong, Case: "an error"},
			"deaf":     {Judge: func() check.Result { return exercises.CheckRecords(wrong.DeafRecords) }, Kind: check.Panicked, Case: "break off"},
		},
	},
	{
		Name:     "dropempty",
		Stub:     checktest.Answer{Judge: func() check.Result { return exercises.CheckDropEmptyEnd(stub.DropEmptyEnd) }, Kind: check.Wrong, Case: "empty last record"},
		Solution: func() check.Result { return exercises.CheckDropEmptyEnd(solution.DropEmptyEnd) },
		Right: map[string]func() check.Result{
			"copying":  func() check.Result { return exercises.CheckDropEmptyEnd(right.CopyingDropEmptyEnd) },
			"counting": func() check.Result { return exercises.CheckDropEmptyEnd(right.CountingDropEmptyEnd) },
		},
		Wrong: map[string]checktest.Answer{
			"held":   {Judge: func() check.Result { return exercises.CheckDropEmptyEnd(wrong.HeldDropEmptyEnd) }, Kind: check.Wrong},
			"all":    {Judge: func() check.Result { return exercises.CheckDropEmptyEnd(wrong.AllDropEmptyEnd) }, Kind: check.Wrong, Case: "before the end"},
			"many":   {Judge: func() check.Result { return exercises.CheckDropEmptyEnd(wrong.ManyDropEmptyEnd) }, Kind: check.Wrong, Case: "only the last"},
			"silent": {Judge: func() check.Result { return exercises.CheckDropEmptyEnd(wrong.SilentDropEmptyEnd) }, Kind: check.Wrong, Case: "an error"},
		},
	},
	{
		Name:     "tree",
		Stub:     checktest.Answer{Judge: func() check.Result { return exercises.CheckTree(stubTree) }, Kind: check.Panicked, Case: "break off"},
		Solution: func() check.Result { return exercises.CheckTree(solutionTree) },
		Right: map[string]func() check.Result{
			"ranging":  func() check.Result { return exercises.CheckTree(rightTree((*right.Tree).Ranging)) },
			"stacking": func() check.Result { return exercises.CheckTree(rightTree((*right.Tree).Stacking)) },
		},
		Wrong: map[string]checktest.Answer{
			"root first": {Judge: func() check.Result { return exercises.CheckTree(wrong.RootFirst) }, Kind: check.Wrong, Case: "in order"},
			"left only":  {Judge: func() check.Result { return exercises.CheckTree(wrong.LeftOnly) }, Kind: check.Panicked, Case: "break off"},
		},
	},
}
