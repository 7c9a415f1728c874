// Package notebooks carries the course's chapters, with their recorded
// outputs, in the binary: en/NN-name.ipynb and zh/NN-name.ipynb.
// They are generated from lessons/; see docs/lessons.md.
package notebooks

import "embed"

// FS holds the notebooks.
//
//go:embed en/*.ipynb zh/*.ipynb
var FS embed.FS
