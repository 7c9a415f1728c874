package toolchain

import (
	"context"
	"slices"
	"strings"
	"testing"
)

// What people have on the screen while they type, in the middle of all kinds of
// statements: the proposals must be there all the same.
func TestCompleteHalfDone(t *testing.T) {
	m := newModule(t, open(t))
	session := remember(t, m, remembered)
	for _, tt := range []struct {
		cell string
		want string // each of these
		not  string // none of these
	}{
		// Statements that have only begun.
		{"if strings.¦", "Contains HasPrefix", ""},
		{"if x := strings.¦", "Contains HasPrefix", ""},
		{"if strings.Con¦ {\n\tfmt.Println(1)\n}", "Contains ContainsAny", "HasPrefix"},
		{"for _, w := range strings.¦", "Fields Split", ""},
		{"for i := 0; i < len(strings.¦", "Fields Split", ""},
		{"for rows.Next() {\n\tfmt.¦", "Println", ""},
		{"switch strings.¦ {\n}", "ToLower", ""},
		{"switch {\ncase strings.¦", "Contains", ""},
		{"switch {\ncase strings.Has¦:\n\tfmt.Println()\n}", "HasPrefix HasSuffix", "Fields"},
		{"select {\ncase <-time.¦", "After Tick", ""},
		{"select {\ncase v := <-time.¦:\n}", "After", ""},
		{"go fmt.¦", "Println", ""},
		{"defer fmt.¦", "Println", ""},
		{"defer func() { fmt.¦ }()", "Println", ""},
		{"go func() {\n\ttime.Sl¦", "Sleep", "After"},
		{"return fmt.¦", "Errorf Sprint", ""},
		{"func f() string {\n\treturn strings.¦\n}", "ToUpper", ""},
		{"func f() (int, error) {\n\treturn 0, errors.¦\n}", "New Is As", ""},
		{"x := strings.¦", "ToUpper", ""},
		{"x, err := strconv.¦", "Atoi ParseInt", ""},
		{"var x = strings.¦", "ToUpper", ""},
		{"var wg sync.¦", "WaitGroup Mutex", ""},
		{"var (\n\tmu sync.¦\n)", "Mutex RWMutex", ""},
		{"const c = time.¦", "Second Millisecond", ""},
		{"type t struct {\n\tmu sync.¦\n}", "Mutex RWMutex", ""},
		{"type t struct {\n\tsync.¦", "Mutex RWMutex", ""},
		{"func f(ctx context.¦", "Context", ""},
		{"func f(ctx context.¦) {}", "Context", ""},
		{"func f() context.¦", "Context", ""},
		{"func (p point) area() int { return p.¦ }", "x y Len", ""},
		{"func (p *point) grow() {\n\tp.¦\n}", "x y move", ""},
		{"ch := make(chan time.¦", "Duration Time", ""},
		{"m := map[string]time.¦", "Duration", ""},
		{"xs := []time.¦{}", "Duration", ""},
		{"f := func(d time.¦", "Duration", ""},
		// In the middle of expressions.
		{"a := 1 + math.¦", "Sqrt Pi", ""},
		{"a := math.Sqrt(math.¦)", "Pi", ""},
		{"fmt.Println(\"a\", strings.¦, 3)", "ToUpper", ""},
		{"fmt.Printf(\"%d %s\\n\", 1, strings.¦", "ToUpper", ""},
		{"fmt.Println(\n\tstrings.¦\n)", "ToUpper", ""},
		{"x := []string{strings.¦", "ToUpper", ""},
		{"x := map[string]int{\"a\": len(strings.¦", "Fields", ""},
		{"p := &point{}\np.¦", "x y Len move", ""},
		{"p := new(point)\nif p.¦", "x y Len", ""},
		{"ps := map[string]point{}\nps[\"a\"].¦", "x y Len", ""},
		{"ps := map[string]*point{}\nfor _, p := range ps {\n\tp.¦", "x y Len move", ""},
		{"for i, p := range []point{} {\n\tfmt.Println(i, p.¦", "x y Len", ""},
		{"v := any(1)\nswitch v := v.(type) {\ncase point:\n\tv.¦\n}", "x y Len", ""},
		{"var v any\nif p, ok := v.(point); ok {\n\tp.¦", "x y Len", ""},
		{"v := (point{}).¦", "x y Len", ""},
		{"ctx, cancel := context.WithTimeout(context.Background(), time.¦", "Second", ""},
		{"ctx := context.Background()\nctx.¦", "Done Err Value Deadline", ""},
		{"var mu sync.Mutex\nmu.L¦\ncounter++", "Lock", "Unlock"},
		{"var once sync.Once\nonce.¦(func() {})", "Do", ""},
		{"ch := make(chan point, 1)\np := <-ch\np.¦", "x Len", ""},
		{"err := errors.New(\"x\")\nerr.¦", "Error", ""},
		{"f, err := os.Open(\"a\")\nif err != nil {\n\tlog.Fatal(err)\n}\nf.¦", "Close Read Name", ""},
		{"resp, _ := http.Get(\"u\")\nresp.Bo¦", "Body", "Header"},
		{"var t time.Time\nt.Add(time.¦)", "Hour", ""},
		{"time.Now().¦", "Add Sub Unix", ""},
		{"time.Now().Sub(time.Now()).¦", "Seconds Milliseconds", ""},
		{"strings.NewReplacer(\"a\", \"b\").¦", "Replace", ""},
		{"xs := slices.Collect(maps.¦", "Keys Values", ""},
		{"g, ctx := errgroup.WithContext(context.Background())\ng.¦\n_ = ctx", "Go Wait SetLimit", ""},
		// Generics and iterators.
		{"func Map[T any](xs []T) { for _, x := range xs { fmt.¦ } }", "Println", ""},
		{"type stack[T any] struct{ items []T }\nfunc (s *stack[T]) Push(x T) { s.¦ }", "items", ""},
		{"type stack[T any] struct{ items []T }\nvar s stack[int]\ns.¦", "items", ""},
		{"func seq() iter.¦", "Seq Seq2", ""},
		{"for x := range slices.¦", "Values All", ""},
		// Mistakes nearby.
		{"x := \nfmt.¦", "Println", ""},
		{"fmt.Println(\nfmt.¦", "Println", ""},
		{"if true {\nfmt.Println(\"a\"\n}\nfmt.¦", "Println", ""},
		{"y := unknown(\nfmt.¦", "Println", ""},
		{"for {\n\tx := 1\n\tfmt.¦\n", "Println", ""},
		{"}\nfmt.¦", "Println", ""},
		{"fmt.¦\n}", "Println", ""},
		{"fmt.Println('abc')\nfmt.¦", "Println", ""},
		{"s := \"open\nfmt.¦", "Println", ""},
		{"fmt.¦\ns := \"open", "Println", ""},
		{"while x {\n}\nfmt.¦", "Println", ""},
		{"a.b.c.d()\nfmt.¦", "Println", ""},
		{"%%\nfmt.¦", "Println", ""},
		{"%%\nx := 1\nif x > 0 {\n\tfmt.¦", "Println", ""},
		{"%args a b\nfmt.¦", "Println", ""},
		{"!ls\nfmt.¦", "Println", ""},
		{"import \"os\"\n\nfunc f() {\n\tos.¦\n}", "Args Getenv", ""},
		{"package main\n\nimport \"os\"\n\nfunc main() {\n\tos.¦\n}", "Args Getenv", ""},
		// Characters that are not one byte.
		{"世界 := \"你好\"\nfmt.Println(世¦)", "世界", ""},
		{"s := \"🎉\"; fmt.¦", "Println", ""},
		{"/* 注释 */ fmt.¦", "Println", ""},
		{"点 := point{}\n点.¦", "x y Len", ""},
		// Names in scope.
		{"total := 0\nfor i := range 3 {\n\ttot¦", "total", ""},
		{"func f(alpha, beta int) int {\n\treturn al¦\n}", "alpha", ""},
		{"results := make(chan int)\ngo func() {\n\tres¦ <- 1\n}()", "results", ""},
		{"if value := 1; val¦ > 0 {\n}", "value", ""},
		{"for index, value := range []int{} {\n\tind¦", "index", ""},
		{"var p point\np = po¦", "point", ""},
		{"p := point{x: 1, ¦}", "y name", ""},
		{"p := point{\n\tx: 1,\n\t¦\n}", "y name", ""},
		{"srv := http.Server{Ad¦}", "Addr", ""},
		{"srv := &http.Server{\n\tAddr: \"\",\n\tHan¦\n}", "Handler", ""},
		{"ret¦", "return", ""},
		{"sel¦", "select", ""},
		// Where nothing should come.
		{"// fmt.¦", "", "Println"},
		{"x := \"fmt.¦", "", "Println"},
		{"x := `fmt.¦`", "", "Println"},
		{"x := 3.¦", "", "Println"},
		{"!echo fmt.¦", "", "Println"},
		{"%%bash\nfmt.¦", "", "Println"},
	} {
		t.Run(tt.cell, func(t *testing.T) {
			src, offset := cut(tt.cell)
			got, err := m.Complete(context.Background(), session, src, offset)
			if err != nil {
				t.Fatal(err)
			}
			var texts []string
			for _, match := range got.Matches {
				texts = append(texts, match.Text)
			}
			for _, want := range strings.Fields(tt.want) {
				if !slices.Contains(texts, want) {
					t.Errorf("no %s in %.200q", want, texts)
				}
			}
			for _, not := range strings.Fields(tt.not) {
				if slices.Contains(texts, not) {
					t.Errorf("%s is in %.200q", not, texts)
				}
			}
		})
	}
}
