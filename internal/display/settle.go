package display

import (
	"os"
	"time"
)

// settleTime is how long settle waits at most: another goroutine may print
// without end. // arbitrary
const settleTime = 50 * time.Millisecond

// settle gives a kernel that reads text and displays independently of each
// other, as GoNB does, the time to pass on what was printed so far. The
// lanebook kernel keeps them in order by itself.
func (c *Conn) settle() error {
	if os.Getenv("LANEBOOK_VERSION") != "" {
		return nil
	}
	for end := time.Now().Add(settleTime); unread(1)+unread(2) > 0 && time.Now().Before(end); {
		time.Sleep(100 * time.Microsecond)
	}
	// What was read last is still on its way out; so is our question.
	return c.sync()
}
