package exercises

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"strings"

	"lanebook/kernelext/check"
)

// CheckCopyAll judges a copy of a folder that goes on after errors.
func CheckCopyAll(copyAll func(ctx context.Context, src, dst *os.Root) (copied int, err error)) check.Result {
	return check.Run(check.Say("Go on after an error", "出错了，接着做"),
		check.That(check.Say("it copies all files, those in sub-folders too", "复制所有文件，子文件夹里的也在内"), func(t *check.T) {
			src, dst := folders(t, "a.txt", "b.txt", "deep/c.txt")
			t.Try("CopyAll(ctx, src, dst)")
			n, err := copyAll(context.Background(), src, dst)
			check.NoError(t, err)
			check.Equal(t, n, 3)
			arrived(t, dst, "a.txt", "b.txt", "deep/c.txt")
		}),
		check.That(check.Say("a file that cannot be copied does not stop the others", "一个文件复制不了，不耽误别的文件"), func(t *check.T) {
			src, dst := folders(t, "a.txt", "b.txt", "c.txt")
			inTheWay(t, dst, "b.txt")
			t.Try(check.Say("CopyAll(ctx, src, dst), where b.txt cannot be copied", "CopyAll(ctx, src, dst)，其中 b.txt 无法复制"))
			n, err := copyAll(context.Background(), src, dst)
			arrived(t, dst, "a.txt", "c.txt")
			if n != 2 {
				t.Fail(fmt.Sprintf(check.Say("%d copied", "复制了 %d 个"), n), check.Say("2 copied", "复制了 2 个"))
			}
			mentions(t, err, "b.txt")
		}),
		check.That(check.Say("all errors come back, not only one", "所有错误都要返回，不能只有一个"), func(t *check.T) {
			src, dst := folders(t, "a.txt", "b.txt", "c.txt", "d.txt")
			inTheWay(t, dst, "b.txt")
			inTheWay(t, dst, "d.txt")
			t.Try(check.Say("CopyAll(ctx, src, dst), where b.txt and d.txt cannot be copied", "CopyAll(ctx, src, dst)，其中 b.txt 和 d.txt 无法复制"))
			_, err := copyAll(context.Background(), src, dst)
			arrived(t, dst, "a.txt", "c.txt")
			mentions(t, err, "b.txt")
			mentions(t, err, "d.txt")
		}),
		check.That(check.Say("but a cancelled context ends it", "但是取消 context 就要停下"), func(t *check.T) {
			src, dst := folders(t, "a.txt", "b.txt", "c.txt", "d.txt")
			t.Try(check.Say("CopyAll(ctx, src, dst), where ctx is cancelled already", "CopyAll(ctx, src, dst)，其中 ctx 已经取消"))
			ctx, cancel := context.WithCancel(context.Background())
			cancel()
			n, err := copyAll(ctx, src, dst)
			if n > 1 {
				t.Fail(fmt.Sprintf(check.Say("%d copied", "复制了 %d 个"), n), check.Say("1 at most", "至多 1 个"))
			}
			check.ErrorIs(t, err, context.Canceled)
		}),
	)
}

// folders makes a folder with files and an empty one. They go with the
// temporary folder of the child.
func folders(t *check.T, names ...string) (src, dst *os.Root) {
	roots := make([]*os.Root, 2)
	for i := range roots {
		dir, err := os.MkdirTemp("", "copy")
		check.NoError(t, err)
		roots[i], err = os.OpenRoot(dir)
		check.NoError(t, err)
	}
	for _, name := range names {
		check.NoError(t, roots[0].MkdirAll(path.Dir(name), 0o755))
		check.NoError(t, roots[0].WriteFile(name, []byte("this is "+name), 0o644))
	}
	return roots[0], roots[1]
}

// inTheWay puts a folder where a file should go, so that it cannot be copied.
func inTheWay(t *check.T, dst *os.Root, name string) {
	check.NoError(t, dst.MkdirAll(name+"/in the way", 0o755))
}

// arrived fails unless the files are in dst, whole.
func arrived(t *check.T, dst *os.Root, names ...string) {
	for _, name := range names {
		text, err := dst.ReadFile(name)
		switch {
		case errors.Is(err, os.ErrNotExist):
			t.Fail(fmt.Sprintf(check.Say("%s is missing", "缺少 %s"), name), fmt.Sprintf(check.Say("%s is copied", "%s 已复制"), name))
		case err != nil || string(text) != "this is "+name:
			t.Fail(fmt.Sprintf(check.Say("%s holds %s", "%s 的内容是 %s"), name, check.Show(string(text))), check.Show("this is "+name))
		}
	}
}

// mentions fails unless err speaks of the file.
func mentions(t *check.T, err error, name string) {
	if err == nil || !strings.Contains(err.Error(), name) {
		t.Fail(check.Show(err), fmt.Sprintf(check.Say("an error that names %s", "提到 %s 的错误"), name))
	}
}
