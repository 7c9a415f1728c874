package kernelext

import "lanebook/internal/cell"

// say picks the learner's language.
func say(en, zh string) string { return cell.Say(en, zh) }

// complain tells the learner that something could not be shown. The program
// goes on: a picture is never worth losing the run for.
func complain(en, zh string, args ...any) { cell.Complain(en, zh, args...) }
