package coder

import (
	"isnad"
	"isnad/internal/annotate"
	"isnad/internal/learn"
)

// speak sets speaker and stance.
func (r *reading) speak(s *sentence, h hit, e *Event) {
	c := r.c
	if d := s.denied(r.denials, h.i, h.ty); d != nil {
		e.Speaker, e.Stance, e.Cue = d.who, isnad.Denies, d.q
		e.Score *= denialScore
		return
	}
	if q, who := s.accused(h.i, e.links); len(who) > 0 && typeClass(h.ty) != classSpeech {
		e.Speaker, e.Stance, e.Cue = who, isnad.Alleges, q
		e.Score *= denialScore
		return
	}
	if v := s.vouched(r.vouchings, h.i, h.ty); v != nil {
		e.Speaker, e.Stance, e.Cue, e.plain, e.sure = v.who, v.stance, v.q, v.plain, e.sure || v.evident()
		e.Score *= denialScore
		return
	}
	ps := speakers(e.parties, r.mem)
	scores := make([]float32, len(ps)+1)
	for k := -1; k < len(ps); k++ {
		var p *party
		if k >= 0 {
			p = &ps[k]
		}
		r.f = c.voiceFeatures(r.d, s, h.i, h.ty, p, e.Actor, e.Recipient, e.links, r.mem, r.f[:0])
		c.voice.Score(r.f, scores[k+1:k+2])
	}
	if own := s.ownVoice(h.i, e.links); own != nil {
		for k := range ps {
			if !has(own, ps[k].code) && !s.cued(ps[k].code, e.links) {
				scores[k+1] = -50
			}
		}
	}
	learn.Softmax(scores)
	best := argmax(scores)
	e.Score *= float64(scores[best])
	if best == 0 {
		e.Stance = isnad.Narrates
		return
	}
	p := &ps[best-1]
	e.Cue = s.governing(h.i, p.code, e.links, ps)
	e.Speaker = s.together(e.Cue, p.code, e.links)
	r.f = c.stanceFeatures(s, h.i, h.ty, e.Cue, p.code, p, e.Actor, r.mem, r.f[:0])
	out := r.out[:len(isnad.Stances)-1]
	clear(out)
	c.stance.Score(r.f, out)
	learn.Softmax(out)
	k := argmax(out)
	e.Stance = isnad.Stances[k+1]
	e.Score *= float64(out[k])
}

// ownVoice is whoever the cue says speaks in whose content token i stands,
// where the cue has a subject of its own and opens its content by «أن», a colon or
// a quotation mark: then nobody else speaks, whoever spoke before.
func (s *sentence) ownVoice(i int, links []link) []isnad.Code {
	sc := s.scope(i, links)
	if sc.k < 0 || links[sc.k].mention < 0 || sc.how != scopeThat && sc.how != scopeColon && sc.how != scopeQuote {
		return nil
	}
	return s.men[links[sc.k].mention].Codes
}

// cued reports whether a cue of the sentence says that a code speaks.
func (s *sentence) cued(code isnad.Code, links []link) bool {
	for _, l := range links {
		if l.mention >= 0 && has(s.men[l.mention].Codes, code) {
			return true
		}
	}
	return false
}

// together is a speaker with those who speak along with him by the cue at token
// q: «موسكو وبيونغ يانغ», «وسائل إعلام أوكرانية وكورية».
func (s *sentence) together(q int, code isnad.Code, links []link) []isnad.Code {
	out := []isnad.Code{code}
	for _, l := range links {
		if l.q != q || l.mention < 0 || !has(s.men[l.mention].Codes, code) {
			continue
		}
		add := func(m int) {
			for _, c := range s.men[m].Codes {
				if !has(out, c) {
					out = append(out, c)
				}
			}
		}
		m := l.mention
		if len(s.men[m].Codes) > 1 && s.men[m].Kind != annotate.Office && s.men[m].Kind != annotate.Person && s.men[m].Codes[0] == code {
			add(m)
		}
		for k := m + 1; k < len(s.men) && s.coordinated(k, -1) && s.men[k].Kind == s.men[m].Kind && !s.men[k].Resolved && len(s.men[k].Codes) == 1 && oneClass(s.men[k].Codes[0]) == 6; k++ {
			add(k)
		}
	}
	return out
}

// speakers lists candidate speakers: the parties, whoever spoke last, media and
// nobody known.
func speakers(ps []party, prev *memory) []party {
	out := append([]party(nil), ps...)
	add := func(code isnad.Code, ctx int, from *mentionAt) {
		for i := range out {
			if out[i].code == code {
				return
			}
		}
		out = append(out, party{code: code, context: ctx, from: from})
	}
	if prev != nil {
		for _, v := range prev.voice {
			add(v, 3, prev.voiceAt)
		}
		for _, v := range prev.speaker {
			add(v, 3, prev.from[v])
		}
	}
	add("MED", 6, nil)
	return out
}
