package toolchain

import (
	"fmt"
	"go/token"
	"go/types"
	"maps"
	"regexp"
	"slices"

	"lanebook/internal/spelling"
)

// hints says what to try for messages of the parser, of go/types and of the
// compiler, which share their words. The first match counts; $1 is filled in.
var hints = []struct {
	message *regexp.Regexp
	hint    string
}{
	{regexp.MustCompile(`^declared and not used: (.+)`), "use $1, or write _ in its place"},
	{regexp.MustCompile(`^"([^"]+)" imported.* and not used`), "remove the import of $1"},
	{regexp.MustCompile(`^missing return`), "every way through the function must end in return"},
	{regexp.MustCompile(`non-declaration statement outside function body|expected declaration, found`), "outside a function write var x = 1 in place of x := 1; statements go into a function"},
	{regexp.MustCompile(`^too many return values`), "a function that returns something says so: func f() int {; main returns nothing"},
	{regexp.MustCompile(`\.append undefined`), "append is a function: s = append(s, x)"},
	{regexp.MustCompile(`\.(?:length|Length|len|Len|size|Size|count) undefined`), "len(x) is the length of x"},
	{regexp.MustCompile(`^undefined: \S+ \(but have (\w+)\)`), "names that other packages may use begin with a capital letter: $1"},
	{regexp.MustCompile(`\(type \[\]\S+ has no field or method`), "slices have no methods: s = append(s, x), len(s), slices.Sort(s)"},
	{regexp.MustCompile(`\(type map\[\S+ has no field or method`), "maps have no methods: m[key] = x, v, ok := m[key], delete(m, key), len(m)"},
	{regexp.MustCompile(`\(type chan \S+ has no field or method`), "channels have no methods: ch <- x, x := <-ch, close(ch)"},
	{regexp.MustCompile(`\(type func\(.*has no field or method`), "this is a function: put () behind it to use what it returns"},
	{regexp.MustCompile(`expected selector or type assertion, found '(\w+)'`), "$1 is a word of the language; what other packages offer begins with a capital letter"},
	{regexp.MustCompile(`^not enough return values`), "return as many values as the function promises; nil stands for no error"},
	{regexp.MustCompile(`cannot use (\w+) \(.*of (?:\w+ )*type (?:u?int\d*|float\d\d|byte|rune)\) as (u?int\d*|float\d\d|byte|rune) value`), "convert it: $2($1)"},
	{regexp.MustCompile(`\(truncated\)|constant .* truncated`), "a whole number has no fraction: use a float64, or convert on purpose"},
	{regexp.MustCompile(`^(break|continue) not in`), "$1 belongs into a loop"},
	{regexp.MustCompile(`^(\w+) \(local variable\) is not a type`), "parameters need types: func($1 int)"},
	{regexp.MustCompile(`expected operand, found '\{'`), "write the type before the {, as in []int{1, 2} or map[string]int{}"},
	{regexp.MustCompile(`\(no value\) used as value`), "this function returns nothing: call it on a line of its own"},
	{regexp.MustCompile(`cannot infer (\w+)`), "say which type $1 is, in brackets: f[int](…)"},
	{regexp.MustCompile(`cannot range over`), "range needs a number, a slice, a map, a string, a channel or an iterator"},
	{regexp.MustCompile(`cannot call .* is not a function|invalid operation: cannot call non-function`), "only functions can be called: is another variable in the way that has the same name?"},
	{regexp.MustCompile(`^no new variables on left side of :=`), "use = to change a variable that exists"},
	{regexp.MustCompile(`^assignment mismatch: 1 variable but .* returns 2 values`), "take both values: x, err := ..."},
	{regexp.MustCompile(`^assignment mismatch:`), "the two sides must have the same number of values"},
	{regexp.MustCompile(`^undefined: (?:None|null|NULL|nullptr)$`), "Go's word is nil"},
	{regexp.MustCompile(`^undefined: True$`), "Go's word is true"},
	{regexp.MustCompile(`^undefined: False$`), "Go's word is false"},
	{regexp.MustCompile(`^undefined: (?:str|String)$`), "Go's type is string"},
	{regexp.MustCompile(`^undefined: (?:float|double)$`), "Go's type is float64"},
	{regexp.MustCompile(`^undefined: (?:async|await)$`), "Go has no async and await: start a goroutine with go f()"},
	{regexp.MustCompile(`^undefined: (?:dict|list|set)$`), "use a map, such as map[string]int{}, or a slice, such as []int{}"},
	{regexp.MustCompile(`untyped int constant.* as string value|\(.*type int\) as string value`), "turn a number into text with strconv.Itoa or fmt.Sprint"},
	{regexp.MustCompile(`type string\) as int value|untyped string constant\) as int value`), "turn text into a number with strconv.Atoi"},
	{regexp.MustCompile(`mismatched types (int|int64|float64|float32|uint|time\.Duration) and (int|int64|float64|float32|uint|time\.Duration)`), "convert one side, as in $1(x)"},
	{regexp.MustCompile(`mismatched types (?:untyped )?(?:string and (?:untyped )?(?:int|uint|float)|(?:int|uint|float)\w* and (?:untyped )?string)`), "text and a number cannot be joined: fmt.Sprint(n) makes text of a number"},
	{regexp.MustCompile(`non-boolean condition|non-bool`), "a condition must be true or false: compare, as in n != 0 or p != nil"},
	{regexp.MustCompile(`cannot send to receive-only channel`), "this end can only receive; the sender needs chan<-"},
	{regexp.MustCompile(`cannot receive from send-only channel`), "this end can only send; the receiver needs <-chan"},
	{regexp.MustCompile(`cannot close receive-only channel`), "the sender closes a channel"},
	{regexp.MustCompile(`func\(.*literal.* is not used$`), "call it: put () behind the last }"},
	{regexp.MustCompile(`^cannot assign to`), "constants and parts of a string cannot be changed"},
	{regexp.MustCompile(`^invalid argument: index .* out of bounds`), "valid indexes go from 0 to the length minus 1"},
	{regexp.MustCompile(`(?:is|are) not used$|^.* evaluated but not used`), "to see a value, print it: fmt.Println(x); or give it to a variable"},
	{regexp.MustCompile(`has pointer receiver\)$|method \w+ has pointer receiver`), "pass a pointer: put & before the value"},
	{regexp.MustCompile(`\(missing method (\w+)\)`), "add a method $1 with that signature"},
	{regexp.MustCompile(`expression in (go|defer) must be function call`), "write the call, with its brackets: $1 f()"},
	{regexp.MustCompile(`^(\S+) redeclared in this block`), "rename one of them, or remove one"},
	{regexp.MustCompile(`invalid operation: .* \(mismatched types untyped nil|cannot use nil as`), "only pointers, slices, maps, channels, functions and interfaces can be nil"},
	{regexp.MustCompile(`not enough arguments in call`), "have is what was given, want is what is expected"},
	{regexp.MustCompile(`too many arguments in call`), "have is what was given, want is what is expected"},
	{regexp.MustCompile(`expected 'STRING', found newline|string literal not terminated|newline in string`), "close the string with \", or use `...` for several lines"},
	{regexp.MustCompile(`expected '}', found 'EOF'`), "a { is never closed"},
	{regexp.MustCompile(`expected '\)', found`), "a ( is not closed, or a comma is missing at the end of a line"},
}

// hintFor looks a message up in the table.
func hintFor(message string) string {
	for _, h := range hints {
		if at := h.message.FindStringSubmatchIndex(message); at != nil {
			return string(h.message.ExpandString(nil, h.hint, message, at))
		}
	}
	return ""
}

var (
	undefinedName   = regexp.MustCompile(`^undefined: ([\pL\pN_]+)$`)
	undefinedMember = regexp.MustCompile(`^undefined: ([\pL\pN_]+)\.([\pL\pN_]+)$`)
	noMember        = regexp.MustCompile(`type (\*?[\pL\pN_./\[\]]+) has no field or method ([\pL\pN_]+)\)?$`)
)

// hint says what to try for a problem that go/types found.
func (c *Checked) hint(e types.Error) string {
	if h := hintFor(e.Msg); h != "" {
		return h
	}
	if at := undefinedName.FindStringSubmatch(e.Msg); at != nil {
		if h := didYouMean(at[1], c.visible(e.Pos)); h != "" {
			return h
		}
		return fmt.Sprintf("nothing is called %s here: declare it with :=, or run the cell that declares it; what is inside main does not carry over", at[1])
	}
	if at := undefinedMember.FindStringSubmatch(e.Msg); at != nil {
		return didYouMean(at[2], c.members(at[1], e.Pos))
	}
	if at := noMember.FindStringSubmatch(e.Msg); at != nil {
		return didYouMean(at[2], c.fieldsAndMethods(e.Pos))
	}
	return ""
}

// didYouMean proposes the name that is nearest to the one used.
func didYouMean(name string, names []string) string {
	if near := spelling.Nearest(name, names); near != "" {
		return fmt.Sprintf("did you mean %s?", near)
	}
	return ""
}

// visible lists the names that may be used at pos, and the packages that
// could be imported under their own name.
func (c *Checked) visible(pos token.Pos) []string {
	var names []string
	scope := c.Pkg.Scope().Innermost(pos)
	if scope == nil {
		scope = c.Pkg.Scope()
	}
	for ; scope != nil; scope = scope.Parent() {
		for _, name := range scope.Names() {
			if _, obj := scope.LookupParent(name, pos); obj != nil {
				names = append(names, name)
			}
		}
	}
	return slices.AppendSeq(append(names, c.known...), maps.Values(c.table.std.Names))
}

// members lists what a package that is imported as name exports.
func (c *Checked) members(name string, pos token.Pos) []string {
	scope := c.Pkg.Scope().Innermost(pos)
	if scope == nil {
		return nil
	}
	_, obj := scope.LookupParent(name, pos)
	imported, ok := obj.(*types.PkgName)
	if !ok {
		return nil
	}
	return exported(imported.Imported())
}

// exported lists the names that a package exports.
func exported(p *types.Package) []string {
	return slices.DeleteFunc(p.Scope().Names(), func(n string) bool { return !token.IsExported(n) })
}
