package engine

import (
	"reflect"
	"strings"
	"testing"
)

// Both languages say everything, with the same verbs.
func TestWords(t *testing.T) {
	en, zh := reflect.ValueOf(english), reflect.ValueOf(chinese)
	for i := range en.NumField() {
		name, a, b := en.Type().Field(i).Name, en.Field(i).String(), zh.Field(i).String()
		if a == "" || b == "" {
			t.Errorf("%s: %q, %q", name, a, b)
		}
		if name != "help" && strings.Count(a, "%") != strings.Count(b, "%") {
			t.Errorf("%s: different verbs in %q and %q", name, a, b)
		}
	}
}
