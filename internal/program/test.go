package program

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// testKinds are how functions begin that "go test" runs.
var testKinds = []string{"Test", "Benchmark", "Example", "Fuzz"}

// testKind is how the name of a function begins if go test runs it, as
// TestMain tests do: "Test", "Benchmark", "Example" or "Fuzz".
func (d *decl) testKind() string {
	if d.kind != DeclFunc {
		return ""
	}
	name := d.names[0].key
	for _, kind := range testKinds {
		rest, ok := strings.CutPrefix(name, kind)
		if r, _ := utf8.DecodeRuneInString(rest); ok && !unicode.IsLower(r) && name != "TestMain" {
			return kind
		}
	}
	return ""
}

// runsTest says which functions a cell with %test runs: its own tests or, if
// it has none or the learner gave flags, all that are remembered.
func (s *Script) runsTest(d *decl) bool {
	if !s.Has(KindTest) {
		return false
	}
	return d.testKind() != "" && (len(s.testFlags()) > 0 || !slices.ContainsFunc(s.decls, isTest)) ||
		d.kind == DeclFunc && d.names[0].key == "TestMain"
}

func isTest(d *decl) bool { return d.testKind() != "" }

// testFlags are the flags of %test as the learner gave them.
func (s *Script) testFlags() []string {
	var flags []string
	for _, l := range s.Lines {
		if l.Kind == KindTest {
			flags = l.Args
		}
	}
	return flags
}

// testArgs are the arguments for the test binary. Without flags, the cell's
// own tests are run and say what they do, as in GoNB.
func (s *Script) testArgs() []string {
	if flags := s.testFlags(); len(flags) > 0 {
		return longFlags(flags)
	}
	named := map[string][]string{}
	for _, d := range s.decls {
		kind := d.testKind()
		if kind != "Benchmark" && kind != "" {
			kind = "Test"
		}
		if kind != "" {
			named[kind] = append(named[kind], d.names[0].key)
		}
	}
	args := []string{"-test.v"}
	if tests := named["Test"]; len(tests) > 0 || len(named["Benchmark"]) > 0 {
		args = append(args, "-test.run="+oneOf(tests))
	}
	if benchmarks := named["Benchmark"]; len(benchmarks) > 0 {
		args = append(args, "-test.bench="+oneOf(benchmarks))
	}
	return args
}

func oneOf(names []string) string { return fmt.Sprintf("^(%s)$", strings.Join(names, "|")) }

// testFlagNames are flags of test binaries that people know from "go test",
// where they go without "test.".
var testFlagNames = []string{"bench", "benchmem", "benchtime", "blockprofile", "count", "cpu", "cpuprofile", "failfast", "fullpath",
	"fuzz", "fuzztime", "list", "memprofile", "mutexprofile", "parallel", "run", "short", "shuffle", "skip", "timeout", "trace", "v"}

// longFlags gives flags the names that a test binary knows. Empty ones, which
// say no more than that there are to be no flags, are dropped.
func longFlags(flags []string) []string {
	var out []string
	for i, f := range flags {
		if f == "-args" || f == "--args" {
			return append(out, flags[i+1:]...)
		}
		name, _, _ := strings.Cut(strings.TrimLeft(f, "-"), "=")
		if strings.HasPrefix(f, "-") && slices.Contains(testFlagNames, name) {
			f = "-test." + strings.TrimLeft(f, "-")
		}
		if f != "" {
			out = append(out, f)
		}
	}
	return out
}
