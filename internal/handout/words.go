package handout

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"

	"lanebook/internal/notebook"
)

//go:embed words.json
var wordsJSON []byte

// words returns the function that says a key of words.json in a language, in
// English when there is no other. Its arguments are names and their values.
func words(lang string) (func(key string, args ...any) (string, error), error) {
	var all map[string]map[string]string
	if err := json.Unmarshal(wordsJSON, &all); err != nil {
		return nil, fmt.Errorf("words.json: %w", err)
	}
	return func(key string, args ...any) (string, error) {
		text, ok := all[lang][key]
		if !ok {
			if text, ok = all["en"][key]; !ok {
				return "", fmt.Errorf("words.json has no %q", key)
			}
		}
		for i := 0; i+1 < len(args); i += 2 {
			text = strings.ReplaceAll(text, fmt.Sprintf("{%v}", args[i]), fmt.Sprint(args[i+1]))
		}
		return text, nil
	}, nil
}

// language finds out the language of the prose: what the notebook says, else
// Chinese when a tenth of its letters is.
func language(nb *notebook.Notebook, about map[string]any) string {
	if lang, ok := about["lang"].(string); ok && (lang == "en" || lang == "zh") {
		return lang
	}
	letters, han := 0, 0
	for i := range nb.Cells {
		if nb.Cells[i].Type != notebook.Markdown {
			continue
		}
		for _, r := range nb.Cells[i].Source {
			if unicode.IsLetter(r) {
				letters++
			}
			if unicode.Is(unicode.Han, r) {
				han++
			}
		}
	}
	if han*10 > letters {
		return "zh"
	}
	return "en"
}

func htmlLang(lang string) string {
	if lang == "zh" {
		return "zh-CN"
	}
	return lang
}
