package main

//line cell[5]:1:1
func main() {
	c := make(chan int)
	go func() { c <- 1; c <- 2 }()
	<-c
	<-c
	<-c
}
