package program

import "strings"

// unclosedQuote is what to try about a double quote without a partner.
const unclosedQuote = `write "…" around text with blanks, \" for a quote itself`

// splitArgs cuts text at blanks as a shell would, with these rules: "…" keeps
// blanks and knows \n, \t, \" and \\; '…' keeps everything; outside quotes a
// backslash protects a blank, a quote or a backslash and is itself anywhere
// else. An apostrophe without a partner is an apostrophe.
// It reports false if a double quote is not closed.
func splitArgs(text string) (args []string, ok bool) {
	var word strings.Builder
	started := false
	flush := func() {
		if started {
			args = append(args, word.String())
		}
		word.Reset()
		started = false
	}
	for i := 0; i < len(text); i++ {
		c := text[i]
		if isBlank(c) || c == '\n' {
			flush()
			continue
		}
		started = true
		switch {
		case c == '\'':
			n := strings.IndexByte(text[i+1:], '\'')
			if n < 0 {
				word.WriteByte(c)
				continue
			}
			word.WriteString(text[i+1 : i+1+n])
			i += n + 1
		case c == '"':
			n := quoted(&word, text[i+1:])
			if n < 0 {
				return args, false
			}
			i += n + 1
		case c == '\\' && i+1 < len(text) && strings.IndexByte(" \t'\"\\", text[i+1]) >= 0:
			i++
			word.WriteByte(text[i])
		default:
			word.WriteByte(c)
		}
	}
	flush()
	return args, true
}

// quoted copies text up to the closing double quote and returns the quote's
// index, or -1 if there is none.
func quoted(word *strings.Builder, text string) int {
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			return i
		case c == '\\' && i+1 < len(text):
			i++
			switch text[i] {
			case 'n':
				word.WriteByte('\n')
			case 't':
				word.WriteByte('\t')
			case '"', '\\':
				word.WriteByte(text[i])
			default:
				word.WriteByte('\\')
				word.WriteByte(text[i])
			}
		default:
			word.WriteByte(c)
		}
	}
	return -1
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f' }

const blanks = " \t\r\v\f"

// args returns the program's arguments: those of the last %%, %main, %args,
// %exec or %test. Behind %args, a %% without any takes none away.
func (s *Script) args() []string {
	var args []string
	for _, l := range s.Lines {
		switch l.Kind {
		case KindMain:
			if len(l.Args) > 0 {
				args = l.Args
			}
		case KindArgs:
			args = l.Args
		case KindExec:
			args = l.Args[1:]
		case KindTest:
			args = s.testArgs()
		}
	}
	return args
}
