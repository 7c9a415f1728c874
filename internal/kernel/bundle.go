package kernel

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"unicode/utf8"

	"lanebook/internal/display"
)

// bundle writes a display's data as the protocol wants it: JSON as values
// rather than text, binary data in base64.
func bundle(b display.Bundle) map[string]any {
	data := make(map[string]any, len(b))
	for mime, value := range b {
		data[mime] = field(mime, value)
	}
	return data
}

func field(mime string, value any) any {
	var text string
	switch v := value.(type) {
	case string:
		text = v
	case []byte:
		if !isText(mime) || !utf8.Valid(v) {
			return base64.StdEncoding.EncodeToString(v)
		}
		text = string(v)
	default:
		return value
	}
	if isJSON(mime) && json.Valid([]byte(text)) {
		return json.RawMessage(text)
	}
	return text
}

func isJSON(mime string) bool {
	mime, _, _ = strings.Cut(mime, ";")
	mime = strings.TrimSpace(mime)
	return mime == display.JSON || strings.HasSuffix(mime, "+json")
}

// isText reports whether data of this type is text even when it comes as bytes.
func isText(mime string) bool {
	return isJSON(mime) || strings.HasPrefix(mime, "text/") || strings.HasSuffix(mime, "+xml") || mime == "application/javascript"
}
