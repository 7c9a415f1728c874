// Package exercises judges the answers to the exercises on pools. Beside it,
// stub holds the starting points, solution one good answer each, and wrong the
// answers that must be turned down.
package exercises

import (
	"context"
	"errors"
	"fmt"

	"lanebook/kernelext/check"
)

// CheckMap judges a Map for whole numbers: results in the order of the input,
// a bounded number of calls at a time, an end at the first error.
func CheckMap(mapInts func(ctx context.Context, in []int, workers int, f func(context.Context, int) (string, error)) ([]string, error)) check.Result {
	return check.Run(check.Say("Map, in order", "保持顺序的 Map"),
		check.That(check.Say("every element has its result, in the order of the input", "每个元素都有结果，顺序与输入相同"), func(t *check.T) {
			t.Try("Map(ctx, [1 2 3 4 5 6], 1, f)")
			got, err := mapInts(context.Background(), []int{1, 2, 3, 4, 5, 6}, 1, func(_ context.Context, v int) (string, error) {
				return fmt.Sprint("r", v), nil
			})
			check.NoError(t, err)
			check.Equal(t, got, []string{"r1", "r2", "r3", "r4", "r5", "r6"})
		}),
		check.That(check.Say("3 workers: 3 calls at the same time, and the order stays", "3 个 worker：同时进行 3 个调用，顺序不变"), func(t *check.T) {
			t.Try("Map(ctx, [1 2 3], 3, f)")
			// Whoever comes first ends last.
			calls := check.CallsOf[int](t).Together(3)
			ends := []chan struct{}{make(chan struct{}), make(chan struct{}), make(chan struct{})}
			close(ends[2])
			got, err := mapInts(context.Background(), []int{1, 2, 3}, 3, func(_ context.Context, v int) (string, error) {
				defer calls.Begin(v)()
				<-ends[v-1]
				if v > 1 {
					close(ends[v-2])
				}
				return fmt.Sprint("r", v), nil
			})
			check.NoError(t, err)
			check.Equal(t, got, []string{"r1", "r2", "r3"})
		}),
		check.That(check.Say("never more calls at a time than workers", "同时进行的调用绝不多于 worker"), func(t *check.T) {
			t.Try("Map(ctx, [1 2 3 4 5 6 7 8 9], 3, f)")
			calls := check.CallsOf[int](t).Together(3).AtMost(3)
			in := []int{1, 2, 3, 4, 5, 6, 7, 8, 9}
			_, err := mapInts(context.Background(), in, 3, func(_ context.Context, v int) (string, error) {
				defer calls.Begin(v)()
				return "", nil
			})
			check.NoError(t, err)
			calls.OnceEach(in...)
		}),
		check.That(check.Say("the first error comes back, and no other element is begun", "返回第一个错误，此后不再处理别的元素"), func(t *check.T) {
			t.Try(check.Say("Map(ctx, [1 2 3 4 5], 1, f), where f fails for 2", "Map(ctx, [1 2 3 4 5], 1, f)，其中 f 处理 2 时出错"))
			t.Look(check.Say("what does an element look at before it is begun?", "每个元素开始之前，要先看什么？"))
			broken := errors.New("broken")
			calls := check.CallsOf[int](t)
			_, err := mapInts(context.Background(), []int{1, 2, 3, 4, 5}, 1, func(_ context.Context, v int) (string, error) {
				defer calls.Begin(v)()
				if v == 2 {
					calls.Stop(check.Say("the error", "出错"), 0)
					return "", broken
				}
				return "", nil
			})
			check.ErrorIs(t, err, broken)
		}),
		check.That(check.Say("cancelling the context ends it", "取消 context，就会结束"), func(t *check.T) {
			t.Try(check.Say("Map(ctx, [1 2 3 4], 2, f), where f waits for ctx", "Map(ctx, [1 2 3 4], 2, f)，其中 f 等待 ctx 取消"))
			ctx, cancel := context.WithCancel(context.Background())
			calls := check.CallsOf[int](t).Together(2)
			_, err := mapInts(ctx, []int{1, 2, 3, 4}, 2, func(ctx context.Context, v int) (string, error) {
				defer calls.Begin(v)()
				t.Expect(check.Say("the context was cancelled, so Map must return", "context 已经取消，Map 应当返回"))
				cancel()
				<-ctx.Done()
				return "", ctx.Err()
			})
			check.ErrorIs(t, err, context.Canceled)
		}),
	)
}
