package ledger

import (
	"slices"

	"isnad"
)

// status is the first row of the table that holds, with the claims in the order
// of claims.
//
//	retracted     every speaker that asserted it denies it later, or every outlet takes it back
//	disputed      asserted, and its happening denied by a party to it
//	denied        nobody asserts it but the denial
//	confirmed     the actor itself states or confirms it
//	corroborated  narrated, stated or confirmed by two independent origins
//	reported      outlets or unnamed sources say so
//	asserted      only one side says so
func status(ms []*mention, by map[string]*source) isnad.Status {
	var asserting, denying, taking []*mention
	takes := takingBack(ms)
	for _, m := range ms {
		switch {
		case takes[m]:
			if m.takes == "withdrawn" {
				taking = append(taking, m)
			}
		case denies(m):
			denying = append(denying, m)
		case m.claim.Stance != isnad.Denies && m.claim.Factuality != isnad.Negated:
			asserting = append(asserting, m)
		}
	}
	actor := most(asserting, func(m *mention) []isnad.Code { return side(m.claim.Actor) })
	parties := most(ms, func(m *mention) []isnad.Code { return m.parties })
	switch {
	case len(denying)+len(taking) > 0 && len(asserting) > 0 && takenBack(asserting, denying, taking):
		return isnad.Retracted
	case len(asserting) > 0 && slices.ContainsFunc(denying, func(m *mention) bool { return meet(side(m.claim.Speaker), parties) }):
		return isnad.Disputed
	case len(asserting) == 0 && len(denying) > 0:
		return isnad.OnlyDenied
	case slices.ContainsFunc(asserting, func(m *mention) bool {
		return (m.claim.Stance == isnad.States || m.claim.Stance == isnad.Confirms) && m.claim.Factuality == isnad.Actual && meet(side(m.claim.Speaker), actor)
	}):
		return isnad.Confirmed
	case corroborated(asserting, by):
		return isnad.Corroborated
	case slices.ContainsFunc(asserting, anonymous):
		return isnad.Reported
	}
	return isnad.Asserted
}

// takenBack says of each claim that its speaker denies it in a later article, or
// that its outlet takes the report back; what an outlet tells in its own voice is
// taken back by no speaker.
func takenBack(asserting, denying, taking []*mention) bool {
	for _, a := range asserting {
		if slices.ContainsFunc(taking, func(t *mention) bool { return printed(a, t) }) {
			continue
		}
		speaker := side(a.claim.Speaker)
		if len(speaker) == 0 || !slices.ContainsFunc(denying, func(d *mention) bool {
			return d.claim.Published > a.claim.Published && slices.Equal(side(d.claim.Speaker), speaker)
		}) {
			return false
		}
	}
	return true
}

// corroborated asks for two voices of two origins that vouch for it: of the
// articles that tell it themselves the origin counts, of those that give a
// speaker's word the speaker. One statement that two agencies carry is one voice.
func corroborated(asserting []*mention, by map[string]*source) bool {
	voices := map[string]bool{}
	for _, m := range asserting {
		switch m.claim.Stance {
		case isnad.Narrates:
			if s := by[m.claim.Article]; s != nil && m.claim.Factuality == isnad.Actual {
				for _, o := range s.known {
					voices["origin "+o] = true
				}
			}
		case isnad.States, isnad.Confirms:
			for _, c := range side(m.claim.Speaker) {
				if c != "MED" {
					voices["speaker "+string(c)] = true
				}
			}
		}
	}
	return len(voices) >= 2
}

// anonymous says that no named side vouches for the claim.
func anonymous(m *mention) bool {
	speaker := side(m.claim.Speaker)
	return len(speaker) == 0 || slices.Equal(speaker, codes{"MED"}) || m.claim.Stance == isnad.Reports
}

func meet(a, b []isnad.Code) bool { return agreement(a, b) > 0 }

// since replays the claims in their order and returns the one that brought the
// status that holds in the end. Only where the published day changes can it be
// told which came first: the claims of a day are taken together.
func since(ms []*mention, by map[string]*source, now isnad.Status) *mention {
	brought := ms[0]
	held := false
	for i := 1; i <= len(ms); i++ {
		if i < len(ms) && ms[i].claim.Published == ms[i-1].claim.Published {
			continue
		}
		first := i - 1
		for first > 0 && ms[first-1].claim.Published == ms[i-1].claim.Published {
			first--
		}
		switch s := status(ms[:i], by); {
		case s == now && !held:
			held, brought = true, ms[first]
		case s != now:
			held = false
		}
	}
	return brought
}
