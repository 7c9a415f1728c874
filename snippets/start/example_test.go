package start_test

import (
	"fmt"

	"lanebook/kernelext"
	"lanebook/snippets/start"
)

func Example_imported() {
	fmt.Println("the mean of 1, 2 and 6:", start.Average(1, 2, 6))
	// Output: the mean of 1, 2 and 6: 3
}

func Example_show() {
	kernelext.Table(start.Breakfast())
	kernelext.Markdown("**Bold**, *slanted*, and `code`.")
}
