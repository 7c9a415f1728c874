// Package kernel answers Jupyter messages by driving one engine. It knows
// neither sockets nor how cells are built: messages come in through Handle and
// leave through a Sender, so that the ZeroMQ transport, the study server and
// the tests host it alike.
//
// To follow a message: Handle puts it into a queue, dispatch publishes busy,
// looks its type up in the table handlers, calls the handler, sends the reply
// on the channel of the request, and publishes idle, whatever happens. Each
// request type has a file of its own.
//
// The kernel uses the following goroutines:
//
//   - session takes shell requests one at a time. It alone runs cells, counts
//     them and keeps the history, so these need no lock.
//   - control takes the requests on the control channel that leave the session
//     alone (kernel_info, interrupt, shutdown, debug, draft), so that they are
//     answered while a cell runs; and what widgets say, on any channel.
//   - while a cell runs, a timer may publish the text that the cell printed last
//     and that no later output has pushed out yet (see output).
//
// The Sender is called from all of them.
package kernel
