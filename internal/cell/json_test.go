package cell

import (
	"encoding/json"
	"math"
	"reflect"
	"testing"
	"time"
)

func TestObject(t *testing.T) {
	odd := "a\"b\\c\nd\x01 素数 🙂 \u2028</script>"
	got := Object{
		"s", odd, odd, 1, "list", List{int64(-1), uint64(math.MaxUint64), 1.5, true, nil, Object{}, List{}},
		"nan", math.NaN(), "inf", math.Inf(-1), "d", 3 * time.Microsecond, "tiny", 1e-300, "names", []string{"x", odd},
	}.String()
	var back map[string]any
	if err := json.Unmarshal([]byte(got), &back); err != nil {
		t.Fatalf("%v in %s", err, got)
	}
	want := map[string]any{
		"s": odd, odd: 1.0, "list": []any{-1.0, float64(math.MaxUint64), 1.5, true, nil, map[string]any{}, []any{}},
		"nan": nil, "inf": nil, "d": 3000.0, "tiny": 1e-300, "names": []any{"x", odd},
	}
	if !reflect.DeepEqual(back, want) {
		t.Errorf("got %s", got)
	}
	// What is no text becomes the sign for that, as encoding/json has it.
	if got := (Object{"x", "\xff"}).String(); got != "{\"x\":\"\uFFFD\"}" {
		t.Errorf("got %s", got)
	}
}
