package check

import "lanebook/internal/cell"

// text is the report as JSON; internal/verdict reads it.
func (j *judge) text() string {
	var cases cell.List
	for i, c := range j.cases {
		status := "open"
		switch {
		case j.found != nil && j.found.at == i:
			status = "failed"
		case i < j.passed:
			status = "passed"
		}
		cases = append(cases, cell.Object{"name", c.name, "status", status})
	}
	report := cell.Object{
		"title", j.title, "running", j.running, "cases", cases, "trace", j.trace,
		"races", cell.Object{"status", j.races, "why", j.why, "said", j.race},
	}
	if f := j.found; f != nil {
		report = append(report, "failure", cell.Object{
			"case", f.at, "kind", string(f.kind), "tried", f.tried, "got", f.got, "want", f.want,
			"expect", f.expect, "look", f.look, "met", f.met, "meet", f.meet, "printed", f.printed, "said", f.stderr,
		})
	}
	return report.String()
}
