package lesson

import (
	"fmt"
	"slices"
	"strings"
)

// gonbLines are the special lines that GoNB knows. A lesson may use no others:
// its notebook must run under both kernels.
var gonbLines = []string{
	"%%", "%main", "%args", "%exec", "%test", "%goflags", "%env", "%cd", "%autoget", "%noautoget",
	"%list", "%ls", "%rm", "%remove", "%reset", "%capture", "%with_inputs", "%with_password",
	"%track", "%untrack", "%goworkfix", "%wasm", "%widgets", "%widgets_hb", "%version", "%help",
}

// gonbBodies are first lines after which the rest of a cell is not Go.
var gonbBodies = []string{"%%writefile", "%%script", "%%bash", "%%sh"}

// checkSpecial checks what an author wrote into a cell: special lines that
// both kernels know. It returns the number of the line that is wrong, from 0,
// and why; why is empty when all is well.
func checkSpecial(text string) (line int, why string) {
	if first, _, _ := strings.Cut(text, "\n"); slices.Contains(gonbBodies, firstWord(first)) {
		return 0, ""
	}
	continued := false
	for i, l := range strings.Split(text, "\n") {
		was := continued
		continued = strings.HasSuffix(l, `\`)
		word := firstWord(l)
		switch {
		case was || word == "" || strings.HasPrefix(word, "!"):
		case !strings.HasPrefix(word, "%"):
			return i, "code of a cell comes from snippets (decl=, main=); only special lines (%…, !…) may stand here"
		case !slices.Contains(gonbLines, word):
			return i, fmt.Sprintf("GoNB does not know the special line %s%s", word, didYouMean(word, gonbLines))
		}
	}
	return 0, ""
}

func firstWord(line string) string {
	fields := strings.Fields(line)
	if len(fields) == 0 {
		return ""
	}
	return fields[0]
}
