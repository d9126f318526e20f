package serve

import (
	"strings"

	"isnad"
)

// turnView is a moment from which an event had a status.
type turnView struct {
	Status isnad.Status
	Word   string
	Why    string
	On     string // published of the claim that brought it
	Said   *saidView
	Count  int // claims by then
}

// history replays an event: the ledger makes the event of what was published up
// to each time, and where its status is another than before, a turn begins. The
// whole's links and origins were found from the articles' texts; here each
// article is given the origin that was found for it, so that no text is needed.
// Claims published at one time are taken together, as the ledger takes them.
func (s *Server) history(n namer, e isnad.Event, full map[string]isnad.Claim, said map[string]*saidView) []turnView {
	turn := func(status isnad.Status, claim, on string, count int) turnView {
		return turnView{Status: status, Word: say(n.lang, "status."+string(status)), Why: say(n.lang, "why."+string(status)), On: on, Said: said[claim], Count: count}
	}
	last := turn(e.Status, e.StatusClaim, e.StatusSince, len(e.Claims))
	if s.Ledger == nil {
		return []turnView{last}
	}
	facts := map[string]*isnad.Facts{}
	var soFar []isnad.Entry
	var out []turnView
	start := 0 // of the claims published at the same time
	for i, c := range e.Claims {
		if facts[c.Article] == nil {
			facts[c.Article] = &isnad.Facts{Article: c.Article, Credits: s.credits(c)}
		}
		soFar = append(soFar, isnad.Entry{Claim: full[c.ID], Facts: facts[c.Article], URL: c.URL})
		if i+1 < len(e.Claims) && e.Claims[i+1].Published == c.Published {
			continue
		}
		now := s.Ledger.Event(soFar)
		if len(out) == 0 || out[len(out)-1].Status != now.Status {
			out = append(out, turn(now.Status, e.Claims[start].ID, e.Claims[start].Published, i+1))
		}
		start = i + 1
	}
	// What the ledger says of the whole stands, whatever the replay made of it.
	if end := out[len(out)-1]; end.Status != e.Status {
		return append(out, last)
	}
	out[len(out)-1] = last
	return out
}

// credits are what an article would have to credit for its origin to be found.
func (s *Server) credits(c isnad.EventClaim) (out []isnad.Credit) {
	if c.Origin == "" {
		return nil
	}
	for id := range strings.SplitSeq(c.Origin, "+") {
		if _, known := s.Lexicon.Table("outlets").Row(id); !known {
			return []isnad.Credit{{Kind: isnad.CreditCorrespondent, Outlet: c.Origin}}
		}
		out = append(out, isnad.Credit{Kind: isnad.CreditByline, Outlet: id})
	}
	return out
}
