package engine

import (
	"context"
	"time"

	"lanebook/internal/process"
)

// Front is where a cell's widgets live; nil: nowhere.
type Front = process.Front

// Addresses at which a page says that it is there.
const (
	pingAddress = "#heartbeat/ping"
	PongAddress = "#heartbeat/pong"
)

// pongTime is how long %widgets_hb waits for the page.
const pongTime = time.Second

// openWidgets lets scripts in the page reach the cells, before one of them asks
// for it.
func (x *execution) openWidgets() {
	if x.cell.Front == nil {
		x.sink.Stream("stderr", x.say.noWidgets+"\n")
		return
	}
	x.cell.Front.Open()
}

// pingWidgets says whether a page with our script is there.
func (x *execution) pingWidgets(ctx context.Context) {
	front := x.cell.Front
	if front == nil {
		x.sink.Stream("stderr", x.say.noWidgets+"\n")
		return
	}
	pong := make(chan struct{}, 1)
	front.Listen(func(address string, _ any) {
		if address == PongAddress {
			select {
			case pong <- struct{}{}:
			default:
			}
		}
	})
	defer front.Listen(nil)
	front.Send(pingAddress, true)
	select {
	case <-pong:
		x.print(x.say.pong + "\n")
	case <-time.After(pongTime):
		x.sink.Stream("stderr", x.say.noPong+"\n")
	case <-ctx.Done():
	}
}
