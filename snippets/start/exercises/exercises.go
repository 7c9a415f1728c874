// Package exercises judges the answers to the exercises of chapter 00. Beside
// it, stub holds the starting points, solution one good answer each, and wrong
// the answers that must be turned down.
package exercises

import (
	"slices"

	"lanebook/kernelext/check"
)

// CheckEggs judges the number of eggs for five guests, two each.
func CheckEggs(eggs func() int) check.Result {
	return check.Run(check.Say("Eggs for five", "五个人的鸡蛋"),
		check.That(check.Say("two eggs for each of 5 guests", "5 位客人，每人两个"), func(t *check.T) {
			t.Try("Eggs()")
			t.Look(check.Say("how many guests does the cell count on?", "单元格里是按几位客人算的？"))
			check.Equal(t, eggs(), 10)
		}),
	)
}

// CheckAverage judges the mean of whole numbers.
func CheckAverage(average func(numbers ...int) float64) check.Result {
	return check.Run(check.Say("Average", "平均值"),
		check.That(check.Say("of equal numbers, that number", "几个相同的数，就是那个数"), func(t *check.T) {
			t.Try("Average(4, 4, 4)")
			check.Equal(t, average(4, 4, 4), 4)
		}),
		check.That(check.Say("it may have a fraction", "可以有小数"), func(t *check.T) {
			t.Try("Average(1, 2)")
			t.Look(check.Say("in Go, 3 / 2 of whole numbers is 1", "在 Go 里，整数的 3 / 2 是 1"))
			check.Equal(t, average(1, 2), 1.5)
		}),
		check.That(check.Say("of no numbers at all it is 0", "一个数也没有，就是 0"), func(t *check.T) {
			t.Try("Average()")
			check.Equal(t, average(), 0)
		}),
		check.ForAll(check.Say("right for any numbers", "不管什么数都对"), check.Slices(check.Ints(-9, 99), 12), func(t *check.T, numbers []int) {
			if len(numbers) == 0 {
				return
			}
			t.Try("Average(numbers...) // numbers: %v", numbers)
			sum := 0
			for _, n := range numbers {
				sum += n
			}
			check.Equal(t, average(numbers...), float64(sum)/float64(len(numbers)))
		}),
	)
}

// CheckBasket judges a basket that holds the breakfast in every cell.
func CheckBasket(basket func() []string) check.Result {
	want := []string{"tea", "toast", "egg"}
	return check.Run(check.Say("The basket", "篮子"),
		check.That(check.Say("everything is in it", "东西都在里面"), func(t *check.T) {
			t.Try("Basket()")
			t.Look(check.Say("does the cell that put something in run in this program?", "往里放东西的那个单元格，在这个程序里运行了吗？"))
			check.Equal(t, slices.Clone(basket()), want)
		}),
		check.That(check.Say("and nothing twice, however often you look", "看多少次，也没有哪样多出来"), func(t *check.T) {
			t.Try("Basket(), Basket()")
			basket()
			check.Equal(t, slices.Clone(basket()), want)
		}),
	)
}
