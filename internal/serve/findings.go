package serve

import (
	"cmp"
	"strings"

	"isnad"
	"isnad/internal/store"
)

// finding is a mark of a claim in the words of the interface.
type finding struct {
	store.Mark
	Read     claimView // the claim as it was
	Word     string    // of the verdict
	ReasonIn quote
	Changes  []changeView
}

// changeView is one field that a mark changes.
type changeView struct{ Name, Was, Is string }

// reviewView is what the panel says of a claim's marks, and the form for another.
type reviewView struct {
	Findings []finding // the last made first
	Form     *markForm // nil for who may not mark
}

// markForm is the form, filled as its author left it.
type markForm struct {
	Action, As                             string
	Problem                                string // what is wrong with what was filled in
	Verdict, Reason                        string
	Type, Actor, Recipient, Speaker        string
	Stance, Factuality                     string
	Types, Verdicts, Stances, Factualities []string // to choose from; no types for an assessment
}

func (n namer) finding(m store.Mark) finding {
	f := finding{Mark: m, Read: n.claim(m.Claim, 0, claimLink(m.Claim.ID)), Word: say(n.lang, "verdict."+string(m.Verdict)), ReasonIn: quoted(m.Reason, "")}
	if m.Change == nil {
		return f
	}
	was, is := store.CodingOf(m.Claim), *m.Change
	codes := func(cs []isnad.Code) string { return cmp.Or(n.codes(cs), say(n.lang, "panel.nobody")) }
	values := map[string][2]string{
		"type":       {say(n.lang, "type."+string(was.Type)), say(n.lang, "type."+string(is.Type))},
		"actor":      {codes(was.Actor), codes(is.Actor)},
		"recipient":  {codes(was.Recipient), codes(is.Recipient)},
		"speaker":    {codes(was.Speaker), codes(is.Speaker)},
		"stance":     {say(n.lang, "stance."+string(was.Stance)), say(n.lang, "stance."+string(is.Stance))},
		"factuality": {say(n.lang, "factuality."+string(was.Factuality)), say(n.lang, "factuality."+string(is.Factuality))},
	}
	for _, name := range is.Differences(was) {
		f.Changes = append(f.Changes, changeView{say(n.lang, "filter."+name), values[name][0], values[name][1]})
	}
	return f
}

// marksOf are the marks of an article's claims, the last made first.
func (s *Server) marksOf(r *request, article string, n namer) (map[string][]finding, error) {
	out := map[string][]finding{}
	for m, err := range s.Store.Marks(r, store.MarkQuery{Article: article, Newest: true}) {
		if err != nil {
			return nil, err
		}
		out[m.Claim.ID] = append(out[m.Claim.ID], n.finding(m))
	}
	return out, nil
}

// form is the empty form of a claim: as it was read.
func (n namer) form(c isnad.Claim, as string) *markForm {
	f := &markForm{Action: claimLink(c.ID) + "/marks", As: as, Verdicts: strs(store.Verdicts)}
	if c.Kind != isnad.KindEvent {
		f.Verdicts = strs([]store.Verdict{store.Right, store.Wrong})
		return f
	}
	x := store.CodingOf(c)
	f.Type, f.Stance, f.Factuality = string(x.Type), string(x.Stance), string(x.Factuality)
	f.Actor, f.Recipient, f.Speaker = strings.Join(strs(x.Actor), " "), strings.Join(strs(x.Recipient), " "), strings.Join(strs(x.Speaker), " ")
	f.Types, f.Stances, f.Factualities = strs(isnad.Types), strs(isnad.Stances), strs(isnad.Factualities)
	return f
}

// strs are values of a vocabulary as strings.
func strs[T ~string](in []T) (out []string) {
	for _, v := range in {
		out = append(out, string(v))
	}
	return out
}
