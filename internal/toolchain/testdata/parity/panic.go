package main

import "fmt"

func glue() { panic("from the glue") }

//line cell[3]:2:1
func divide(a, b int) int {
	return a / b
}

func main() {
	defer func() { fmt.Println("recovered", recover()); glue() }()
//line cell[4]:9:1
	fmt.Println(divide(1, 0))
}
