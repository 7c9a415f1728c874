// Package lanebook holds the source that a learner's cells may import, so
// that the lanebook command carries it wherever it is copied. It is not an
// API: cells import lanebook/kernelext and lanebook/snippets/....
package lanebook

import "embed"

// Source is the course as cells see it: the packages under kernelext,
// snippets and what those need. internal/course unpacks it.
//
//go:embed kernelext snippets internal/cell internal/display
var Source embed.FS
