//go:build !lanebook

package cell

import (
	"lanebook/internal/charts"
	"lanebook/internal/display"
)

// draw draws here, because no kernel would.
func draw(data, id string) {
	bundle, err := charts.Draw([]byte(data), Lang())
	if err != nil {
		Complain("this could not be drawn: %v", "无法绘制：%v", err)
		return
	}
	Show(display.Display{Data: bundle, ID: id})
}
