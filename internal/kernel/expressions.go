package kernel

import (
	"context"
	"fmt"
	"go/parser"
	"strings"

	"lanebook/internal/display"
	"lanebook/internal/engine"
	"lanebook/internal/jupyter"
)

// evaluate gives the values of user expressions, keyed like them. Each is a Go
// expression that sees the session's declarations; it is printed by a small
// cell of its own.
func (k *Kernel) evaluate(ctx context.Context, expressions map[string]string) map[string]any {
	values := make(map[string]any, len(expressions))
	for name, expr := range expressions {
		text, failed := k.value(ctx, expr)
		if failed != nil {
			values[name] = jupyter.ExpressionError{Status: jupyter.Failed, Error: *failed}
			continue
		}
		values[name] = jupyter.ExpressionResult{
			Status:   jupyter.OK,
			Data:     map[string]any{display.Text: text},
			Metadata: map[string]any{},
		}
	}
	return values
}

// value evaluates one expression.
func (k *Kernel) value(ctx context.Context, expr string) (string, *jupyter.Error) {
	if _, err := parser.ParseExpr(expr); err != nil {
		return "", &jupyter.Error{Name: "SyntaxError", Value: err.Error(), Traceback: []string{"SyntaxError: " + err.Error()}}
	}
	// The parenthesis on a line of its own survives a comment at the end of
	// the expression.
	cell := engine.Cell{Name: "expression", Source: fmt.Sprintf("%%%%\nfmt.Printf(\"%%v\", %s,\n)\n", expr)}
	var out printed
	result, err := k.engine.Execute(ctx, cell, &out)
	return out.String(), failure(result, err)
}

// printed is a sink that keeps what goes to stdout.
type printed struct{ strings.Builder }

// Stream keeps text of stdout.
func (p *printed) Stream(name, text string) {
	if name == "stdout" {
		p.WriteString(text)
	}
}

// Show drops displays: an expression has a value only.
func (p *printed) Show(display.Display) {}
