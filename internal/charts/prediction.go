package charts

import (
	"fmt"
	"html"
	"strings"
)

// prediction is a question, what the learner said, and what came out.
type prediction struct {
	Version  int      `json:"version"`
	Kind     string   `json:"kind"`
	Stage    string   `json:"stage"` // question or reveal
	Question string   `json:"question"`
	Options  []string `json:"options,omitempty"`
	Asked    bool     `json:"asked,omitempty"` // somebody answered
	Said     string   `json:"said,omitempty"`
	Answer   string   `json:"answer,omitempty"`
	Right    bool     `json:"right,omitempty"`
	Why      string   `json:"why,omitempty"`
}

// drawPrediction shows the question, and later the answer. Where nobody was
// asked, the answer is folded: a reader of the page can still guess first.
func drawPrediction(data []byte, w *words) (*picture, error) {
	p, err := read[prediction](data)
	if err != nil {
		return nil, err
	}
	out := &picture{data: p}
	question := fmt.Sprintf(`<div style="font-weight:600">%s</div>`, html.EscapeString(p.Question))
	if p.Stage == "question" {
		out.body = box("#69747f", w.predict, question+p.list("", ""))
		out.text = w.predict + w.label + p.Question + "\n" + p.listText()
		return out, nil
	}
	answer := fmt.Sprintf(w.answerIs, html.EscapeString(p.Answer))
	why := ""
	if p.Why != "" {
		why = fmt.Sprintf(`<div style="margin-top:4px">%s</div>`, html.EscapeString(p.Why))
	}
	text := []string{p.Question}
	switch {
	case !p.Asked:
		folded := fmt.Sprintf(`<details><summary>%s</summary><div style="margin-top:4px">%s</div>%s</details>`, w.showAnswer, answer, why)
		out.body = box("#69747f", w.predict, question+folded)
		text = append(text, fmt.Sprintf(w.answerIs, p.Answer))
	case p.Right:
		out.body = box("#008f68", "✓ "+w.right, question+p.list(p.Said, p.Answer)+"<div>"+answer+"</div>"+why)
		text = append(text, "✓ "+w.right+w.colon+fmt.Sprintf(w.answerIs, p.Answer))
	default:
		said := fmt.Sprintf(w.youSaid, html.EscapeString(p.Said))
		out.body = box("#c24e00", "✗ "+w.wrong, question+p.list(p.Said, p.Answer)+"<div>"+said+w.space+answer+"</div>"+why)
		text = append(text, "✗ "+w.wrong+w.colon+fmt.Sprintf(w.youSaid, p.Said)+w.space+fmt.Sprintf(w.answerIs, p.Answer))
	}
	if p.Why != "" {
		text = append(text, p.Why)
	}
	for _, line := range text {
		if line != "" {
			out.text += line + "\n"
		}
	}
	return out, nil
}

// box frames something with a coloured edge and a heading.
func box(colour, heading, inside string) string {
	return fmt.Sprintf(`<div style="border-left:4px solid %s;padding:6px 12px;max-width:70ch;line-height:1.5"><div style="font-size:85%%;opacity:.8">%s</div>%s</div>`,
		colour, html.EscapeString(heading), inside)
}

// list shows the options, what was said and what came out marked by signs.
func (p *prediction) list(said, answer string) string {
	if len(p.Options) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString(`<ol style="margin:4px 0;padding-left:26px">`)
	for _, o := range p.Options {
		text := html.EscapeString(o)
		switch {
		case answer != "" && strings.EqualFold(o, answer):
			text = "<b>" + text + "</b> ✓"
		case said != "" && o == said:
			text += " ✗"
		}
		b.WriteString("<li>" + text + "</li>")
	}
	b.WriteString("</ol>")
	return b.String()
}

func (p *prediction) listText() string {
	var b strings.Builder
	for i, o := range p.Options {
		fmt.Fprintf(&b, "  %d %s\n", i+1, o)
	}
	return b.String()
}
