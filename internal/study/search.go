package study

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"lanebook/internal/notebook"
	"lanebook/internal/render"
)

// section is one cell as the search sees it.
type section struct {
	cell    string // id
	heading string // the nearest one above, or in the cell
	text    string // as a reader would read it
	folded  string // text in lower case
	code    bool
}

// A hit is one cell that holds all words that were searched for.
type hit struct {
	URL     string `json:"url"`
	Chapter string `json:"chapter"`
	Heading string `json:"heading"`
	Text    string `json:"text"` // what stands around the first word found
	Lang    string `json:"lang,omitempty"`
	Code    bool   `json:"code"`
	rank    int
}

// Limits of one search; arbitrary. More hits than that are no help.
const (
	maxQuery   = 200
	maxHits    = 60
	hitsEach   = 8   // of one chapter
	snippet    = 140 // bytes around the first word
	wordsTried = 8
)

// markup is what of Markdown is not read aloud: tags, comments, the addresses
// of links and pictures, and the marks of emphasis, code and headings.
var markup = regexp.MustCompile("(?s)<!--.*?-->|</?[a-zA-Z][^>]*>|\\]\\([^)]*\\)|!?\\[|\\]|[*`]+|(?m:^#+ +|^> ?|^\\|[-:| ]+\\|$)|\\|")

// sections cuts a notebook into what the search can find. Hints and solutions
// cannot be found: they would tell what the learner is to find out.
func sections(nb *notebook.Notebook) []section {
	var list []section
	heading := ""
	for i := range nb.Cells {
		cell := &nb.Cells[i]
		if cell.HasTag(render.SetupTag) || cell.HasTag(render.SolutionTag) || cell.HasTag("hint") {
			continue
		}
		s := section{cell: cell.ID, text: cell.Source, code: cell.Type == notebook.Code}
		if cell.Type == notebook.Markdown {
			for line := range strings.Lines(cell.Source) {
				if title, ok := strings.CutPrefix(strings.TrimLeft(line, "#"), " "); ok && strings.HasPrefix(line, "#") {
					heading = strings.TrimSpace(markup.ReplaceAllString(title, ""))
					break
				}
			}
			s.text = markup.ReplaceAllString(cell.Source, "")
		}
		s.heading = heading
		s.text = strings.Join(strings.Fields(s.text), " ")
		s.folded = strings.ToLower(s.text)
		if s.text != "" {
			list = append(list, s)
		}
	}
	return list
}

// find returns the cells that hold every word of the query, those in lang and
// those with a word in their heading first.
func (s *Server) find(query, lang string) ([]hit, error) {
	words := strings.Fields(strings.ToLower(query[:min(len(query), maxQuery)]))
	words = words[:min(len(words), wordsTried)]
	items, err := s.shelf.list()
	if err != nil || len(words) == 0 {
		return []hit{}, err
	}
	hits := []hit{}
	for _, it := range items {
		its, _, _ := strings.Cut(it.Key, "/")
		if s.own() {
			its = ""
		}
		var found []hit
		for _, sec := range s.digests.get(s.shelf, it).sections {
			if rank := sec.rank(words); rank > 0 {
				if its == lang {
					rank += 1000
				}
				found = append(found, hit{
					URL: s.urlOf(it.Key) + "#cell-" + sec.cell, Chapter: it.Title, Heading: sec.heading,
					Text: sec.around(words), Lang: its, Code: sec.code, rank: rank,
				})
			}
		}
		slices.SortStableFunc(found, func(a, b hit) int { return b.rank - a.rank })
		hits = append(hits, found[:min(len(found), hitsEach)]...)
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return b.rank - a.rank })
	return hits[:min(len(hits), maxHits)], nil
}

// rank is 0 for a section that lacks a word.
func (sec section) rank(words []string) int {
	rank := 1
	heading := strings.ToLower(sec.heading)
	for _, word := range words {
		inHeading := strings.Contains(heading, word)
		if inHeading {
			rank += 20
		}
		if !strings.Contains(sec.folded, word) && !inHeading {
			return 0
		}
	}
	if !sec.code {
		rank += 5
	}
	return rank
}

// around is the part of the text that shows the first word, cut at letters.
func (sec section) around(words []string) string {
	at := max(strings.Index(sec.folded, words[0]), 0)
	// Lower case may be longer or shorter in bytes; near enough is fine.
	from, to := max(0, min(at, len(sec.text))-snippet/3), min(len(sec.text), at+snippet)
	from = min(from, to)
	for from > 0 && !utf8.RuneStart(sec.text[from]) {
		from--
	}
	for to < len(sec.text) && !utf8.RuneStart(sec.text[to]) {
		to++
	}
	// Begin with a whole word, where words have spaces between them.
	if space := strings.IndexByte(sec.text[from:to], ' '); from > 0 && space >= 0 && from+space < at {
		from += space + 1
	}
	text := sec.text[from:to]
	if from > 0 {
		text = "… " + text
	}
	if to < len(sec.text) {
		text += " …"
	}
	return text
}

func (s *Server) search(w http.ResponseWriter, r *http.Request) error {
	hits, err := s.find(r.URL.Query().Get("q"), language(r))
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, map[string]any{"hits": hits})
	return nil
}
