package pools_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lanebook/snippets/pools"
)

func TestThumbnails(t *testing.T) {
	srcDir, dstDir := t.TempDir(), t.TempDir()
	src, dst := openRoot(t, srcDir), openRoot(t, dstDir)
	if err := pools.Pictures(src, 3, 64, 32); err != nil {
		t.Fatal(err)
	}
	n, err := pools.Thumbnails(t.Context(), src, dst, []int{8, 16}, 2)
	if n != 6 || err != nil {
		t.Fatalf("wrote %d, error %v", n, err)
	}
	f, err := dst.Open("02_16.png")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if got := img.Bounds().Size(); got != image.Pt(16, 8) {
		t.Errorf("size %v", got)
	}
}

func TestThumbnailsBrokenPicture(t *testing.T) {
	src, dst := openRoot(t, t.TempDir()), openRoot(t, t.TempDir())
	if err := src.WriteFile("bad.png", []byte("not a picture"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := pools.Thumbnails(t.Context(), src, dst, []int{8}, 2); err == nil || !strings.Contains(err.Error(), "bad.png") {
		t.Errorf("error %v", err)
	}
}

func TestShrinkAverages(t *testing.T) {
	src := image.NewRGBA(image.Rect(0, 0, 2, 2))
	src.Set(0, 0, color.White)
	src.Set(1, 1, color.White)
	src.Set(1, 0, color.Black)
	src.Set(0, 1, color.Black)
	r, _, _, a := pools.Shrink(src, 1).At(0, 0).RGBA()
	if r>>8 != 127 || a>>8 != 255 {
		t.Errorf("red %d, alpha %d", r>>8, a>>8)
	}
	if pools.Shrink(src, 5) != image.Image(src) {
		t.Error("a small picture was changed")
	}
}

func TestCopyDir(t *testing.T) {
	srcDir, dstDir := t.TempDir(), t.TempDir()
	src, dst := openRoot(t, srcDir), openRoot(t, dstDir)
	if err := pools.Files(src, 25, 1000); err != nil {
		t.Fatal(err)
	}
	last := 0
	err := pools.CopyDir(t.Context(), src, dst, 4, func(done, total int) {
		if done != last+1 || total != 25 {
			t.Errorf("progress %d of %d after %d", done, total, last)
		}
		last = done
	})
	if err != nil || last != 25 {
		t.Fatalf("copied %d, error %v", last, err)
	}
	for _, name := range []string{"part1/001.bin", "part3/025.bin"} {
		want, err1 := os.ReadFile(filepath.Join(srcDir, name))
		got, err2 := os.ReadFile(filepath.Join(dstDir, name))
		if err1 != nil || err2 != nil || !bytes.Equal(got, want) {
			t.Errorf("%s differs (%v, %v)", name, err1, err2)
		}
	}
}

// The Python original waits for ever when one file cannot be copied.
func TestCopyDirError(t *testing.T) {
	src, dst := openRoot(t, t.TempDir()), openRoot(t, t.TempDir())
	if err := pools.Files(src, 12, 10); err != nil {
		t.Fatal(err)
	}
	if err := dst.MkdirAll("part1/003.bin", 0o755); err != nil {
		t.Fatal(err)
	}
	if err := pools.CopyDir(t.Context(), src, dst, 3, func(int, int) {}); err == nil {
		t.Error("no error")
	}
}

func openRoot(t *testing.T, dir string) *os.Root {
	t.Helper()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	return root
}
