package engine

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// On a full disk a cell says so, and runs again when there is room.
func TestFullDisk(t *testing.T) {
	disk := t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=6m"); err != nil {
		t.Skip("a disk of our own to fill needs the rights of root: ", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(disk, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	t.Setenv("TMPDIR", disk)
	var e *Engine
	t.Run("cells", func(t *testing.T) { // the engine closes before the disk goes
		e = newEngine(t)
		tell(t, e, "fmt.Println(1)")
		ballast := filepath.Join(disk, "ballast")
		if err := os.WriteFile(ballast, make([]byte, 6<<20), 0o600); err == nil {
			t.Fatal("the disk is larger than expected")
		}
		for _, src := range []string{"fmt.Println(2)", "import \"lanebook/kernelext\"\n%%\nkernelext.Text(\"x\")"} {
			got := tell(t, e, src)
			if !strings.Contains(got, "[problem DiskFull]\nthe disk is full: there is no room left in HOME") {
				t.Errorf("%s: got %s", src, got)
			}
		}
		if err := os.Remove(ballast); err != nil {
			t.Fatal(err)
		}
		if got := tell(t, e, "fmt.Println(2)"); got != "[stdout]\n2\n" {
			t.Errorf("with room again: %s", got)
		}
	})
}
