package exercises_test

import (
	"testing"

	"lanebook/internal/checktest"
	"lanebook/kernelext/check"
	"lanebook/snippets/locks/exercises"
	"lanebook/snippets/locks/exercises/right"
	"lanebook/snippets/locks/exercises/solution"
	"lanebook/snippets/locks/exercises/stub"
	"lanebook/snippets/locks/exercises/wrong"
)

func TestMain(m *testing.M) { checktest.Main(m, all) }

func TestExercises(t *testing.T) { checktest.Run(t, all) }

var all = []checktest.Exercise{
	{
		Name:     "account",
		Stub:     checktest.Answer{Judge: func() check.Result { return exercises.CheckAccount(pointer[stub.Account]) }, Kind: check.Race},
		Solution: func() check.Result { return exercises.CheckAccount(pointer[solution.Account]) },
		Right: map[string]func() check.Result{
			"rw":      func() check.Result { return exercises.CheckAccount(pointer[right.RWAccount]) },
			"atomic":  func() check.Result { return exercises.CheckAccount(pointer[right.AtomicAccount]) },
			"channel": func() check.Result { return exercises.CheckAccount(right.NewChanAccount) },
		},
		Wrong: map[string]checktest.Answer{
			"peeking": {Judge: func() check.Result { return exercises.CheckAccount(pointer[wrong.PeekingAccount]) }, Kind: check.Race},
			"gappy":   {Judge: func() check.Result { return exercises.CheckAccount(pointer[wrong.GappyAccount]) }, Kind: check.Wrong, Case: "ten get it"},
			"keeping": {Judge: func() check.Result { return exercises.CheckAccount(pointer[wrong.KeepingAccount]) }, Kind: check.Deadlock, Case: "what is withdrawn"},
		},
	},
	{
		Name:     "transfer",
		Stub:     checktest.Answer{Judge: func() check.Result { return exercises.CheckTransfer(stub.NewVault, stub.Transfer) }, Kind: check.Deadlock, Case: "each way"},
		Solution: func() check.Result { return exercises.CheckTransfer(solution.NewVault, solution.Transfer) },
		Right: map[string]func() check.Result{
			"policed":   func() check.Result { return exercises.CheckTransfer(right.NewVault, right.PolicedTransfer()) },
			"two steps": func() check.Result { return exercises.CheckTransfer(right.NewVault, right.TwoStepTransfer) },
			"trying":    func() check.Result { return exercises.CheckTransfer(right.NewVault, right.TryingTransfer) },
		},
		Wrong: map[string]checktest.Answer{
			"thoughtless": {Judge: func() check.Result { return exercises.CheckTransfer(wrong.NewVault, wrong.ThoughtlessTransfer) }, Kind: check.Deadlock, Case: "each way"},
			"poorest":     {Judge: func() check.Result { return exercises.CheckTransfer(wrong.NewVault, wrong.PoorestTransfer) }, Kind: check.Deadlock, Case: "each way"},
			"bare":        {Judge: func() check.Result { return exercises.CheckTransfer(wrong.NewVault, wrong.BareTransfer) }, Kind: check.Race},
			"selfish":     {Judge: func() check.Result { return exercises.CheckTransfer(wrong.NewVault, wrong.SelfishTransfer) }, Kind: check.Deadlock, Case: "oneself"},
			"keeping":     {Judge: func() check.Result { return exercises.CheckTransfer(wrong.NewVault, wrong.KeepingTransfer) }, Kind: check.Deadlock, Case: "not there"},
			"generous":    {Judge: func() check.Result { return exercises.CheckTransfer(wrong.NewVault, wrong.GenerousTransfer) }, Kind: check.Wrong, Case: "not there"},
		},
	},
	{
		Name:     "cache",
		Stub:     checktest.Answer{Judge: func() check.Result { return exercises.CheckCache(pointer[stub.Cache]) }, Kind: check.Sequential, Case: "different keys"},
		Solution: func() check.Result { return exercises.CheckCache(pointer[solution.Cache]) },
		Right: map[string]func() check.Result{
			"sync map":  func() check.Result { return exercises.CheckCache(pointer[right.SyncMapCache]) },
			"promise":   func() check.Result { return exercises.CheckCache(pointer[right.PromiseCache]) },
			"key locks": func() check.Result { return exercises.CheckCache(pointer[right.KeyLockCache]) },
		},
		Wrong: map[string]checktest.Answer{
			"racy":      {Judge: func() check.Result { return exercises.CheckCache(pointer[wrong.RacyCache]) }, Kind: check.Race},
			"eager":     {Judge: func() check.Result { return exercises.CheckCache(pointer[wrong.EagerCache]) }, Kind: check.Order, Case: "the same key"},
			"upgrading": {Judge: func() check.Result { return exercises.CheckCache(pointer[wrong.UpgradingCache]) }, Kind: check.Deadlock, Case: "asked twice"},
			"forgetful": {Judge: func() check.Result { return exercises.CheckCache(pointer[wrong.ForgetfulCache]) }, Kind: check.Order, Case: "asked twice"},
		},
	},
	{
		Name:     "stats",
		Stub:     checktest.Answer{Judge: func() check.Result { return exercises.CheckStats(pointer[stub.Stats]) }, Kind: check.Race},
		Solution: func() check.Result { return exercises.CheckStats(pointer[solution.Stats]) },
		Right: map[string]func() check.Result{
			"snapshot": func() check.Result { return exercises.CheckStats(pointer[right.SnapshotStats]) },
			"list":     func() check.Result { return exercises.CheckStats(pointer[right.ListStats]) },
		},
		Wrong: map[string]checktest.Answer{
			"late":   {Judge: func() check.Result { return exercises.CheckStats(pointer[wrong.LateStats]) }, Kind: check.Race},
			"nested": {Judge: func() check.Result { return exercises.CheckStats(pointer[wrong.NestedStats]) }, Kind: check.Deadlock, Case: "it counts"},
			"split":  {Judge: func() check.Result { return exercises.CheckStats(pointer[wrong.SplitStats]) }, Kind: check.Wrong, Case: "many may add"},
		},
	},
	{
		Name:     "safe",
		Stub:     checktest.Answer{Judge: func() check.Result { return exercises.CheckSafe(stub.Safe) }, Kind: check.Wrong, Case: "at once"},
		Solution: func() check.Result { return exercises.CheckSafe(solution.Safe) },
		Right: map[string]func() check.Result{
			"recursive": func() check.Result { return exercises.CheckSafe(right.RecursiveSafe) },
		},
		Wrong: map[string]checktest.Answer{
			"once":     {Judge: func() check.Result { return exercises.CheckSafe(wrong.OnceSafe) }, Kind: check.Wrong, Case: "gives back"},
			"first":    {Judge: func() check.Result { return exercises.CheckSafe(wrong.FirstSafe) }, Kind: check.Wrong, Case: "every resource"},
			"spending": {Judge: func() check.Result { return exercises.CheckSafe(wrong.SpendingSafe) }, Kind: check.Wrong, Case: "changes nothing"},
			"trusting": {Judge: func() check.Result { return exercises.CheckSafe(wrong.TrustingSafe) }, Kind: check.Wrong, Case: "never be served"},
		},
	},
}

// pointer returns a new T, as a learner's constructor would.
func pointer[T any]() *T { return new(T) }
