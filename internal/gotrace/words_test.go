package gotrace

import (
	"reflect"
	"strings"
	"testing"
)

// Both languages say everything, and put in the same things.
func TestWordsAreComplete(t *testing.T) {
	en, zh := reflect.ValueOf(english), reflect.ValueOf(chinese)
	for i := range en.NumField() {
		name := en.Type().Field(i).Name
		switch en.Field(i).Kind() {
		case reflect.String:
			a, b := en.Field(i).String(), zh.Field(i).String()
			if name != "space" && (a == "" || b == "") || strings.Count(a, "%")-2*strings.Count(a, "%%") != strings.Count(b, "%")-2*strings.Count(b, "%%") {
				t.Errorf("%s: %q and %q", name, a, b)
			}
		case reflect.Map:
			for _, key := range en.Field(i).MapKeys() {
				if value := zh.Field(i).MapIndex(key); !value.IsValid() || value.String() == "" {
					t.Errorf("%s[%v]: nothing in Chinese", name, key)
				}
			}
		}
	}
}

func TestCloseUp(t *testing.T) {
	for in, want := range map[string]string{
		"最久的是 小爱同学，决定的是 小爱 和 main": "最久的是小爱同学，决定的是小爱和 main",
		"main 在等 `是 的` 和 work 1":   "main 在等 `是 的` 和 work 1",
		"main and 2 others":        "main and 2 others",
		"":                         "",
	} {
		if got := closeUp(in); got != want {
			t.Errorf("closeUp(%q) = %q, want %q", in, got, want)
		}
	}
}
