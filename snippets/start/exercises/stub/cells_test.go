package stub

// What the cells around the exercises run.

import (
	"fmt"

	"lanebook/snippets/start/exercises"
)

func ExampleEggs() {
	exercises.CheckEggs(Eggs)
}

func ExampleAverage() {
	exercises.CheckAverage(Average)
}

func Example_buy() {
	basket = append(basket, "tea", "toast", "egg")
	fmt.Println("bought:", Basket())
	// Output: bought: [tea toast egg]
}

func ExampleBasket() {
	exercises.CheckBasket(Basket)
}
