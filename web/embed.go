// Package web holds the study page: templates, and the script and style that
// are built from src into dist by "make web". dist is committed, so that building lanebook
// needs Go alone. The package serves nothing; internal/study does.
package web

import (
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io/fs"
)

//go:embed templates/*.html words.json dist
var files embed.FS

// Assets holds the built script and style, to be served at /assets/.
func Assets() fs.FS {
	dist, err := fs.Sub(files, "dist")
	if err != nil {
		panic(err) // the path is valid, so this cannot happen
	}
	return dist
}

// Templates parses the page's templates: index.html, chapter.html, and
// cells.html, which shows a render.Chapter and nothing around it.
//
// Inside them, {{t LANG KEY}} is the text of words.json under that key, in
// English when the language has none.
func Templates() (*template.Template, error) {
	words, err := readWords()
	if err != nil {
		return nil, err
	}
	say := func(lang, key string) (string, error) {
		if s, ok := words[lang][key]; ok {
			return s, nil
		}
		if s, ok := words["en"][key]; ok {
			return s, nil
		}
		return "", fmt.Errorf("words.json has no %q", key)
	}
	return template.New("").Funcs(template.FuncMap{"t": say}).ParseFS(files, "templates/*.html")
}

func readWords() (map[string]map[string]string, error) {
	data, err := files.ReadFile("words.json")
	if err != nil {
		return nil, err
	}
	var words map[string]map[string]string
	if err := json.Unmarshal(data, &words); err != nil {
		return nil, fmt.Errorf("words.json: %w", err)
	}
	return words, nil
}
