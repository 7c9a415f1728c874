package exercises

import (
	"errors"
	"io"
	"iter"
	"strings"

	"lanebook/kernelext/check"
)

// CheckRecords judges a sequence of the pieces of an input between separators.
func CheckRecords(records func(r io.Reader, sep []byte) iter.Seq2[[]byte, error]) check.Result {
	const text = "red{|}green{|}blue"
	colours := []string{"red", "green", "blue"}
	sep := []byte("{|}")
	wantRecords := func(t *check.T, r io.Reader, want []string) {
		got, err := drain(records(r, sep))
		check.NoError(t, err)
		check.Equal(t, got, want)
	}
	return check.Run(check.Say("Records", "读记录"),
		check.That(check.Say("one byte at a time", "一次一个字节"), func(t *check.T) {
			t.Try("Records(r, \"{|}\"), where r gives %v byte by byte", text)
			t.Look(check.Say("where are the first two bytes of a separator when its third one comes?", "分隔符的第三个字节来的时候，前两个在哪里？"))
			wantRecords(t, byBytes(text, 1), colours)
		}),
		check.That(check.Say("all at once", "一次全部"), func(t *check.T) {
			t.Try("Records(r, \"{|}\"), where r gives %v at once", text)
			wantRecords(t, byBytes(text, len(text)), colours)
		}),
		check.That(check.Say("something that only looks like a separator is text", "看着像分隔符的，其实是正文"), func(t *check.T) {
			t.Try("Records(r, \"{|}\"), where r gives %v byte by byte", "a{{|}b{|c{|}")
			wantRecords(t, byBytes("a{{|}b{|c{|}", 1), []string{"a{", "b{|c", ""})
		}),
		check.That(check.Say("an error comes through, after the records before it", "错误会传出来，之前的记录也不少"), func(t *check.T) {
			t.Try("Records(r, \"{|}\"), where r fails after %v", "red{|}green{|}bl")
			broken := errors.New("disk full")
			var got []string
			var last error
			for record, err := range records(&pieces{texts: []string{"red{|}green{|}bl"}, err: broken}, sep) {
				if last = err; err == nil {
					got = append(got, string(record))
				}
			}
			check.ErrorIs(t, last, broken)
			check.Equal(t, got, []string{"red", "green"})
		}),
		check.That(check.Say("a loop may break off", "循环可以中途 break"), func(t *check.T) {
			t.Try("for record, err := range Records(r, \"{|}\") { break }")
			for record := range records(byBytes(text, 5), sep) {
				check.Equal(t, string(record), "red")
				break
			}
		}),
		check.ForAll(check.Say("whatever the text, as strings.Split says", "不管什么正文，都和 strings.Split 一致"), check.Strings("a{|}", 25), func(t *check.T, text string) {
			for _, n := range []int{1, 2, 7} {
				t.Try("Records(r, \"{|}\"), where r gives %v, so many bytes at a time: %v", text, n)
				wantRecords(t, byBytes(text, n), strings.Split(text, "{|}"))
			}
		}),
	)
}
