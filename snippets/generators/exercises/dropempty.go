package exercises

import (
	"errors"
	"iter"

	"lanebook/kernelext/check"
)

// CheckDropEmptyEnd judges a step that leaves out the last record if it is empty.
func CheckDropEmptyEnd(drop func(iter.Seq2[[]byte, error]) iter.Seq2[[]byte, error]) check.Result {
	// reusing yields records as Records does: all in the same memory.
	reusing := func(err error, records ...string) iter.Seq2[[]byte, error] {
		return func(yield func([]byte, error) bool) {
			buf := make([]byte, 0, 64)
			for _, r := range records {
				if !yield(append(buf, r...), nil) {
					return
				}
			}
			if err != nil {
				yield(nil, err)
			}
		}
	}
	wantRecords := func(t *check.T, in, want []string) {
		t.Try("DropEmptyEnd(records) // records: %v", in)
		got, err := drain(drop(reusing(nil, in...)))
		check.NoError(t, err)
		check.Equal(t, got, want)
	}
	return check.Run(check.Say("No empty end", "不要末尾的空记录"),
		check.That(check.Say("an empty last record is left out", "末尾的空记录去掉了"), func(t *check.T) {
			wantRecords(t, []string{"red", "blue", ""}, []string{"red", "blue"})
		}),
		check.That(check.Say("records stay as they are", "记录原样不变"), func(t *check.T) {
			t.Look(check.Say("a record is valid only until the next one is asked for", "记录只在要下一条之前有效"))
			wantRecords(t, []string{"red", "blue", "green"}, []string{"red", "blue", "green"})
		}),
		check.That(check.Say("empty records before the end stay", "不在末尾的空记录留着"), func(t *check.T) {
			wantRecords(t, []string{"", "red", "", "", "blue"}, []string{"", "red", "", "", "blue"})
		}),
		check.That(check.Say("only the last one goes", "只去掉最后一条"), func(t *check.T) {
			wantRecords(t, []string{"red", "", ""}, []string{"red", ""})
			wantRecords(t, []string{""}, nil)
		}),
		check.That(check.Say("an error comes through", "错误会传出来"), func(t *check.T) {
			t.Try("DropEmptyEnd(records) // records: [\"red\"], then an error")
			broken := errors.New("disk full")
			_, err := drain(drop(reusing(broken, "red")))
			check.ErrorIs(t, err, broken)
		}),
		check.That(check.Say("a loop may break off", "循环可以中途 break"), func(t *check.T) {
			for _, in := range [][]string{{"red", "blue", "green"}, {"", "red", "blue"}} {
				t.Try("for range DropEmptyEnd(records) { break } // records: %v", in)
				for record := range drop(reusing(nil, in...)) {
					check.Equal(t, string(record), in[0])
					break
				}
			}
		}),
	)
}
