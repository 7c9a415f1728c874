package notebook

import "strings"

// Fold wraps Markdown so that readers see it only when they open it; hints and
// solutions of the course are cells made of one such fold.
func Fold(summary, body string) string {
	return "<details>\n<summary>" + summary + "</summary>\n\n" + body + "\n\n</details>"
}

// Unfold takes apart what Fold made. It is false for any other text. Pages
// that fold or move solutions themselves use it.
func Unfold(source string) (summary, body string, ok bool) {
	rest, ok := strings.CutPrefix(strings.TrimSpace(source), "<details>\n<summary>")
	if !ok {
		return "", "", false
	}
	summary, rest, ok = strings.Cut(rest, "</summary>\n")
	body, closed := strings.CutSuffix(rest, "</details>")
	if !ok || !closed || strings.ContainsAny(summary, "\n<") || strings.Contains(body, "<details>") {
		return "", "", false
	}
	return summary, strings.Trim(body, "\n"), true
}
