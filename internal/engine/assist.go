package engine

import (
	"context"

	"lanebook/internal/display"
)

// Complete proposes how to go on at byte offset of src.
func (e *Engine) Complete(ctx context.Context, src string, offset int) (Completion, error) {
	return Completion{Start: offset, End: offset}, nil
}

// Inspect describes what stands at byte offset of src; ok is false when there
// is nothing to say.
func (e *Engine) Inspect(ctx context.Context, src string, offset int) (b display.Bundle, ok bool, err error) {
	return nil, false, nil
}
