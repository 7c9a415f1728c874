package stuck

import "go/token"

// op is a place in the source where something is done to a lock, a channel, a
// WaitGroup or a Cond.
type op struct {
	do       string // "lock", "rlock", "unlock", "send", "receive", "close", "wait", "done", "add", "signal", "once", "call", "select"
	name     string // of the object, as the source writes it; for "call" of the function
	object   int    // the declaration of the variable; see file.resolve
	at       int    // its token
	fn       int    // the function around it, or -1
	deferred bool
}

// methods say what a call does to what stands before the dot.
var methods = map[string]string{
	"Lock": "lock", "RLock": "rlock", "Unlock": "unlock", "RUnlock": "unlock",
	"Wait": "wait", "Done": "done", "Add": "add", "Signal": "signal", "Broadcast": "signal", "Do": "once",
}

func (f *file) findOps() {
	for i, t := range f.toks {
		o := op{at: i, fn: f.funcAt(i)}
		root := -1
		switch {
		case t.tok == token.IDENT && f.is(i+1, token.LPAREN) && f.is(i-1, token.PERIOD) && methods[t.text] != "":
			o.do = methods[t.text]
			o.name, root = f.before(i - 2)
		case t.tok == token.IDENT && t.text == "close" && f.is(i+1, token.LPAREN):
			o.do = "close"
			o.name, root = f.after(i + 2)
		case t.tok == token.IDENT && f.is(i+1, token.LPAREN) && !f.is(i-1, token.PERIOD) && !f.is(i-1, token.FUNC):
			o.do, o.name = "call", t.text
		case t.tok == token.ARROW && f.operandBefore(i):
			o.do = "send"
			o.name, root = f.before(i - 1)
		case t.tok == token.ARROW && !f.is(i+1, token.CHAN) && !f.is(i-1, token.CHAN):
			o.do = "receive"
			o.name, root = f.after(i + 1)
		case t.tok == token.RANGE:
			o.do = "receive"
			o.name, root = f.after(i + 1)
		case t.tok == token.SELECT:
			o.do, o.name = "select", "select"
		}
		if o.do == "" || o.name == "" {
			continue
		}
		if root >= 0 {
			o.object = f.resolve(root)
		}
		o.deferred = f.isDeferred(i)
		if o.fn >= 0 && f.funcs[o.fn].via == "defer" {
			o.fn, o.deferred = f.funcs[o.fn].inside, true
		}
		f.ops = append(f.ops, o)
	}
}

// operandBefore tells a send from a receive.
func (f *file) operandBefore(arrow int) bool {
	return f.is(arrow-1, token.IDENT) || f.is(arrow-1, token.RPAREN) || f.is(arrow-1, token.RBRACK)
}

// isDeferred reports whether a defer begins the statement of token i.
func (f *file) isDeferred(i int) bool {
	for i--; i >= 0; i-- {
		switch f.toks[i].tok {
		case token.DEFER:
			return true
		case token.IDENT, token.PERIOD:
		case token.RBRACK, token.RPAREN:
			if f.match[i] < 0 {
				return false
			}
			i = f.match[i]
		default:
			return false
		}
	}
	return false
}

// resolve finds the declaration of the variable that token i names. Two places
// with the same answer mean the same variable, or the same variable of two
// calls of one function. What is not declared in this file gets a negative
// number of its own. A parameter stands for what is passed, if all calls pass
// the same variable.
func (f *file) resolve(i int) int { return f.resolveVia(i, 0) }

func (f *file) resolveVia(i, depth int) int {
	name := f.toks[i].text
	for fn := f.funcAt(i); ; fn = f.funcs[fn].inside {
		from, to := 0, len(f.toks)
		if fn >= 0 {
			from, to = f.funcs[fn].open, f.funcs[fn].shut
		}
		if d := f.declared(name, fn, from, min(to, i)); d >= 0 {
			return d + 1
		}
		if fn < 0 {
			return f.anyDeclaration(name)
		}
		for n, p := range f.funcs[fn].params {
			if p == name {
				if passed := f.passed(fn, n, depth); passed != 0 {
					return passed
				}
				return f.funcs[fn].open*1000 + n + 1_000_000
			}
		}
	}
}

// declared looks in one function, without those inside it, for ":=" or "var".
func (f *file) declared(name string, fn, from, to int) int {
	best := -1
	for j := from; j < to; j++ {
		if !f.word(j, name) || f.is(j-1, token.PERIOD) || f.funcAt(j) != fn {
			continue
		}
		if f.is(j-1, token.VAR) || f.listEndsIn(j, token.DEFINE) || f.inVar(j) {
			best = j
		}
	}
	return best
}

// listEndsIn is true for a in "a, b := ".
func (f *file) listEndsIn(j int, end token.Token) bool {
	for j++; f.is(j, token.COMMA) && f.is(j+1, token.IDENT); j += 2 {
	}
	return f.is(j, end)
}

// inVar is true for b in "var a, b sync.Mutex".
func (f *file) inVar(j int) bool {
	for j--; f.is(j, token.COMMA) && f.is(j-1, token.IDENT); j -= 2 {
	}
	if f.is(j, token.VAR) {
		return true
	}
	// var ( a, b sync.Mutex )
	for f.is(j, token.SEMICOLON) || f.is(j, token.LPAREN) {
		if f.is(j, token.LPAREN) {
			return f.is(j-1, token.VAR)
		}
		for j--; j >= 0 && !f.is(j, token.SEMICOLON) && !f.is(j, token.LPAREN) && !f.is(j, token.LBRACE); j-- {
			if f.match[j] >= 0 && f.match[j] < j {
				j = f.match[j]
			}
		}
	}
	return false
}

// anyDeclaration numbers names that no text here declares, such as those of
// other cells.
func (f *file) anyDeclaration(name string) int {
	for j := range f.toks {
		if f.word(j, name) {
			return -1 - j
		}
	}
	return 0
}

// passed is the variable that all calls of a function pass as parameter n, or 0.
func (f *file) passed(fn, n, depth int) int {
	if depth > 3 {
		return 0
	}
	found := 0
	for _, open := range f.callsOf(fn) {
		arg := open + 1
		for i, k := open+1, 0; i < f.match[open] && k < n; i++ {
			switch {
			case f.match[i] > i:
				i = f.match[i]
			case f.is(i, token.COMMA):
				k, arg = k+1, i+1
			}
		}
		if f.is(arg, token.AND) {
			arg++
		}
		text, root := f.after(arg)
		if root < 0 || text != f.toks[arg].text {
			return 0
		}
		v := f.resolveVia(root, depth+1)
		if found != 0 && found != v {
			return 0
		}
		found = v
	}
	return found
}

// callsOf are the opening brackets of the calls of a function.
func (f *file) callsOf(fn int) []int {
	var opens []int
	if name := f.funcs[fn].name; name != "" {
		for i := range f.toks {
			if f.word(i, name) && f.is(i+1, token.LPAREN) && f.match[i+1] > 0 && !f.is(i-1, token.FUNC) && i+1 != f.funcs[fn].open {
				opens = append(opens, i+1)
			}
		}
		return opens
	}
	if at := f.funcs[fn].shut + 1; f.is(at, token.LPAREN) && f.match[at] > 0 { // go func(x int) { … }(y)
		opens = append(opens, at)
	}
	return opens
}
