// Package stub holds the starting points of the exercises of chapter 00: they
// compile, and they are wrong or unfinished.
package stub

// guests come to breakfast. Today there are five.
const guests = 3

// Eggs is how many eggs to boil: two for each guest.
func Eggs() int { return 2 * guests }

// Average is the mean of the numbers, or 0 if there are none.
func Average(numbers ...int) float64 {
	sum := 0
	for _, n := range numbers {
		sum += n
	}
	return float64(sum / len(numbers))
}

// basket holds what was bought.
var basket []string

// Basket returns what is in the basket: tea, toast and egg. Or does it?
func Basket() []string { return basket }
