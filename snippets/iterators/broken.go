//go:build broken

package iterators

import "fmt"

// What the compiler refuses. This file is compiled only with the tag broken, by
// a test that looks at what the compiler says.

func notIterable() {
	var list MyList
	list.Add(1)
	list.Add(2)
	list.Add(3)
	for num := range list {
		fmt.Println(num)
	}
}
