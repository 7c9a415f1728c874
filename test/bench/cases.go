package main

import (
	"fmt"
	"strings"
)

// benchCase is one cell and the ordinary program that does the same.
type benchCase struct {
	name      string
	imports   []string // of the ordinary program
	decls     string   // top level, in both
	body      string   // of main, in both; %d is the number of the edit
	unchanged bool     // the cell is sent again as it was
	fails     bool     // it does not compile
}

var cases = []benchCase{
	{name: "edited, 1 line", imports: []string{"fmt"}, body: `fmt.Println("edit", %d)`},
	{name: "edited, 20-line pool", imports: []string{"fmt", "sync"}, decls: poolDecls, body: poolBody},
	{name: "unchanged, 20-line pool", imports: []string{"fmt", "sync"}, decls: poolDecls, body: poolBody, unchanged: true},
	{name: "compile error", imports: []string{"fmt", "sync"}, decls: poolDecls, body: poolBody + "\nvar s string = %[1]d\n_ = s", fails: true},
	{name: "edited, imports net/http", imports: []string{"fmt", "net/http"}, body: `fmt.Println("edit", %d, http.StatusText(http.StatusTeapot), http.DefaultClient.Timeout)`},
	{name: "edited, kernelext.Lanes", imports: []string{"fmt", "sync", "lanebook/kernelext"}, decls: poolDecls, body: "kernelext.Lanes(func() {\n" + poolBody + "\n})"},
}

const poolDecls = `func work(jobs <-chan int, results chan<- int) {
	for j := range jobs {
		results <- j * j
	}
}
`

const poolBody = `jobs, results := make(chan int), make(chan int, 100)
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() { work(jobs, results) })
	}
	for i := range 10 {
		jobs <- i + %[1]d
	}
	close(jobs)
	wg.Wait()
	close(results)
	sum := 0
	for r := range results {
		sum += r
	}
	fmt.Println("sum", sum)`

// cell is what a learner would send. Imports of the standard library are left
// to the kernel, as learners do.
func (c benchCase) cell(edit int) string {
	var b strings.Builder
	for _, path := range c.imports {
		if strings.HasPrefix(path, "lanebook/") {
			fmt.Fprintf(&b, "import %q\n", path)
		}
	}
	fmt.Fprintf(&b, "%s\n%%%%\n%s\n", c.decls, fmt.Sprintf(c.body, edit))
	return b.String()
}

// program is the same as a main.go.
func (c benchCase) program(edit int) string {
	return fmt.Sprintf("package main\n\nimport (\n\t\"%s\"\n)\n\n%s\nfunc main() {\n\t%s\n}\n",
		strings.Join(c.imports, "\"\n\t\""), c.decls, fmt.Sprintf(c.body, edit))
}
