package generators

// The cells of chapter 08 that use declarations the learner has in front of
// them, in an earlier cell, and may change: no package name before them. Those
// that draw or time something have no fixed output.

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"lanebook/kernelext"
	"lanebook/kernelext/figure"
	"lanebook/snippets/iterators"
)

func Example_nothingRuns() {
	squares := func(n int) iter.Seq[int] {
		fmt.Println("called")
		return func(yield func(int) bool) {
			fmt.Println("begun")
			for i := range n {
				if !yield(i * i) {
					fmt.Println("left early")
					return
				}
			}
			fmt.Println("done")
		}
	}

	gen := squares(3)
	fmt.Println("nobody has asked yet")
	for sq := range gen {
		fmt.Println(sq)
	}
	// Output:
	// called
	// nobody has asked yet
	// begun
	// 0
	// 1
	// 4
	// done
}

func ExampleCoro() {
	numbers := New(func(_ any, yield func(int) (any, bool)) {
		for i := range 5 {
			sent, ok := yield(i)
			if !ok {
				return
			}
			fmt.Println(sent)
		}
	})
	defer numbers.Close()

	for range 4 {
		i, _ := numbers.Send(nil)
		fmt.Println(i)
	}
	i, _ := numbers.Send("哈哈")
	fmt.Println(i)
	// Output:
	// 0
	// <nil>
	// 1
	// <nil>
	// 2
	// <nil>
	// 3
	// 哈哈
	// 4
}

func Example_sent() {
	fibs := New(func(_ string, yield func(int) (string, bool)) {
		for a, b := 0, 1; ; a, b = b, a+b {
			sent, ok := yield(a)
			if !ok {
				return
			}
			fmt.Println(">>>ret>>>>", sent)
		}
	})
	defer fibs.Close()

	ret, _ := fibs.Send("") // begins; nobody receives this text
	fmt.Println(ret)
	ret, _ = fibs.Send("hahahha")
	fmt.Println(ret)
	// Output:
	// 0
	// >>>ret>>>> hahahha
	// 1
}

func ExampleAverager() {
	mean := Averager()
	defer mean.Close()
	for _, v := range []float64{10, 20, 30} {
		avg, _ := mean.Send(v)
		fmt.Printf("%.1f\n", avg)
	}
	// Output:
	// 10.0
	// 15.0
	// 20.0
}

func Example_sendSteps() {
	steps := figure.NewSteps("what travels", "main", "averager")
	mean := New(func(v float64, yield func(float64) (float64, bool)) {
		total, count := 0.0, 0.0
		for ok := true; ok; v, ok = yield(total / count) {
			total, count = total+v, count+1
			state := fmt.Sprintf("%g / %g", total, count)
			steps.Send("averager", "main", fmt.Sprintf("yield(%g)", total/count), state)
		}
	})
	defer mean.Close()
	for _, v := range []float64{10, 20, 30} {
		steps.Send("main", "averager", fmt.Sprintf("Send(%g)", v))
		avg, _ := mean.Send(v)
		steps.Do("main", fmt.Sprintf("got %g", avg))
	}
	steps.Draw()
}

func Example_pingpong() {
	kernelext.Lanes(func() {
		mean := New(func(v float64, yield func(float64) (float64, bool)) {
			kernelext.Name("averager")
			total, count := 0.0, 0.0
			for ok := true; ok; v, ok = yield(total / count) {
				iterators.Work(2 * time.Millisecond)
				total, count = total+v, count+1
			}
		})
		defer mean.Close()
		for _, v := range []float64{10, 20, 30} {
			kernelext.Mark(fmt.Sprintf("send %g", v))
			avg, _ := mean.Send(v)
			kernelext.Mark(fmt.Sprintf("got %g", avg))
			iterators.Work(2 * time.Millisecond)
		}
	})
}

func ExampleSummer() {
	sums := Summer(func(line string) { fmt.Println(line) })
	defer sums.Close()

	sums.Send(nil)    // begins
	sums.Send(new(2)) // a pointer to a variable that holds 2
	sums.Send(new(3))
	sums.Send(nil)
	// Output:
	// 加 2
	// 加 3
	// 加 None
	// 加和总数是: 5
}

func Example_leak() {
	kernelext.Lanes(func() {
		for n := range LeakyGen(1000) {
			kernelext.Mark(fmt.Sprint("took ", n))
			time.Sleep(time.Millisecond)
			if n == 3 {
				break
			}
		}
	})
}

func Example_watchLeak() {
	kernelext.Watch(func() {
		for n := range LeakyGen(1000) {
			fmt.Println("took", n)
			if n == 3 {
				break
			}
		}
	})
}

func Example_noLeak() {
	kernelext.Lanes(func() {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		for n := range ChanGen(ctx, 1000) {
			kernelext.Mark(fmt.Sprint("took ", n))
			time.Sleep(time.Millisecond)
			if n == 3 {
				break
			}
		}
		cancel()
		time.Sleep(time.Millisecond) // so that its end is in the picture
	})
}

func Example_chunks() {
	sep := []byte("{|}")
	file := []byte("alpha{|}beta{|}gamma")
	const chunk = 7

	steps := figure.NewSteps("seven bytes at a time", "file", "buffer", "loop")
	var buf []byte
	for part := range slices.Chunk(file, chunk) {
		buf = append(buf, part...)
		steps.Send("file", "buffer", string(part), string(buf))
		for {
			record, rest, found := bytes.Cut(buf, sep)
			if !found {
				break
			}
			buf = rest
			steps.Send("buffer", "loop", string(record), string(buf))
		}
	}
	steps.Send("buffer", "loop", string(buf)) // the end of the file
	steps.Draw()
}

func ExampleRecords() {
	file := strings.NewReader("first{|}second{|}")
	for record, err := range Records(file, []byte("{|}")) {
		fmt.Printf("%q %v\n", record, err)
	}
	// Output:
	// "first" <nil>
	// "second" <nil>
	// "" <nil>
}

func ExampleSplitOn() {
	scanner := bufio.NewScanner(strings.NewReader("first{|}second{|}"))
	scanner.Split(SplitOn([]byte("{|}")))
	for scanner.Scan() {
		fmt.Printf("%q\n", scanner.Text())
	}
	fmt.Println("error:", scanner.Err())

	huge := strings.Repeat("x", 100_000)
	scanner = bufio.NewScanner(strings.NewReader(huge + "{|}small"))
	scanner.Split(SplitOn([]byte("{|}")))
	for scanner.Scan() {
		fmt.Printf("%q\n", scanner.Text())
	}
	fmt.Println("error:", scanner.Err())
	// Output:
	// "first"
	// "second"
	// error: <nil>
	// error: bufio.Scanner: token too long
}
