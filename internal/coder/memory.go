package coder

import (
	"isnad"
	"slices"
)

// memory carries what earlier sentences of an article said.
type memory struct {
	actor, recipient []isnad.Code // of the last claim
	speaker          []isnad.Code // of the last claim that had one
	parties          []isnad.Code
	from             map[isnad.Code]*mentionAt
	voice            []isnad.Code // whoever spoke last, by a cue, claim or not
	voiceAt          *mentionAt
	sentence         int // index of the sentence voice comes from
	stance           isnad.Stance
	cue              *cue
	last             *Event // the last claim, with its sentence
	told             []told // all claims so far, the last one last
}

// told is who did what to whom in an earlier claim of the article.
type told struct {
	ty        isnad.Type
	actor     []isnad.Code
	recipient []isnad.Code
}

// times counts how often a code was actor and recipient in what was told, and
// of events of one type.
func (m *memory) times(code isnad.Code, ty isnad.Type) (actor, recipient, actorOf, recipientOf int) {
	for _, t := range m.told {
		a, r := has(t.actor, code), has(t.recipient, code)
		if a {
			actor++
		}
		if r {
			recipient++
		}
		if t.ty == ty && a {
			actorOf++
		}
		if t.ty == ty && r {
			recipientOf++
		}
	}
	return
}

// remembered bounds how many claims of an article count for the next one.
const remembered = 40

// after returns the memory after an event. The memory an event saw is never
// changed.
func (m *memory) after(e *Event, s *sentence) *memory {
	n := *m
	n.actor, n.recipient = e.Actor, e.Recipient
	n.last = e
	if len(e.Speaker) > 0 {
		n.speaker = e.Speaker
	}
	from := max(0, len(m.told)-remembered+1)
	n.told = append(slices.Clone(m.told[from:]), told{e.Type, e.Actor, e.Recipient})
	n.parties = nil
	n.from = map[isnad.Code]*mentionAt{}
	keep := func(codes []isnad.Code) {
		for _, c := range codes {
			if len(n.parties) >= 6 || has(n.parties, c) {
				continue
			}
			n.parties = append(n.parties, c)
			if at := m.from[c]; at != nil {
				n.from[c] = at
			}
			for k := range s.men {
				if has(s.men[k].Codes, c) {
					n.from[c] = &mentionAt{s, k}
				}
			}
		}
	}
	keep(e.Actor)
	keep(e.Recipient)
	keep(m.parties)
	return &n
}

// spoken returns the memory after a sentence: who spoke last.
func (m *memory) spoken(s *sentence, links []link) *memory {
	k, cu := s.speaks(links)
	n := *m
	if k < 0 {
		for _, l := range links {
			if l.mention < 0 && l.cue.kind != "preposition" && l.cue.kind != "noun" && l.cue.stance != isnad.Narrates {
				n.sentence = s.index // whoever spoke speaks on
			}
		}
		return &n
	}
	n.voice, n.voiceAt, n.sentence, n.cue, n.stance = s.men[k].Codes, &mentionAt{s, k}, s.index, cu, cu.stance
	return &n
}
