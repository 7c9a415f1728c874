// Package cell is how the packages that cells import reach the learner: the
// one connection of a process to its kernel, the language, and the way to have
// data drawn. It is linked into cells, so it imports the standard library and
// internal/display only, starts no goroutine and has no init.
//
// Under the build tag lanebook, which the lanebook kernel sets, Draw sends
// data and the kernel draws them; without it the program draws by itself with
// internal/charts.
package cell

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"

	"lanebook/internal/display"
)

// RecordingEnv names a file to which Lanes writes its recording instead of
// showing it.
const RecordingEnv = "LANEBOOK_RECORDING"

// conn is the process's one connection to the kernel, opened at first use. It
// has to outlive the calls and to be shared by all packages: the protocol is
// one gob stream, and a second encoder on the same pipe would send every type
// twice, which the kernel refuses. Opening it starts no goroutine.
var conn = sync.OnceValues(display.Dial)

// Show sends d to the kernel, or prints its text where there is no kernel.
func Show(d display.Display) {
	c, err := conn()
	if errors.Is(err, display.ErrNoKernel) {
		if text, ok := d.Data[display.Text].(string); ok {
			fmt.Println(strings.TrimRight(text, "\n"))
		}
		return
	}
	if err == nil {
		err = c.Show(d)
	}
	if err != nil {
		Complain("this could not be shown: %v", "无法显示：%v", err)
	}
}

// InNotebook reports whether a kernel is there to show things.
func InNotebook() bool {
	_, err := conn()
	return !errors.Is(err, display.ErrNoKernel)
}

// Say picks the learner's language.
func Say(en, zh string) string {
	if Lang() == "zh" {
		return zh
	}
	return en
}

// Lang is the learner's language, "en" or "zh".
func Lang() string {
	if strings.HasPrefix(os.Getenv("LANEBOOK_LANG"), "zh") {
		return "zh"
	}
	return "en"
}

// Complain tells the learner that something could not be shown. The program
// goes on: a picture is never worth losing the run for.
func Complain(en, zh string, args ...any) {
	fmt.Fprintf(os.Stderr, "kernelext: "+Say(en, zh)+"\n", args...)
}

// Draw shows data of the MIME type display.Data as a picture. With an id it
// replaces what was shown under that id.
func Draw(data Object, id string) {
	draw(data.String(), id)
}
