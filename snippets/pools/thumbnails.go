package pools

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"os"
	"path"
	"strings"

	"golang.org/x/sync/errgroup"
)

// Thumbnails shrinks every .png file of src to each of the sizes (the longer
// side, in pixels) and writes NAME_SIZE.png into dst, with at most the given
// number of workers. It returns how many files it wrote. After an error no new
// picture is begun.
func Thumbnails(
	ctx context.Context, src, dst *os.Root, sizes []int, workers int,
) (int, error) {
	names, err := fs.Glob(src.FS(), "*.png")
	if err != nil {
		return 0, err
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(workers)
	for _, name := range names {
		g.Go(func() error {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			return thumbnail(src, dst, name, sizes)
		})
	}
	if err := g.Wait(); err != nil {
		return 0, err
	}
	return len(names) * len(sizes), nil
}

// thumbnail reads one picture and writes it in every size.
func thumbnail(src, dst *os.Root, name string, sizes []int) error {
	in, err := src.Open(name)
	if err != nil {
		return err
	}
	defer in.Close()
	picture, err := png.Decode(in)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	base := strings.TrimSuffix(path.Base(name), ".png")
	for _, size := range sizes {
		out, err := dst.Create(fmt.Sprintf("%s_%d.png", base, size))
		if err != nil {
			return err
		}
		if err := png.Encode(out, Shrink(picture, size)); err != nil {
			out.Close()
			return err
		}
		if err := out.Close(); err != nil {
			return err
		}
	}
	return nil
}

// Shrink scales a picture down so that its longer side has size pixels, by
// averaging the box of source pixels behind each new one. A picture that is
// already small enough is returned as it is.
func Shrink(src image.Image, size int) image.Image {
	b := src.Bounds()
	long := max(b.Dx(), b.Dy())
	if size < 1 || long <= size {
		return src
	}
	w, h := max(1, b.Dx()*size/long), max(1, b.Dy()*size/long)
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			box := image.Rect(
				b.Min.X+x*b.Dx()/w, b.Min.Y+y*b.Dy()/h,
				b.Min.X+(x+1)*b.Dx()/w, b.Min.Y+(y+1)*b.Dy()/h)
			dst.Set(x, y, average(src, box))
		}
	}
	return dst
}

// average is the mean colour of a box of pixels.
func average(src image.Image, box image.Rectangle) color.Color {
	var r, g, b, a, n uint64
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			pr, pg, pb, pa := src.At(x, y).RGBA()
			r, g, b, a, n = r+uint64(pr), g+uint64(pg), b+uint64(pb), a+uint64(pa), n+1
		}
	}
	return color.RGBA64{R: uint16(r / n), G: uint16(g / n), B: uint16(b / n), A: uint16(a / n)}
}

// Pictures writes n different pictures, 01.png, 02.png and so on, of the given
// width and height into dst: something for Thumbnails to work on.
func Pictures(dst *os.Root, n, width, height int) error {
	for i := range n {
		img := image.NewRGBA(image.Rect(0, 0, width, height))
		for y := range height {
			for x := range width {
				// Rings around a centre that moves from picture to picture.
				dx, dy := x-width*(i+1)/(n+1), y-height/2
				ring := uint8((dx*dx + dy*dy) / (4 * (i + 4)))
				img.Set(x, y, color.RGBA{R: ring, G: uint8(x * 255 / width), B: uint8(y * 255 / height), A: 255})
			}
		}
		if err := writePNG(dst, fmt.Sprintf("%02d.png", i+1), img); err != nil {
			return err
		}
	}
	return nil
}

func writePNG(dst *os.Root, name string, img image.Image) error {
	f, err := dst.Create(name)
	if err != nil {
		return err
	}
	if err := png.Encode(f, img); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
