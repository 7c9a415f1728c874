package kernelext

import (
	"fmt"
	"os"
	"strings"
)

// say picks the learner's language.
func say(en, zh string) string {
	if strings.HasPrefix(os.Getenv("LANEBOOK_LANG"), "zh") {
		return zh
	}
	return en
}

// complain tells the learner that something could not be shown. The program
// goes on: a picture is never worth losing the run for.
func complain(en, zh string, args ...any) {
	fmt.Fprintf(os.Stderr, "kernelext: "+say(en, zh)+"\n", args...)
}
