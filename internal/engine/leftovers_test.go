package engine

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// What a killed engine left is removed by the next one; what belongs to
// somebody who lives, or to nobody we know, stays.
func TestLeftovers(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	living := newEngine(t)
	old := time.Now().Add(-time.Hour)
	if err := os.Chtimes(filepath.Join(living.home, lockName), old, old); err != nil {
		t.Fatal(err)
	}
	make := func(name string, locked bool, age time.Duration) {
		dir := filepath.Join(temp, name)
		if err := os.MkdirAll(filepath.Join(dir, "build"), 0o700); err != nil {
			t.Fatal(err)
		}
		if !locked {
			return
		}
		file := filepath.Join(dir, lockName)
		when := time.Now().Add(-age)
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file, when, when); err != nil {
			t.Fatal(err)
		}
	}
	make("lanebook-123", true, time.Hour)
	make("lanebook-124", true, time.Second)
	make("lanebook-125", false, 0)
	make("lanebook-print-126", true, time.Hour)
	make("somebody-127", true, time.Hour)
	removeLeftovers()
	for name, want := range map[string]bool{
		"lanebook-123": false, "lanebook-124": true, "lanebook-125": true, "lanebook-print-126": true, "somebody-127": true,
		filepath.Base(living.home): true,
	} {
		if _, err := os.Stat(filepath.Join(temp, name)); (err == nil) != want {
			t.Errorf("%s is there: %v, want %v", name, err == nil, want)
		}
	}
	if got := tell(t, living, "fmt.Println(1)"); got != "[stdout]\n1\n" {
		t.Errorf("got %s", got)
	}
}
