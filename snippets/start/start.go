// Package start is the code of chapter 00, which shows how the notebooks work:
// a few functions small enough that nobody has to think about them.
package start

import "time"

// visits begins at 0 in every program, and so in every cell.
var visits int

// Visit counts a visit, and says which one it was.
func Visit() int {
	visits++
	return visits
}

// Average is the mean of the numbers, or 0 if there are none.
func Average(numbers ...float64) float64 {
	if len(numbers) == 0 {
		return 0
	}
	sum := 0.0
	for _, n := range numbers {
		sum += n
	}
	return sum / float64(len(numbers))
}

// Dish is something for breakfast, and how long it takes.
type Dish struct {
	Name    string
	Minutes int
}

// Breakfast is what this chapter cooks.
func Breakfast() []Dish {
	return []Dish{{"tea", 3}, {"toast", 2}, {"egg", 4}}
}

// minute is how long a minute takes in a kitchen that is in a hurry.
const minute = 5 * time.Millisecond

// Cook waits until the dish is ready.
func (d Dish) Cook() {
	time.Sleep(time.Duration(d.Minutes) * minute)
}
