package ledger

import (
	"cmp"
	"slices"

	"isnad"
)

// source is where one article has its report from.
type source struct {
	article string
	outlet  string
	known   []string // ids of the outlets that the report is from; empty where unknown
	copyOf  string   // the article that tells it, where this one does not
	told    bool     // by what the article says itself
	reports bool     // the article tells the event as its matter, not in passing
}

const (
	// passage is how many sampled runs two texts share where one has a passage of
	// the other: some twenty words. Formulas of courtesy ("the Custodian of the Two
	// Holy Mosques King …") give one or two.
	passage = 3
	// wholly is the share of the shorter text's runs from which both are one text,
	// whatever their author lines say: a third of author lines mislead.
	wholly = 0.6
)

// sources finds for the articles of an event whence each has it: what it credits,
// else what the article credits whose words it has. An uncredited text takes the
// origin of the text that it shares most with; two that share their text and
// credit different agencies are one origin, that of the earlier.
func sources(ms []*mention, agency func(id string) bool) []*source {
	var out []*source
	at := map[string]int{}
	var facts []*isnad.Facts
	for _, m := range ms {
		i, there := at[m.claim.Article]
		if !there {
			i = len(out)
			at[m.claim.Article] = i
			out = append(out, credited(m, agency))
			facts = append(facts, m.facts)
		}
		out[i].reports = out[i].reports || m.claim.Field == "title" || m.claim.Trigger.Start < lead
	}
	type edge struct {
		shared int
		share  float64
		a, b   int
	}
	var edges []edge
	for i := range out {
		for j := range i {
			if n := overlap(facts[i].Runs, facts[j].Runs); n >= passage {
				edges = append(edges, edge{n, float64(n) / float64(min(len(facts[i].Runs), len(facts[j].Runs))), j, i})
			}
		}
	}
	slices.SortFunc(edges, func(x, y edge) int {
		return cmp.Or(cmp.Compare(y.shared, x.shared), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	})
	// First what is one text with another that credits an agency.
	for _, e := range edges {
		a, b := out[e.a], out[e.b]
		if e.share >= wholly && a.told && b.told && !slices.Equal(a.known, b.known) && a.agency(agency) && b.agency(agency) {
			b.known, b.copyOf, b.told = a.known, a.article, false
		}
	}
	// Then what credits nobody, from text to text.
	for changed := true; changed; {
		changed = false
		for _, e := range edges {
			for _, p := range [2][2]int{{e.a, e.b}, {e.b, e.a}} {
				from, to := out[p[0]], out[p[1]]
				if from.agency(agency) && !to.agency(agency) && to.copyOf == "" {
					to.known, to.copyOf, changed = from.known, from.article, true
				}
			}
		}
	}
	return out
}

const (
	// lead is how far into a text, in code points, its own matter is told: two
	// sentences of agency Arabic. At 900 what a text adds as background counted.
	lead = 500
	// lone is the share of the credits of an event's reports below which an origin
	// does not count as independent: one article in more than a dozen that credits
	// somebody else mostly prints the same statement under a wrong author line.
	lone = 12
)

// agency says that the report is known to be an agency's.
func (s *source) agency(is func(string) bool) bool { return len(s.known) > 0 && is(s.known[0]) }

// credited is what an article says itself: an agency in its author line, before
// or after its text, else one that somebody told it; a correspondent of its own;
// else the outlet that the text quotes.
func credited(m *mention, agency func(string) bool) *source {
	s := &source{article: m.claim.Article, outlet: m.claim.Outlet}
	put := func(id string) {
		if !slices.Contains(s.known, id) {
			s.known, s.told = append(s.known, id), true
		}
	}
	for _, kinds := range [][]isnad.CreditKind{
		{isnad.CreditByline, isnad.CreditDateline, isnad.CreditSignature},
		{isnad.CreditTold}, {isnad.CreditCorrespondent}, {isnad.CreditAttributed},
	} {
		for _, c := range m.facts.Credits {
			switch {
			case !slices.Contains(kinds, c.Kind):
			case c.Kind == isnad.CreditCorrespondent:
				put(m.claim.Outlet)
			case c.Kind == isnad.CreditTold && !agency(c.Outlet), c.Kind == isnad.CreditAttributed && len(s.known) > 0:
			default:
				put(c.Outlet)
			}
		}
		if len(s.known) > 0 {
			break
		}
	}
	slices.Sort(s.known)
	return s
}

// overlap counts the runs that two texts share.
func overlap(a, b []uint32) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n, i, j = n+1, i+1, j+1
		}
	}
	return n
}

// independent lists the origins of sources that can be told apart, ascending:
// those of the articles that report the event, where any does, but for lone ones
// (lone). They stand in the event's claims all the same. Of unknown ones it
// cannot be said that they are several, nor that they are none of the known; so
// they count, as one "", only where no origin is known.
func independent(ss []*source) []string {
	reported := slices.ContainsFunc(ss, func(s *source) bool { return s.reports })
	count, all := map[string]int{}, 0
	for _, s := range ss {
		if s.reports || !reported {
			for _, id := range s.known {
				count[id]++
				all++
			}
		}
	}
	var out []string
	for id, n := range count {
		if lone*n >= all {
			out = append(out, id)
		}
	}
	if len(out) == 0 && len(ss) > 0 {
		return []string{""}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
