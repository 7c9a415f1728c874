package charts

import (
	"encoding/json"
	"fmt"
)

// figures draw one form of the kind "figure" each.
var figures = map[string]func(data []byte, w *words) (*picture, error){
	"steps":     drawSteps,
	"bars":      drawBars,
	"histogram": drawHistogram,
	"gauge":     drawGauge,
	"waterfall": drawWaterfall,
	"slices":    drawSlices,
	"struct":    drawStructs,
	"interface": drawInterface,
	"tree":      drawTree,
	"graph":     drawGraph,
}

// figureHead is what all figures have.
type figureHead struct {
	Version   int      `json:"version"`
	Kind      string   `json:"kind"`
	Form      string   `json:"form"`
	Title     string   `json:"title,omitempty"`
	Sentences []string `json:"sentences"`
}

func drawFigure(data []byte, w *words) (*picture, error) {
	head, err := read[figureHead](data)
	if err != nil {
		return nil, err
	}
	drawer, ok := figures[head.Form]
	if !ok {
		return nil, fmt.Errorf("unknown form %q", head.Form)
	}
	p, err := drawer(data, w)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", head.Form, err)
	}
	p.title = head.Title
	p.data, err = withSentences(data, p.told)
	return p, err
}

// withSentences is the data as the cell sent them, and what the picture says.
func withSentences(data []byte, told []string) (any, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(data, &fields); err != nil {
		return nil, err
	}
	if told == nil {
		told = []string{}
	}
	out := map[string]any{"sentences": told}
	for key, value := range fields {
		if key != "sentences" {
			out[key] = value
		}
	}
	return out, nil
}

// unitText writes a value with its unit. Nanoseconds and bytes have their own ways.
func unitText(v float64, unit string) string {
	switch {
	case unit == "ns" && v >= 0:
		return timeText(v)
	case unit == "B" && v >= 0:
		return bytesText(v)
	case unit == "":
		return plain(v)
	}
	return plain(v) + " " + unit
}

// plain writes a value with as many digits as it deserves.
func plain(v float64) string {
	if v < 0 {
		return "−" + plain(-v)
	}
	if v == float64(int64(v)) || v >= 1000 {
		return thousands(int64(v + 0.5))
	}
	return fmt.Sprintf("%.3g", v)
}
