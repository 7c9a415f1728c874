package exercises_test

import (
	"testing"

	"lanebook/internal/checktest"
	"lanebook/kernelext/check"
	"lanebook/snippets/pools/exercises"
	"lanebook/snippets/pools/exercises/right"
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
		Right: map[string]func() check.Result{
			"workers":   func() check.Result { return exercises.CheckMap(right.WorkerMap[int, string]) },
			"semaphore": func() check.Result { return exercises.CheckMap(right.SemaphoreMap[int, string]) },
			"counting":  func() check.Result { return exercises.CheckMap(right.CountingMap[int, string]) },
		},
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
		Name:     "composite",
		Stub:     checktest.Answer{Judge: func() check.Result { return exercises.CheckFirstComposite(stub.FirstComposite) }, Kind: check.Wrong, Case: "it finds"},
		Solution: func() check.Result { return exercises.CheckFirstComposite(solution.FirstComposite) },
		Right: map[string]func() check.Result{
			"flag": func() check.Result { return exercises.CheckFirstComposite(right.FlagComposite) },
			"pool": func() check.Result { return exercises.CheckFirstComposite(right.PoolComposite) },
		},
		Wrong: map[string]checktest.Answer{
			"curious":    {Judge: func() check.Result { return exercises.CheckFirstComposite(wrong.CuriousComposite) }, Kind: check.Late},
			"one by one": {Judge: func() check.Result { return exercises.CheckFirstComposite(wrong.OneByOneComposite) }, Kind: check.Sequential},
			"racy":       {Judge: func() check.Result { return exercises.CheckFirstComposite(wrong.RacyComposite) }, Kind: check.Race},
			"leaky":      {Judge: func() check.Result { return exercises.CheckFirstComposite(wrong.LeakyComposite) }, Kind: check.Leak},
			"sure":       {Judge: func() check.Result { return exercises.CheckFirstComposite(wrong.SureComposite) }, Kind: check.Wrong, Case: "none"},
		},
	},
	{
		Name:     "isprime",
		Stub:     checktest.Answer{Judge: func() check.Result { return exercises.CheckIsPrime(stub.IsPrime) }, Kind: check.Wrong, Case: "2 is a prime"},
		Solution: func() check.Result { return exercises.CheckIsPrime(solution.IsPrime) },
		Right: map[string]func() check.Result{
			"big": func() check.Result { return exercises.CheckIsPrime(right.BigIsPrime) },
			"six": func() check.Result { return exercises.CheckIsPrime(right.SixIsPrime) },
		},
		Wrong: map[string]checktest.Answer{
			"odd":     {Judge: func() check.Result { return exercises.CheckIsPrime(wrong.OddPrime) }, Kind: check.Wrong, Case: "2 is a prime"},
			"one":     {Judge: func() check.Result { return exercises.CheckIsPrime(wrong.OnePrime) }, Kind: check.Wrong, Case: "1 is none"},
			"square":  {Judge: func() check.Result { return exercises.CheckIsPrime(wrong.SquarePrime) }, Kind: check.Wrong, Case: "squares"},
			"endless": {Judge: func() check.Result { return exercises.CheckIsPrime(wrong.EndlessPrime) }, Kind: check.Endless},
		},
	},
	{
		Name:     "copyall",
		Stub:     checktest.Answer{Judge: func() check.Result { return exercises.CheckCopyAll(stub.CopyAll) }, Kind: check.Wrong, Case: "does not stop"},
		Solution: func() check.Result { return exercises.CheckCopyAll(solution.CopyAll) },
		Right: map[string]func() check.Result{
			"parallel": func() check.Result { return exercises.CheckCopyAll(right.ParallelCopyAll) },
		},
		Wrong: map[string]checktest.Answer{
			"silent": {Judge: func() check.Result { return exercises.CheckCopyAll(wrong.SilentCopyAll) }, Kind: check.Wrong, Case: "does not stop"},
			"last":   {Judge: func() check.Result { return exercises.CheckCopyAll(wrong.LastCopyAll) }, Kind: check.Wrong, Case: "all errors"},
			"proud":  {Judge: func() check.Result { return exercises.CheckCopyAll(wrong.ProudCopyAll) }, Kind: check.Wrong, Case: "does not stop"},
			"deaf":   {Judge: func() check.Result { return exercises.CheckCopyAll(wrong.DeafCopyAll) }, Kind: check.Wrong, Case: "cancelled"},
			"fatal":  {Judge: func() check.Result { return exercises.CheckCopyAll(wrong.FatalCopyAll) }, Kind: check.Exited},
		},
	},
	{
		Name:     "squares",
		Stub:     checktest.Answer{Judge: func() check.Result { return exercises.CheckSquares(stub.Squares) }, Kind: check.Panicked, Case: "several workers"},
		Solution: func() check.Result { return exercises.CheckSquares(solution.Squares) },
		Right: map[string]func() check.Result{
			"index":       func() check.Result { return exercises.CheckSquares(right.IndexSquares) },
			"counted":     func() check.Result { return exercises.CheckSquares(right.CountedSquares) },
			"last closes": func() check.Result { return exercises.CheckSquares(right.LastSquares) },
		},
		Wrong: map[string]checktest.Answer{
			// The missing squares may be seen before anybody sends them.
			"once":    {Judge: func() check.Result { return exercises.CheckSquares(wrong.OnceSquares) }, Kind: check.Panicked, Also: []check.Kind{check.Wrong}, Case: "several workers", Racy: true},
			"lost":    {Judge: func() check.Result { return exercises.CheckSquares(wrong.LostSquares) }, Kind: check.Race},
			"stuck":   {Judge: func() check.Result { return exercises.CheckSquares(wrong.StuckSquares) }, Kind: check.Deadlock},
			"leaky":   {Judge: func() check.Result { return exercises.CheckSquares(wrong.LeakySquares) }, Kind: check.Leak},
			"endless": {Judge: func() check.Result { return exercises.CheckSquares(wrong.EndlessSquares) }, Kind: check.Endless},
		},
	},
}
