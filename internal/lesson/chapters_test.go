package lesson_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// words are the marks by which a reader, and this test, knows the parts of a
// lesson.
type words struct{ can, change, checkpoint, remember, why *regexp.Regexp }

var marks = map[string]words{
	"en": {
		can:        regexp.MustCompile(`(?m)^\*\*After (it|this chapter) you can\*\* `),
		change:     regexp.MustCompile(`\*\*(Change this|Predict[^*]*)[.:]\*\* `),
		checkpoint: regexp.MustCompile(`(?m)^> \*\*Checkpoint\.\*\* .*\(.+\)$`),
		remember:   regexp.MustCompile(`(?m)^\*\*Remember\.\*\* `),
		why:        regexp.MustCompile(`(?m)^\*\*Why it works\.\*\* `),
	},
	"zh": {
		can:        regexp.MustCompile(`(?m)^\*\*学完之后你能\*\*：`),
		change:     regexp.MustCompile(`\*\*(动手改|先猜[^*]*)\*\*：`),
		checkpoint: regexp.MustCompile(`(?m)^> \*\*想一想\*\*：.*（.+）$`),
		remember:   regexp.MustCompile(`(?m)^\*\*记住\*\*：`),
		why:        regexp.MustCompile(`(?m)^\*\*为什么[^*]*\*\*`),
	},
}

var (
	section  = regexp.MustCompile(`(?m)^## .*\{#([\w-]+)\}$`)
	code     = regexp.MustCompile("(?m)^```go cell=")
	exercise = regexp.MustCompile("(?m)^```go cell=([\\w-]+) .*tags=[\\w,-]*exercise")
)

// A chapter says what one can do after it and ends with a summary card and three
// to five exercises. Every lesson between has something to change or to predict,
// a question with its answer, and a line to remember.
func TestEveryLessonHasItsParts(t *testing.T) {
	for lang, marks := range marks {
		files, err := filepath.Glob("../../lessons/" + lang + "/*.md")
		if err != nil || len(files) == 0 {
			t.Fatalf("no lessons in %s: %v", lang, err)
		}
		for _, file := range files {
			t.Run(lang+"/"+filepath.Base(file), func(t *testing.T) {
				text, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				checkChapter(t, string(text), marks)
			})
		}
	}
}

func checkChapter(t *testing.T, text string, marks words) {
	at := section.FindAllStringSubmatchIndex(text, -1)
	if len(at) < 5 {
		t.Fatalf("only %d sections", len(at))
	}
	if !marks.can.MatchString(text[:at[0][0]]) {
		t.Error("the beginning does not say what one can do after the chapter")
	}
	var ids []string
	for i, m := range at {
		end := len(text)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		id, body := text[m[2]:m[3]], text[m[1]:end]
		ids = append(ids, id)
		switch id {
		case "keep", "course": // of chapter 00: how to print, and what is where
		case "summary":
			if !strings.Contains(body, "\n|---|") {
				t.Error("the summary has no table")
			}
		case "exercises":
			checkExercises(t, body, marks)
		default:
			if code.MatchString(body) && !marks.change.MatchString(body) {
				t.Errorf("%s: nothing to change or to predict", id)
			}
			if !marks.checkpoint.MatchString(body) {
				t.Errorf("%s: no checkpoint with an answer in brackets", id)
			}
			if n := len(marks.remember.FindAllString(body, -1)); n != 1 {
				t.Errorf("%s: %d lines to remember, want 1", id, n)
			}
		}
	}
	if last := strings.Join(ids[len(ids)-2:], " "); last != "summary exercises" {
		t.Errorf("the last sections are %s", last)
	}
}

func checkExercises(t *testing.T, body string, marks words) {
	exercises := exercise.FindAllStringSubmatch(body, -1)
	if n := len(exercises); n < 3 || n > 5 {
		t.Errorf("%d exercises, want 3 to 5", n)
	}
	for _, m := range exercises {
		if n := strings.Count(body, "```md hint="+m[1]+"\n"); n != 3 {
			t.Errorf("%s: %d hints, want 3", m[1], n)
		}
		_, solution, found := strings.Cut(body, "```go solution="+m[1]+" ")
		solution, _, _ = strings.Cut(solution, "\n```\n")
		if !found || !marks.why.MatchString(solution) {
			t.Errorf("%s: no solution, or not why it works", m[1])
		}
	}
}
