package toolchain

import (
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"lanebook/internal/program"
)

// diagnosticLine is how the compiler, vet and the linker say where.
var diagnosticLine = regexp.MustCompile(`^(?:vet: )?(.+?):(\d+)(?::(\d+))?: (.*)$`)

// parseDiagnostics reads what a tool printed. Indented lines belong to the
// problem before them; headings, such as "# lanebookcell", are dropped. A
// link that fails names no position.
func parseDiagnostics(said []byte, dir string) []program.Diagnostic {
	var diags []program.Diagnostic
	for line := range strings.Lines(string(said)) {
		line = strings.TrimRight(line, "\r\n")
		switch {
		case line == "" || strings.HasPrefix(line, "# ") || strings.HasPrefix(line, "too many errors"):
			continue
		case strings.HasPrefix(line, "\t") || strings.HasPrefix(line, "    "):
			if len(diags) > 0 {
				diags[len(diags)-1].Message += "\n" + line
			}
			continue
		}
		if len(diags) == maxDiagnostics {
			break
		}
		at := diagnosticLine.FindStringSubmatch(line)
		if at == nil {
			diags = append(diags, program.Diagnostic{Message: line})
			continue
		}
		if strings.HasSuffix(at[4], "too many errors") {
			continue
		}
		n, _ := strconv.Atoi(at[2])
		col, _ := strconv.Atoi(at[3])
		file := strings.TrimPrefix(at[1], dir+string(filepath.Separator))
		diags = append(diags, program.Diagnostic{
			Pos:     program.Pos{Cell: cellName(file), Line: n, Col: col},
			Message: at[4],
			Hint:    hintFor(at[4]),
		})
	}
	return diags
}
