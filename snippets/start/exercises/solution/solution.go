// Package solution holds one good answer to each exercise of chapter 00.
package solution

// guests come to breakfast. Today there are five.
const guests = 5

// Eggs is how many eggs to boil: two for each guest.
func Eggs() int { return 2 * guests }

// Average is the mean of the numbers, or 0 if there are none.
func Average(numbers ...int) float64 {
	if len(numbers) == 0 {
		return 0
	}
	sum := 0
	for _, n := range numbers {
		sum += n
	}
	return float64(sum) / float64(len(numbers))
}

// basket holds what was bought.
var basket = []string{"tea", "toast", "egg"}

// Basket returns what is in the basket: tea, toast and egg.
func Basket() []string { return basket }
