package charts

import "lanebook/internal/measure"

var english = words{
	space: " ", comma: ", ", listed: ", ", colon: ". ", none: "–", table: "as a table",

	faster:     "“%s” is %s times as fast as “%s” (95 %% sure: %s to %s times).",
	slower:     "“%s” takes %s times as long as “%s” (95 %% sure: %s to %s times).",
	unclear:    "No difference between “%s” and “%s” that stands out from the noise: the ratio may be anything from %s to %s.",
	oneCore:    "No verdict: this program may use one core only, so nothing can really run at the same time.",
	busy:       "No verdict: this program wanted %d cores and got %.1f, because other programs are at work. Run the cell again when the machine is quiet.",
	busyOnce:   "Other programs were at work: of %d cores this program could have had only %.1f. What wants more than that takes longer than it should.",
	unprobed:   "No verdict: how many cores the machine could spare is not known here.",
	few:        "No verdict: %d samples of each are too few, it takes six. Give it more time: kernelext.Budget(%d*time.Second).",
	fewAsked:   "No verdict: %d samples of each are too few, it takes six: kernelext.Samples(6) or more.",
	observed:   "Recording makes it take %s times as long (95 %% sure: %s to %s times). So a picture of Lanes shows a run that is slower than when nobody looks: this is the observer effect.",
	unobserved: "Recording makes no difference that stands out from the noise: it may take %s to %s times as long. A picture of Lanes shows about what happens when nobody looks.",
	caseTime:   "“%s” %s",
	medians:    "One call takes: %s (the median: half of the samples took less, half took more).",
	cold:       "Only the first call of each was measured, without warm-up, because it used up all the time there was.",
	outliers:   "Some samples lie far from the others, and the median does not mind: %s.",
	farCase:    "%d of “%s” (up to %s)",
	hollow:     "“%s” costs no more than calling a function that does nothing (%s): perhaps the compiler removed the work. Store its result in a variable outside the function.",
	tooShort:   "So short a run says little: write kernelext.Budget(time.Second) as the last argument, and it is repeated.",
	yardstick:  "the yardstick", noVerdict: "no verdict", asFast: "%s × as fast", asLong: "%s × as long", same: "no difference seen",
	aside:     "%.1f cores · %s allocations",
	oneSample: "one sample", median: "median", interval: "95 % interval of the median", farOff: "far from the others",
	logAxis: "each line is %s times the one before", samples: "samples each: %s", shuffled: ", in random order", given: "the machine gave %.1f of %d cores",
	timeColumns: []string{"case", "one call", "95 % interval", "against the first", "cores busy", "allocations", "bytes", "samples", "calls in a sample"},

	onceLine: "%s: %s by the clock · processor time: %s user (in the program) + %s system (in the operating system) · %.2f of %d cores kept busy · %s allocations (%s)",
	byClock:  "by the clock", user: "processor time in the program (user)", system: "in the operating system (system)", coresBusy: "of %d cores kept busy", allocations: "allocations, %s",

	best:  "Fastest with %d: %s times as fast as with %d (95 %% sure: %s to %s times).",
	law:   "Amdahl’s law: work that cannot be divided takes the same time however many workers there are, and that limits what more workers bring.",
	share: "It fits here when %.0f %% of the work cannot be divided (95 %% sure: %.0f to %.0f %%).",
	lawWhy: map[string]string{
		measure.TwoPoints:   "With %d cores there are only two different points, and the law goes through any two: take its %.0f %% of indivisible work as a hint.",
		measure.NoGain:      "More workers do not make it faster: look for what they wait for.",
		measure.SuperLinear: "It gets faster than the number of workers explains, so something else changes, too (a cache, or the work itself).",
		measure.PoorFit:     "These points do not follow Amdahl’s law, by which only the indivisible part of the work limits what more workers bring; its curve is left out.",
		measure.Uncertain:   "The samples are too noisy to say how much of the work cannot be divided.",
	},
	noLaw:    "No number of workers stands out from the noise.",
	xWorkers: "workers", ySpeedUp: "times as fast",
	idealLine: "ideal", coreLimit: "%d cores: more cannot work at once", lawLine: "Amdahl: %.0f %% indivisible", measuredLine: "measured (median)",
	sweepColumns: []string{"", "one call", "against the fewest", "95 % interval", "cores busy", "allocations", "samples"},

	oneOutcome:   "All %d runs gave “%s”.",
	oneRun:       "The one run gave “%s”.",
	noProof:      "That proves nothing: what happens less often than once in %d runs would easily have been missed.",
	outcomes:     "In %d runs there were %d different outcomes; most frequent, with %[4]s %% of the runs, “%[3]s”.",
	rarest:       "The rarest is “%s” (%d ×, for the first time in run %d).",
	orders:       "The marks came in %d different orders.",
	orderDecides: "No order led to two different outcomes: the order decides.",
	orderNotAll:  "The same order led to different outcomes: something that no mark shows decides, too.",
	otherOrders:  "other orders",
	moreOutcomes: "%d more outcomes",
	neverBack:    "A run after these %d did not come back.",
	tallyTime:    "The time was up after %d of %d runs. For more: kernelext.Budget(%d*time.Second).",
	runs:         "%s runs, %s each",
	tallyColumns: []string{"outcome", "runs", "share", "first in run"},

	predict: "First predict", label: ": ", showAnswer: "Show what came out", answerIs: "It came out: %s.", youSaid: "You said: %s.",
	right: "As you said", wrong: "Not as you said",

	fig: &englishFigures,
}
