package coord

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

func TestRemind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		text := <-Remind(t.Context(), 5*time.Second, "the tea!")
		if text != "the tea!" || time.Since(begin) != 5*time.Second {
			t.Errorf("%q after %v", text, time.Since(begin))
		}
	})
}

func TestRemindGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		reminder := Remind(ctx, time.Hour, "too late")
		cancel()
		if text, ok := <-reminder; ok {
			t.Errorf("got %q after cancelling", text)
		}
	})
}
