package kernelext

import (
	"math"
	"strconv"
	"strings"
	"time"

	"lanebook/internal/cell"
)

// Prediction is what the learner expects. Reveal shows it beside what came out.
type Prediction struct {
	question string
	options  []string
	said     string
	asked    bool // somebody answered
}

// Predict asks the learner what will come out, before the cell runs it: one of
// the options, or anything if there are none. Run, then call Reveal. Where
// nobody can answer, the question is shown and the program goes on.
//
//	guess := kernelext.Predict("Which line comes first?", "sing", "dance", "it varies")
//	first := run()
//	guess.Reveal(first, "both start at the same time")
func Predict(question string, options ...string) *Prediction {
	p := &Prediction{question: question, options: options}
	p.show("question", "", "", false)
	if !cell.CanAsk() {
		return p
	}
	prompt := say("Your prediction: ", "你的预测：")
	if len(options) > 0 {
		prompt = numbered(options) + say(". Your prediction: ", "。你的预测：")
	}
	for range 3 {
		line, ok := ask(prompt, false)
		if !ok {
			return p
		}
		if p.said, ok = p.choose(line); ok {
			p.asked = true
			return p
		}
	}
	return p
}

// choose understands a number of an option, the option itself, or its unique
// beginning.
func (p *Prediction) choose(line string) (string, bool) {
	line = strings.TrimSpace(line)
	if line == "" {
		return "", false
	}
	if len(p.options) == 0 {
		return line, true
	}
	for _, o := range p.options {
		if alike(o, line) {
			return o, true
		}
	}
	if n, err := strconv.Atoi(strings.TrimRight(line, ".) ")); err == nil && n >= 1 && n <= len(p.options) {
		return p.options[n-1], true
	}
	found := ""
	for _, o := range p.options {
		if strings.HasPrefix(strings.ToLower(o), strings.ToLower(line)) {
			if found != "" {
				return "", false
			}
			found = o
		}
	}
	return found, found != ""
}

// Reveal shows what came out beside what the learner had said, and why, if
// that is given. Numbers are compared as numbers: within a tenth is right.
func (p *Prediction) Reveal(answer any, why ...string) {
	text := cellText(answer)
	p.show("reveal", text, strings.Join(why, " "), p.asked && p.right(answer, text))
}

func (p *Prediction) right(answer any, text string) bool {
	if alike(p.said, text) {
		return true
	}
	said, ok := number(p.said)
	is := 0.0
	switch v := answer.(type) {
	case time.Duration:
		d, err := time.ParseDuration(strings.ReplaceAll(p.said, " ", ""))
		said, is, ok = float64(d), float64(v), err == nil
	case float64:
		is = v
	case int:
		is = float64(v)
	default:
		var isNumber bool
		is, isNumber = number(text)
		ok = ok && isNumber
	}
	return ok && math.Abs(said-is) <= 0.1*math.Abs(is)
}

// alike compares texts as people do.
func alike(a, b string) bool {
	return strings.EqualFold(strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " "))
}

// number reads "2", "1.9×" or "50 %".
func number(s string) (float64, bool) {
	v, err := strconv.ParseFloat(strings.TrimRight(strings.TrimSpace(s), " x×%倍次"), 64)
	return v, err == nil && !math.IsNaN(v)
}

func (p *Prediction) show(stage, answer, why string, right bool) {
	cell.Draw(cell.Object{
		"version", 1, "kind", "prediction", "stage", stage, "question", p.question, "options", p.options,
		"asked", p.asked, "said", p.said, "answer", answer, "right", right, "why", why,
	}, "")
}

// String is what the learner said, "" if nobody was asked.
func (p *Prediction) String() string { return p.said }
