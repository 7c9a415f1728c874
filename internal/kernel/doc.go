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
// The kernel uses the following goroutines; the table says which of the first
// three serves a request, whatever its channel:
//
//   - session runs the cells, one at a time. It alone counts them.
//   - one gives help: completion, inspection, drafts, history. A learner types
//     the next cell while a long one runs.
//   - one does what must never wait: kernel_info, interrupt, shutdown, comms.
//   - while a cell runs, a timer may publish the text that the cell printed last
//     and that no later output has pushed out yet (see output).
//
// The Sender is called from all of them.
package kernel
