package kernelext

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"

	"lanebook/internal/cell"
	"lanebook/internal/display"
)

// show sends d to the kernel, or prints its text where there is no kernel.
func show(d display.Display) { cell.Show(d) }

// inNotebook reports whether a kernel is there to show things.
func inNotebook() bool { return cell.InNotebook() }

// HTML shows a piece of HTML.
func HTML(source string) {
	show(display.Display{Data: display.Bundle{display.HTML: source, display.Text: source}})
}

// Markdown shows formatted text.
func Markdown(source string) {
	show(display.Display{Data: display.Bundle{display.Markdown: source, display.Text: source}})
}

// Text shows plain text as an output of its own, in order with everything printed.
func Text(text string) {
	show(display.Display{Data: display.Bundle{display.Text: text}})
}

// SVG shows a drawing. It travels as an image, because notebooks remove
// drawings that are part of the page itself until the learner trusts them.
func SVG(source string) {
	show(display.Display{Data: display.Bundle{
		display.HTML: imageTag(display.SVG, []byte(source)),
		display.Text: say("[a drawing]", "[一幅图]"),
	}})
}

// PNG shows an image, given as the bytes of a PNG file.
func PNG(file []byte) {
	show(display.Display{Data: display.Bundle{
		display.PNG:  file,
		display.Text: fmt.Sprintf(say("[an image of %d bytes]", "[一张图片，%d 字节]"), len(file)),
	}})
}

// JSON shows any value as JSON that can be folded and searched.
func JSON(value any) {
	compact, err := json.Marshal(value)
	if err != nil {
		complain("this value cannot be written as JSON: %v", "这个值不能写成 JSON：%v", err)
		return
	}
	indented, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		indented = compact
	}
	show(display.Display{Data: display.Bundle{
		display.JSON: string(compact),
		display.Text: string(indented),
	}})
}

// imageTag is an image inside a page, with everything it needs in it.
func imageTag(mime string, file []byte) string {
	return fmt.Sprintf(`<img src="data:%s;base64,%s" alt="%s" style="max-width:100%%">`,
		mime, base64.StdEncoding.EncodeToString(file), html.EscapeString(say("a drawing", "一幅图")))
}
