//go:build !lanebook

package cell

// Kept keeps nothing here: when this program ends, nobody is left to draw.
type Kept struct{}

// NewKept returns a Kept that is never due.
func NewKept() *Kept { return &Kept{} }

// Due reports whether it is time to write again.
func (k *Kept) Due() bool { return false }

// Write does nothing here.
func (k *Kept) Write(Object) {}

// Remove does nothing here.
func (k *Kept) Remove() {}
