package iterators

import "reflect"

// CanRange reports whether a for loop could range over v. The compiler knows
// that without asking; this is for a value whose type is found out at run time.
func CanRange(v any) bool {
	t := reflect.TypeOf(v)
	switch {
	case t == nil:
		return false
	case t.Kind() == reflect.Chan:
		return t.ChanDir()&reflect.RecvDir != 0 // CanSeq says yes to all channels
	default:
		return t.CanSeq() || t.CanSeq2()
	}
}
