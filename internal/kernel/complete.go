package kernel

import (
	"context"

	"lanebook/internal/jupyter"
)

// complete proposes how to go on at the cursor. Kinds and details of the
// proposals travel in the field that JupyterLab reads them from.
func (k *Kernel) complete(ctx context.Context, _ jupyter.Message, req jupyter.CompleteRequest) (jupyter.Content, error) {
	cursor := jupyter.NewCursor(req.Code, req.CursorPos)
	k.ahead(req.Code)
	completion, err := k.engine.Complete(ctx, k.drafted(req.Code, cursor, req.Above))
	if err != nil {
		return nil, err
	}
	start, end := cursor.Pos(completion.Start), cursor.Pos(completion.End)
	matches := make([]string, 0, len(completion.Matches))
	types := make([]map[string]any, 0, len(completion.Matches))
	for _, m := range completion.Matches {
		matches = append(matches, m.Text)
		types = append(types, map[string]any{
			"text": m.Text, "type": m.Kind, "signature": m.Detail, "start": start, "end": end,
		})
	}
	return jupyter.CompleteReply{
		Status: jupyter.OK, Matches: matches, CursorStart: start, CursorEnd: end,
		Metadata: map[string]any{"_jupyter_types_experimental": types},
	}, nil
}
