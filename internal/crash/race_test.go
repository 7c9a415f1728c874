package crash_test

import (
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"lanebook/internal/crash"
	"lanebook/internal/golden"
	"lanebook/internal/program"
)

// Each file holds what a real program printed under the race detector, the
// cells it was made of, and what we make of it.
func TestRacesGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/races/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no test cases", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var got []txtar.File
			cells := map[string]string{}
			for _, f := range a.Files {
				if f.Name == "stderr" || strings.HasPrefix(f.Name, "cell[") {
					got = append(got, f)
					cells[f.Name] = string(f.Data)
				}
			}
			golden.Compare(t, file, append(got, raceFiles(cells)...))
		})
	}
}

// raceFiles tells of the first report of each race in both languages.
func raceFiles(cells map[string]string) []txtar.File {
	var rest, short strings.Builder
	text := map[string]*strings.Builder{"en": {}, "zh": {}}
	var page strings.Builder
	seen := map[string]bool{}
	left := cells["stderr"]
	for {
		before, r, after, ok := crash.CutRace(left)
		rest.WriteString(before)
		if left = after; !ok {
			break
		}
		if r == nil || seen[r.Key()] {
			continue
		}
		seen[r.Key()] = true
		for _, lang := range []string{"en", "zh"} {
			teller := crash.Teller{Lang: lang, Source: func(cell string, n int) string { return program.SourceLine(cells[cell], n) }}
			short.WriteString(teller.Short(*r) + "\n")
			text[lang].WriteString(teller.Text(*r) + "\n")
			if lang == "en" {
				page.WriteString(teller.HTML(*r) + "\n")
			}
		}
	}
	return []txtar.File{
		{Name: "rest", Data: line(crash.WithoutCount(rest.String()))},
		{Name: "short", Data: line(short.String())},
		{Name: "text", Data: line(text["en"].String())},
		{Name: "text zh", Data: line(text["zh"].String())},
		{Name: "html", Data: line(page.String())},
	}
}

func TestRaces(t *testing.T) {
	a, err := txtar.ParseFile("testdata/races/bank.txtar")
	if err != nil {
		t.Fatal(err)
	}
	races := crash.Races(string(a.Files[0].Data))
	if len(races) != 8 {
		t.Fatalf("%d races, want all 8", len(races))
	}
	r := races[0]
	if !r.Accesses[0].Write || r.Accesses[1].Write {
		t.Errorf("kinds of accesses: %+v", r.Accesses)
	}
	for i, want := range []program.Pos{{Cell: "cell[2]", Line: 3}, {Cell: "cell[2]", Line: 6}} {
		f, ok := r.Accesses[i].Cell()
		if at, _ := f.Cell(); !ok || at != want {
			t.Errorf("access %d at %v, want %v", i, at, want)
		}
		if len(r.Accesses[i].Created) != 1 || r.Accesses[i].Created[0].Func != "main.main" {
			t.Errorf("access %d: started at %v", i, r.Accesses[i].Created)
		}
	}
	if got := crash.Races("==================\nno report\n==================\n"); got != nil {
		t.Errorf("found %v in a program's own lines", got)
	}
}

// Text comes in pieces: what may be the beginning of a report is found
// wherever it is cut.
func TestRaceBegins(t *testing.T) {
	a, err := txtar.ParseFile("testdata/races/lost.txtar")
	if err != nil {
		t.Fatal(err)
	}
	text := string(a.Files[0].Data)
	start := strings.Index(text, "=====")
	for cut := start + 1; cut < len(text); cut++ {
		if _, _, _, whole := crash.CutRace(text[:cut]); whole {
			return
		}
		if got := crash.RaceBegins(text[:cut]); got != start {
			t.Fatalf("cut at %d: begins at %d, want %d", cut, got, start)
		}
	}
	t.Error("never complete")
}

func FuzzRaces(f *testing.F) {
	files, _ := filepath.Glob("testdata/races/*.txtar")
	for _, file := range files {
		if a, err := txtar.ParseFile(file); err == nil {
			f.Add(string(a.Files[0].Data))
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		before, r, after, ok := crash.CutRace(text)
		if !strings.HasPrefix(text, before) || !strings.HasSuffix(text, after) || (!ok && before != text) {
			t.Fatalf("before %q, after %q", before, after)
		}
		if r != nil {
			teller := crash.Teller{Lang: "zh"}
			if teller.Text(*r) == "" || teller.HTML(*r) == "" {
				t.Fatal("nothing to say")
			}
		}
	})
}
