package kernel

import (
	"context"
	"fmt"
	"strings"
	"time"

	"lanebook/internal/engine"
	"lanebook/internal/jupyter"
)

// settle is how long after its arrival a failed cell's reply waits. A front end
// that runs all cells sends them back to back; those on their way must be in
// the queue when a failure aborts it.
const settle = 5 * time.Millisecond

// execute runs a cell. The order in which things leave is: execute_input, the
// output as it comes, error, reply.
func (k *Kernel) execute(ctx context.Context, request jupyter.Message, req jupyter.ExecuteRequest) (jupyter.Content, error) {
	arrived := time.Now()
	count := int(k.count.Load())
	blank := strings.TrimSpace(req.Code) == ""
	if !req.Silent {
		k.publish(request, jupyter.ExecuteInput{Code: req.Code, ExecutionCount: count})
	}
	if req.StoreHistory && !req.Silent && !blank {
		k.count.Add(1)
	}
	reply := jupyter.ExecuteReply{
		Status: jupyter.OK, ExecutionCount: count,
		Payload: []map[string]any{}, UserExpressions: map[string]any{},
	}
	out := newOutput(k, request, req.Silent)
	if !blank {
		reply.Error = k.run(ctx, request, req, engine.Cell{Name: cellName(count), Source: req.Code}, out)
		defer k.aheadAgain(req.Code)
	}
	if req.StoreHistory && !req.Silent && !blank {
		k.history.add(count, req.Code, out.plain())
	}
	if reply.Error == nil {
		reply.UserExpressions = k.evaluate(ctx, req.UserExpressions)
		return reply, nil
	}
	reply.Status = jupyter.Failed
	if !req.Silent {
		k.publish(request, *reply.Error)
	}
	if req.StopOnError {
		time.Sleep(time.Until(arrived.Add(settle)))
		k.queues[cells].inspect(abort)
	}
	return reply, nil
}

// run gives a cell to the engine. All output has left when it returns.
func (k *Kernel) run(ctx context.Context, request jupyter.Message, req jupyter.ExecuteRequest, cell engine.Cell, out *output) *jupyter.Error {
	defer out.flush()
	if cell.Front = k.frontFor(request); req.Silent {
		cell.Front = nil
	}
	if req.AllowStdin {
		cell.Ask = func(ctx context.Context, prompt string, password bool) (string, error) {
			out.flush()
			return k.ask(ctx, request, prompt, password)
		}
	}
	if req.StoreHistory && !req.Silent {
		cell.Built = k.cellBuilt
	}
	result, err := k.engine.Execute(ctx, cell, out)
	if err != nil {
		k.log.Error("cell not run", "cell", cell.Name, "err", err)
	}
	return failure(result, err)
}

// failure is what a learner is told, nil when all went well. An err is not the
// learner's fault, and says so.
func failure(result engine.Result, err error) *jupyter.Error {
	if err != nil {
		value := fmt.Sprintf("the kernel could not run this cell: %v", err)
		return &jupyter.Error{Name: "KernelError", Value: value, Traceback: []string{"KernelError: " + value}}
	}
	if p := result.Problem; p != nil {
		e := &jupyter.Error{Name: p.Name, Value: p.Message, Traceback: p.Traceback}
		if len(e.Traceback) == 0 {
			e.Traceback = []string{p.Name + ": " + p.Message}
		}
		return e
	}
	return nil
}

// cellName is how positions in the cell with this count are spelled.
func cellName(count int) string { return fmt.Sprintf("cell[%d]", count) }
