package study

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"

	"lanebook/internal/render"
)

// IndexPage is what the template index.html is given.
type IndexPage struct {
	Lang     string // of the page: en or zh
	Own      bool   // the learner's own notebooks, which have no languages
	Nonce    string // of the content security policy, for style elements
	Version  string
	Chapters []ChapterLink
}

// ChapterLink leads to one notebook. The other language's fields are empty
// where there is none.
type ChapterLink struct {
	Name                  string // 13-pools
	Title, TitleOther     string
	URL, URLOther         string
	Started, StartedOther bool // the learner has work in it
	Done                  Done // how much of it; of the course only
}

// ChapterPage is what the template chapter.html is given.
type ChapterPage struct {
	Lang, Name, Title string
	Own               bool
	Nonce             string
	Version           string
	URL, URLOther     string // this page, and the same chapter in the other language
	WorkURL           string // where its edits are saved
	SessionPath       string // path of its session, for POST /api/sessions
	Prev, Next        *ChapterLink
	Chapters          []ChapterLink // all there are, in the page's language
	Done              Done          // how much of this one; of the course only
	ETag              string
	Started           bool
	Changed           []string          // ids of edited cells whose original changed
	Conflicts         []string          // files that keep what could not be saved
	Original          map[string]string // original sources by cell id; nil for own notebooks
	Rendered          render.Chapter
}

func (s *Server) index(w http.ResponseWriter, r *http.Request) {
	lang := language(r)
	links, err := s.links(lang)
	if err != nil {
		s.errorPage(w, err)
		return
	}
	nonce := rand.Text()
	s.page(w, "index.html", nonce, IndexPage{
		Lang: lang, Own: s.own(), Nonce: nonce, Version: s.options.Version, Chapters: links,
	})
}

// tree is the address at which Jupyter's clients expect a page for people.
func (s *Server) tree(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, "/", http.StatusFound)
}

// own reports whether the shelf holds the learner's own notebooks.
func (s *Server) own() bool {
	_, own := s.shelf.(*folder)
	return own
}

// links lists the notebooks of one language with their twins in the other.
// A chapter that exists in the other language alone is listed by that one.
func (s *Server) links(lang string) ([]ChapterLink, error) {
	items, err := s.shelf.list()
	if err != nil {
		return nil, err
	}
	var links []ChapterLink
	if s.own() {
		for _, it := range items {
			links = append(links, ChapterLink{Name: it.Key, Title: it.Title, URL: s.urlOf(it.Key), Started: it.Started})
		}
		return links, nil
	}
	byName := map[string]*ChapterLink{}
	var names []string
	for _, it := range items {
		itsLang, name, _ := strings.Cut(it.Key, "/")
		link := byName[name]
		if link == nil {
			link = &ChapterLink{Name: name}
			byName[name], names = link, append(names, name)
		}
		if itsLang == lang {
			link.Title, link.URL, link.Started = it.Title, s.urlOf(it.Key), it.Started
			link.Done = s.digests.get(s.shelf, it).done
		} else {
			link.TitleOther, link.URLOther, link.StartedOther = it.Title, s.urlOf(it.Key), it.Started
		}
	}
	slices.Sort(names)
	for _, name := range names {
		links = append(links, *byName[name])
	}
	return links, nil
}

// urlOf is the page of a notebook.
func (s *Server) urlOf(key string) string {
	if s.own() {
		key = "nb/" + key
	}
	return escape("/" + key)
}

// language of a page that has none in its address: asked for, or the first
// of ours that the browser names, or English.
func language(r *http.Request) string {
	if lang := r.URL.Query().Get("lang"); slices.Contains(languages, lang) {
		return lang
	}
	for tag := range strings.SplitSeq(r.Header.Get("Accept-Language"), ",") {
		tag, _, _ = strings.Cut(strings.TrimSpace(tag), ";")
		tag, _, _ = strings.Cut(tag, "-")
		if slices.Contains(languages, strings.ToLower(tag)) {
			return strings.ToLower(tag)
		}
	}
	return languages[0]
}

// chapter serves the page of the notebook that key finds in the request.
func (s *Server) chapter(key func(*http.Request) string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		k := key(r)
		if own, ok := s.shelf.(*folder); ok && own.picture(w, r, k) {
			return
		}
		v, err := s.shelf.load(k)
		if err != nil {
			s.errorPage(w, err)
			return
		}
		data := ChapterPage{
			Name: path.Base(k), Title: title(v.Notebook, path.Base(k)), Own: s.own(),
			Nonce: rand.Text(), Version: s.options.Version,
			URL: s.urlOf(k), SessionPath: k, ETag: v.ETag, Started: v.Started,
			Changed: v.Changed, Conflicts: v.Conflicts, Original: v.Original,
		}
		data.WorkURL = "/work" + data.URL
		data.Lang = language(r)
		var link func(string) string
		if !data.Own {
			data.Lang, _, _ = strings.Cut(k, "/")
			link = chapterLink
		}
		data.Rendered = s.rendered.get(k+" "+data.Lang, v.ETag, func() render.Chapter {
			return render.NewChapter(v.Notebook, render.Form{Lang: data.Lang, Link: link, Data: true})
		})
		if links, err := s.links(data.Lang); err == nil {
			data.place(links)
		}
		w.Header().Set("ETag", v.ETag)
		s.page(w, "chapter.html", data.Nonce, data)
	}
}

// rendered keeps the newest rendering of notebooks: highlighting a chapter
// takes longer than everything else about its page.
type rendered struct {
	mu    sync.Mutex
	byKey map[string]rendering
}

type rendering struct {
	etag    string
	chapter render.Chapter
}

// maxRendered bounds what a folder of notebooks can make us keep; arbitrary,
// more than the course has.
const maxRendered = 64

func (rs *rendered) get(key, etag string, render func() render.Chapter) render.Chapter {
	rs.mu.Lock()
	kept, ok := rs.byKey[key]
	rs.mu.Unlock()
	if ok && kept.etag == etag {
		return kept.chapter
	}
	chapter := render()
	rs.mu.Lock()
	defer rs.mu.Unlock()
	if rs.byKey == nil || len(rs.byKey) >= maxRendered {
		rs.byKey = map[string]rendering{}
	}
	rs.byKey[key] = rendering{etag, chapter}
	return chapter
}

// chapterLink turns a link between notebooks, which works in JupyterLab and on
// disk, into one between pages.
func chapterLink(dest string) string {
	u, err := url.Parse(dest)
	if err != nil || u.Scheme != "" || u.Host != "" || path.Ext(u.Path) != ".ipynb" {
		return dest
	}
	u.Path = strings.TrimSuffix(u.Path, ".ipynb")
	return u.String()
}

// place finds the page's neighbours and its twin in the list of all.
func (p *ChapterPage) place(links []ChapterLink) {
	at := slices.IndexFunc(links, func(l ChapterLink) bool { return l.URL == p.URL })
	if at < 0 {
		return
	}
	p.Chapters, p.Done = links, links[at].Done
	p.URLOther = links[at].URLOther
	for i := at - 1; i >= 0 && p.Prev == nil; i-- {
		if links[i].URL != "" {
			p.Prev = &links[i]
		}
	}
	for i := at + 1; i < len(links) && p.Next == nil; i++ {
		if links[i].URL != "" {
			p.Next = &links[i]
		}
	}
}

// page renders a template whole before the first byte is sent, so that a
// fault in it cannot leave half a page.
func (s *Server) page(w http.ResponseWriter, name, nonce string, data any) {
	var body bytes.Buffer
	if err := s.options.Templates.ExecuteTemplate(&body, name, data); err != nil {
		s.options.Log.Error("render page", "template", name, "err", err)
		s.errorPage(w, fmt.Errorf("this page could not be rendered: %w", err))
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", pagePolicy(nonce))
	w.Write(body.Bytes())
}

func (s *Server) errorPage(w http.ResponseWriter, err error) {
	f := &failure{status: http.StatusInternalServerError, Message: err.Error()}
	errors.As(err, &f)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", plainPolicy)
	w.WriteHeader(f.status)
	brokenPage.Execute(w, f.Message)
}
