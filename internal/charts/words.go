package charts

import "strings"

// words are everything the charts say, in one language. Where a word is a
// format, the comment names what goes in.
type words struct {
	space, comma, listed, colon, none, table string // listed: between names

	// timings
	faster      string // who, ratio, than whom, from, to
	slower      string // the same
	unclear     string // whom, who, from, to
	oneCore     string
	busy        string // cores wanted, cores got
	busyOnce    string // the same, of one run
	unprobed    string
	few         string // samples, seconds to ask for
	fewAsked    string // samples
	observed    string // ratio, from, to
	unobserved  string // from, to
	caseTime    string // name, time
	medians     string // the list of them
	cold        string
	outliers    string // the list of them
	farCase     string // how many, whose, the farthest
	hollow      string // name, what an empty call takes
	tooShort    string
	yardstick   string
	noVerdict   string
	asFast      string // ratio
	asLong      string // ratio
	same        string
	aside       string // cores busy, allocations
	oneSample   string
	median      string
	interval    string
	farOff      string
	logAxis     string // how many times
	samples     string // how many
	shuffled    string
	given       string // cores got, cores wanted
	timeColumns []string

	// one run
	onceLine    string // name, wall, user, system, cores, procs, allocs, bytes
	byClock     string
	user        string
	system      string
	coresBusy   string // procs
	allocations string // bytes

	// sweeps
	best         string // number, ratio
	law          string
	share        string // per cent, from, to
	lawWhy       map[string]string
	noLaw        string
	xWorkers     string
	ySpeedUp     string
	idealLine    string
	coreLimit    string // cores
	lawLine      string // per cent
	measuredLine string
	sweepColumns []string

	// tallies
	oneOutcome   string // runs, outcome
	oneRun       string // outcome
	noProof      string // one in how many
	outcomes     string // runs, outcomes, the top one, its per cent
	rarest       string // outcome, how often, run
	orders       string // how many
	orderDecides string
	orderNotAll  string
	otherOrders  string
	moreOutcomes string // how many
	neverBack    string // runs before
	tallyTime    string // runs, wanted, seconds to ask for
	runs         string // how many, how long each
	tallyColumns []string

	// predictions
	predict    string
	label      string // between a heading and what it heads
	showAnswer string
	answerIs   string // the answer
	youSaid    string // what the learner said
	right      string
	wrong      string

	fig *figureWords
}

func wordsOf(lang string) *words {
	if strings.HasPrefix(lang, "zh") {
		return &chinese
	}
	return &english
}
