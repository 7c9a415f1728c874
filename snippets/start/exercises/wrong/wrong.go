// Package wrong holds answers to the exercises of chapter 00 that must be turned
// down, each for a reason of its own. They are common mistakes.
package wrong

// OneEgg counts one egg for each guest.
func OneEgg() int { return 5 }

// RoundedAverage divides whole numbers.
func RoundedAverage(numbers ...int) float64 {
	if len(numbers) == 0 {
		return 0
	}
	sum := 0
	for _, n := range numbers {
		sum += n
	}
	return float64(sum / len(numbers))
}

// NoNumberAverage divides 0 by 0.
func NoNumberAverage(numbers ...int) float64 {
	sum := 0.0
	for _, n := range numbers {
		sum += float64(n)
	}
	return sum / float64(len(numbers))
}

// HalfAverage divides by 2, whatever it was given.
func HalfAverage(numbers ...int) float64 {
	sum := 0.0
	for _, n := range numbers {
		sum += float64(n)
	}
	return sum / 2
}

var filled []string

// FilledBasket goes shopping whenever somebody looks.
func FilledBasket() []string {
	filled = append(filled, "tea", "toast", "egg")
	return filled
}

// HalfBasket forgets the egg.
func HalfBasket() []string { return []string{"tea", "toast"} }
