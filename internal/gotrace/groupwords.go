package gotrace

import (
	"fmt"
	"strings"
)

// mostGroups is how many groups are spoken of.
const mostGroups = 3

// crowd says what the groups of a crowd did.
func (s *teller) crowd() {
	groups := s.t.shownGroups()
	for i, gr := range groups {
		what, shares := gr.mostly()
		if i == mostGroups || len(what) == 0 {
			break
		}
		var parts []string
		for k, look := range what {
			parts = append(parts, fmt.Sprintf(s.w.groupShare, shares[k], s.w.states[look]))
		}
		name := gr.name
		if name == "" {
			name = s.w.others
		}
		if name == "goroutine" {
			name = s.w.unnamed
		}
		name += s.place(gr.created)
		did := strings.Join(parts, s.w.comma)
		if len(gr.members) == 1 {
			s.sayf(s.w.groupOne, name, did)
			continue
		}
		s.sayf(s.w.groupDoes, thousands(len(gr.members)), name, thousands(int(gr.most+.5)), did)
	}
	if len(groups) > 0 {
		s.sayf(s.w.someLanes, len(s.t.lanes()), thousands(len(s.t.Goroutines)))
	}
}
