// Package charts draws what cells measured: timings, comparisons, speed-ups,
// tallies, and small figures that explain values. A cell sends data of the
// MIME type application/vnd.lanebook+json; Draw makes a picture of them, says
// in words what matters, and adds to the data what was found out.
//
// It runs nothing and measures nothing, and statistics are internal/measure's.
// docs/pictures.md describes every kind of data.
package charts

import (
	"encoding/json"
	"errors"
	"fmt"

	"lanebook/internal/display"
)

// maxData bounds what a cell may send to be drawn. // arbitrary
const maxData = 8 << 20

// drawers draw one kind of data each.
var drawers = map[string]func(data []byte, w *words) (*picture, error){
	"timing":     drawTiming,
	"compare":    drawCompare,
	"observer":   drawObserver,
	"sweep":      drawSweep,
	"tally":      drawTally,
	"prediction": drawPrediction,
	"figure":     drawFigure,
}

// Draw makes a picture of data in all its forms, in the language "en" or "zh".
func Draw(data []byte, lang string) (display.Bundle, error) {
	if len(data) > maxData {
		return nil, fmt.Errorf("draw: %d bytes of data are too many", len(data))
	}
	var head struct {
		Version int    `json:"version"`
		Kind    string `json:"kind"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return nil, fmt.Errorf("draw: %w", err)
	}
	drawer, ok := drawers[head.Kind]
	if !ok || head.Version != 1 {
		return nil, fmt.Errorf("draw: unknown kind %q, version %d", head.Kind, head.Version)
	}
	p, err := drawer(data, wordsOf(lang))
	if err != nil {
		return nil, fmt.Errorf("draw %s: %w", head.Kind, err)
	}
	return p.bundle(wordsOf(lang))
}

var errEmpty = errors.New("there is nothing to draw")

// read decodes data, whose kind is known.
func read[T any](data []byte) (*T, error) {
	v := new(T)
	if err := json.Unmarshal(data, v); err != nil {
		return nil, err
	}
	return v, nil
}
