package kernel

import (
	"context"

	"lanebook/internal/jupyter"
)

// inspect describes what stands at the cursor.
func (k *Kernel) inspect(ctx context.Context, _ jupyter.Message, req jupyter.InspectRequest) (jupyter.Content, error) {
	cursor := jupyter.NewCursor(req.Code, req.CursorPos)
	k.ahead(req.Code)
	found, ok, err := k.engine.Inspect(ctx, k.drafted(req.Code, cursor, req.Above))
	if err != nil {
		return nil, err
	}
	return jupyter.InspectReply{
		Status: jupyter.OK, Found: ok, Data: bundle(found), Metadata: map[string]any{},
	}, nil
}
