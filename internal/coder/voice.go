package coder

import (
	"slices"

	"isnad"
	"isnad/internal/learn"
	"isnad/internal/morph"
	"isnad/internal/token"
)

const (
	vNone uint32 = iota + 200
	vLink
	vLinkWord
	vLinkStance
	vBetween
	vCarry
	vCarryQuote
	vContext
	vClass
	vType
	vCueCount
	vQuote
	vColon
	vActor
	vFirst
	vSelf
	vNearCue
	vTypeCue
	vSubject
	vKind
	vOrder
	sCue
	sCueStance
	sClass
	sType
	sAny
	sBase
	sQuote
	sPair
	vGov
	vGovWord
	vAft
	vEmb
	vTogether
	sGov
)

// link ties an attribution cue to whoever speaks by it.
type link struct {
	q       int // token of the cue
	mention int // in the sentence, -1 where the subject is left out
	after   bool
	cue     *cue
}

// colonCue stands for the colon of «X: …» at the head of a post or headline.
var colonCue = &cue{row: "rule:colon", kind: "colon", stance: isnad.States}

// scope tells under which cue a token stands.
type scope struct {
	k      int   // of links, -1 none
	how    uint8 // scopeNone …
	breaks int   // clauses opened by «و» and a finite verb since the content began
	fin    int   // finite verbs since the content began
	at     int   // token where the content begins
}

const (
	scopeNone   uint8 = iota
	scopeThat         // «قال X إن …»
	scopeColon        // «قال X: …»
	scopeQuote        // «قال X "…»
	scopeDirect       // «أعلن X انسحاب …»
	scopeFar          // as before, but another verb stands between
	scopePrep         // «وفقا لـX …»
)

// scope goes back from token i to the cue whose content i belongs to. A «that»
// that another verb governs («أراد أن») is passed over; «وأن» goes on with the
// cue of the «أن» before it.
func (s *sentence) scope(i int, links []link) scope {
	fin, breaks := 0, 0
	coord := false
	linkAt := func(j int) int {
		for k := range links {
			if links[k].q == j {
				return k
			}
		}
		return -1
	}
	for j := i - 1; j >= 0; j-- {
		n := s.tok[j].Norm
		var how uint8
		switch {
		case s.is.that[n]:
			how = scopeThat
		case n == ":":
			how = scopeColon
		case n == "\"" && s.quote[j] && s.quote[i]:
			how = scopeQuote
		}
		k := linkAt(j)
		if how != 0 {
			if k < 0 {
				verbs, other := 0, -1
				for q := j - 1; q >= 0 && q >= j-25; q-- {
					if k = linkAt(q); k >= 0 && (links[k].cue.kind != "noun" || links[k].mention >= 0) && links[k].cue.kind != "preposition" {
						if kind := links[k].cue.kind; kind == "verb" || kind == "participle" || kind == "colon" {
							break
						}
						if other < 0 {
							other = k
						}
					}
					k = -1
					if s.finite(q) && s.cues[q] == nil {
						if verbs++; verbs > 0 && !coord && !(q > 0 && s.is.relative[s.tok[q-1].Norm]) {
							break
						}
					}
				}
				if k < 0 {
					k = other
				}
			}
			if k >= 0 {
				return scope{k, how, breaks, fin, j}
			}
			if how == scopeThat && s.words[j].Conj {
				coord, fin, breaks = true, 0, 0
			}
			continue
		}
		if k >= 0 {
			switch kind := links[k].cue.kind; {
			case kind == "preposition":
				return scope{k, scopePrep, breaks, fin, j}
			case kind == "noun" && j > 0 && (s.cues[j-1] != nil || j > 1 && s.cues[j-2] != nil):
			case coord:
				return scope{k, scopeThat, breaks, fin, j}
			case fin == 0:
				return scope{k, scopeDirect, breaks, fin, j}
			default:
				return scope{k, scopeFar, breaks, fin, j}
			}
		}
		if s.finite(j) && s.cues[j] == nil {
			fin++
			if s.words[j].Conj {
				breaks++
			}
		}
	}
	return scope{k: -1}
}

// cueAt is the cue at a token, or the colon that stands for one.
func (s *sentence) cueAt(q int) *cue {
	if s.cues[q] == nil {
		return colonCue
	}
	return s.cues[q]
}

// subject finds who speaks by a cue: its own mention, else that of the cue
// before it in the sentence (2), else the subject of the verb before it (3).
func (s *sentence) subject(k int, links []link) (m int, how uint32) {
	if links[k].mention >= 0 {
		return links[k].mention, 1
	}
	for j := k - 1; j >= 0; j-- {
		if links[j].mention >= 0 && links[j].cue.kind != "preposition" && links[j].cue.kind != "noun" {
			return links[j].mention, 2
		}
	}
	if links[k].cue.kind == "participle" { // «…، مؤكدا» has the subject of the verb before
		for v := len(s.vf) - 1; v >= 0; v-- {
			if f := &s.vf[v]; f.at < links[k].q && f.subject >= 0 {
				return f.subject, 2
			}
		}
	}
	if v := s.verb[links[k].q]; v >= 0 && s.vf[v].subject >= 0 {
		return s.vf[v].subject, 3
	}
	return -1, 0
}

// links finds the subject of each attribution cue of a sentence.
//
// Arabic: «قال X إن»: the first bare mention within five tokens after the verb;
// «X قال»: the mention that ends right before it; «وفقا لـX»: the mention after.
// A participle («مؤكدا») and a verb without either carry the subject on.
// English: the mention before ("X said") unless another verb intervenes, else
// the one after ("said X", "according to X").
func (s *sentence) links() []link {
	var out []link
	for q, cu := range s.cues {
		if cu == nil || s.at[q] != 0 && cu.kind != "noun" && cu.kind != "idiom" {
			continue
		}
		l := link{q: q, mention: -1, cue: cu}
		after := func(gap int, bare bool) bool {
			for j := q + 1; j < len(s.tok) && j <= q+gap; j++ {
				switch s.tok[j].Norm {
				case "ان", "بان", "انه", "انها", "that", ":":
					return false
				case "\"":
					if s.quoteLong(j) && s.quote[j] {
						return false
					}
				}
				if s.at[j] != 0 {
					m := int(s.at[j]) - 1
					if bare && s.prepBefore(s.men[m].From) != 0 {
						return false
					}
					l.mention, l.after = m, true
					return true
				}
			}
			return false
		}
		before := func(gap int) bool {
			for j := q - 1; j >= 0 && j >= q-gap; j-- {
				if s.at[j] != 0 {
					l.mention = int(s.at[j]) - 1
					return true
				}
				if f := s.words[j].Form; s.lang == isnad.Arabic && (f == morph.Perfect || f == morph.Imperfect) {
					return false
				}
				if s.tok[j].Norm == "\"" && s.lang == isnad.Arabic {
					return false
				}
			}
			return false
		}
		switch {
		case s.lang == isnad.English && (cu.kind == "preposition" || cu.kind == "noun"):
			_ = after(5, false) || before(4)
		case s.lang == isnad.English:
			_ = before(5) || after(4, true)
		case cu.kind == "preposition":
			_ = after(4, false)
		case cu.kind == "participle":
			// carried on
		case cu.kind == "verb":
			_ = s.speakerAfter(q, &l) || after(5, true) || before(2)
		default:
			_ = after(4, false) || before(1)
		}
		out = append(out, l)
	}
	n := len(out)
	if out = s.colons(out); len(out) > n {
		slices.SortFunc(out, func(a, b link) int { return a.q - b.q })
	}
	return out
}

// speakerAfter finds the subject of a verb of saying whose content clause opens
// within 25 tokens: the first bare mention before that, else the first under a
// preposition («مسؤول في الخارجية التركية»).
func (s *sentence) speakerAfter(q int, l *link) bool {
	first, open := -1, false
	for j := q + 1; j < len(s.tok) && j <= q+25; j++ {
		n := s.tok[j].Norm
		if s.is.that[n] || n == ":" || n == "\"" && s.quote[j] && j > q+1 && s.quoteLong(j) {
			open = true
			break
		}
		if s.finite(j) && !s.is.relative[s.tok[j-1].Norm] && s.words[j].Conj {
			return false
		}
		if m := int(s.at[j]) - 1; m >= 0 && l.mention < 0 && s.men[m].From == j {
			if s.bare(m) {
				l.mention, l.after = m, true
			} else if first < 0 {
				first = m
			}
		}
	}
	if !open {
		l.mention, l.after = -1, false
		return false
	}
	if l.mention < 0 && first >= 0 {
		l.mention, l.after = first, true
	}
	return l.mention >= 0
}

// quoteLong reports whether the quotation that opens at j holds more than a
// name: four tokens or more.
func (s *sentence) quoteLong(j int) bool {
	for k := j + 1; k < len(s.tok) && k <= j+4; k++ {
		if s.tok[k].Norm == "\"" {
			return false
		}
	}
	return true
}

// colons finds «X: …», where X is somebody and no verb stands between the sign
// before and the colon.
func (s *sentence) colons(out []link) []link {
	from := 0 // first token of the segment
	for j := range s.tok {
		n := s.tok[j].Norm
		if s.tok[j].Kind == token.Sign && n != ":" {
			switch n {
			case "\"", "#", "(", ")", ",", "،", "-", "_", "@":
			default:
				from = j + 1
			}
			continue
		}
		if s.finite(j) {
			from = len(s.tok) // until the next sign
		}
		if n != ":" {
			continue
		}
		m := -1
		if from < j && j-from <= 14 {
			for k := range s.men {
				if s.men[k].From >= from && s.men[k].To <= j && (m < 0 || !s.bare(m) && s.bare(k)) {
					m = k
				}
			}
		}
		from = j + 1
		if m >= 0 {
			out = append(out, link{q: j, mention: m, cue: colonCue})
		}
	}
	return out
}

// embedded tells what subordinates token i within its sentence, going back eight
// tokens: 1 a relative clause, 2 a word of time or cause («بعد», "since"), which
// date or name an event that the article vouches for; 3 «that»; 0 nothing.
func (s *sentence) embedded(i int) uint32 {
	for j := i - 1; j >= 0 && j >= i-8; j-- {
		n := s.tok[j].Norm
		switch {
		case s.is.relative[n]:
			return 1
		case s.is.that[n]:
			return 3
		}
		if s.words[j].Conj {
			n = s.words[j].Base
		}
		if s.is.circumstance[n] {
			return 2
		}
		switch n {
		case "\"", ":", ".":
			return 0
		}
	}
	return 0
}

// speaks lists who speaks last in a sentence: the subject of its last cue of
// saying, for the sentences after.
func (s *sentence) speaks(links []link) (m int, cu *cue) {
	m = -1
	for _, l := range links {
		if l.mention >= 0 && l.cue.kind != "preposition" && l.cue.stance != isnad.Narrates && (m < 0 || l.cue.kind != "noun") {
			m, cu = l.mention, l.cue
		}
	}
	return m, cu
}

// voiceFeatures appends what speaks for candidate p (nil: nobody, the article
// narrates) as the speaker of the event of type ty at token i.
func (c *Coder) voiceFeatures(d *document, s *sentence, i, ty int, p *party, actor, recipient []isnad.Code, links []link, prev *memory, f []learn.Feature) []learn.Feature {
	h := learn.Hash
	t := typeClass(ty)
	lang := b2u(s.lang == isnad.English)
	put := func(x learn.Feature) { f = append(f, x, learn.Hash(uint32(x), t+1000*lang)) }
	// the cue nearest before and after the trigger
	nb, na := -1, -1
	for k, l := range links {
		if l.q < i {
			nb = k
		} else if l.q > i && na < 0 {
			na = k
		}
	}
	carryAge := uint32(9)
	if prev != nil && prev.voiceAt != nil {
		carryAge = bucket(s.index - prev.sentence)
	}
	starts := uint32(0) // how the sentence begins
	if len(links) > 0 && links[0].q <= 1 {
		starts = 1 + b2u(links[0].mention < 0)
	} else if s.open {
		starts = 3
	} else if len(s.tok) > 0 && s.tok[0].Norm == "\"" {
		starts = 4
	}
	self := s.cues[i] != nil
	sc := s.scope(i, links)
	how := uint32(sc.how)
	gm, gh := -1, uint32(0)
	if sc.k >= 0 {
		gm, gh = s.subject(sc.k, links)
	}
	var guess []isnad.Code // who the governing cue says speaks
	if sc.k >= 0 && links[sc.k].cue.stance == isnad.Narrates {
		gm, gh = -1, 5
	} else if gm >= 0 {
		guess = s.men[gm].Codes
	} else if prev != nil && (sc.k >= 0 || s.quote[i]) {
		guess, gh = prev.voice, 4
	}
	acts := uint32(2) // whether the guessed speaker is the doer
	if len(guess) > 0 {
		acts = b2u(has(actor, guess[0]))
	}
	emb := s.embedded(i)
	var before *Event // the claim before in the sentence
	together := uint32(0)
	if prev != nil && prev.last != nil && prev.last.sent == s {
		before = prev.last
		o := s.scope(before.Token, links)
		together = 1
		if o.k == sc.k {
			together = 2 + b2u(o.at == sc.at)
		}
		together = together*4 + typeClass(slices.Index(isnad.Types, before.Type)) - classSpeech + 1
	}
	gov := func(mine uint32) {
		put(h(vGov, mine, how, emb+100))
		put(h(vEmb, mine, how, at(s.stem, i-1)))
		put(h(vEmb, mine, how, uint32(s.words[i].Form), 1+b2u(s.words[i].Art)))
		put(h(vGov, mine, how, bucket(sc.breaks), gh))
		put(h(vGov, mine, how, acts, 1))
		put(h(vGov, mine, how, acts+4*b2u(s.quote[i]), bucket(sc.fin)+50))
		if sc.k >= 0 {
			l := links[sc.k]
			st := learn.String(string(l.cue.stance))
			put(h(vGov, mine, how, st, gh+10))
			put(h(vGovWord, mine, how, s.stem[l.q], gh))
			f = append(f, h(vGovWord, mine, s.stem[l.q], s.stem[i], 1))
			put(h(vGovWord, mine, s.stem[l.q], acts, 2))
			if gm < 0 && l.q+1 < len(s.stem) {
				put(h(vGovWord, mine, s.stem[l.q+1], how, 3))
			}
		}
	}
	aft := func(mine uint32) {
		if na >= 0 {
			l := links[na]
			comma := uint32(0)
			for j := i; j < l.q; j++ {
				switch s.tok[j].Norm {
				case ",", "،", "\"":
					comma = 1
				}
			}
			put(h(vAft, mine, learn.String(l.cue.kind), comma, how))
			put(h(vAft, mine, s.stem[l.q], comma, b2u(how == 0)))
		}
	}
	if p == nil {
		put(h(vNone, 0))
		put(h(vNone, 1, bucket(len(links))))
		put(h(vNone, 2, starts, carryAge))
		put(h(vNone, 3, b2u(nb >= 0), b2u(na >= 0), b2u(s.quote[i])))
		put(h(vNone, 4, b2u(self)))
		f = append(f, h(vNone, 5, s.stem[i]), h(vNone, 11, s.stem[i], b2u(nb >= 0)))
		if nb >= 0 {
			l := links[nb]
			put(h(vNone, 6, learn.String(string(l.cue.stance)), learn.String(l.cue.kind), bucket(i-l.q)))
			put(h(vNone, 7, s.stem[l.q]))
			put(h(vNone, 12, s.marker(l.q, i)))
			put(h(vNone, 13, s.clauses(l.q, i)))
		}
		if na >= 0 {
			l := links[na]
			put(h(vNone, 8, learn.String(string(l.cue.stance)), learn.String(l.cue.kind)))
			put(h(vNone, 9, s.stem[l.q]))
		}
		put(h(vNone, 10, b2u(s.title), b2u(s.index == 0)))
		gov(9)
		aft(9)
		if before != nil {
			put(h(vTogether, together, b2u(len(before.Speaker) == 0), how))
			put(h(vTogether, together, b2u(len(before.Speaker) == 0), bucket(i-before.Token), 1))
		}
		return f
	}
	put(h(vContext, uint32(p.context), oneClass(p.code)))
	put(h(vActor, b2u(has(actor, p.code)), b2u(has(recipient, p.code)), uint32(min(p.context, 1))))
	mine := b2u(has(guess, p.code))
	if mine == 0 {
		mine = 2 + uint32(min(p.context, 1)) + 2*min(oneClass(p.code), 3)
	}
	gov(mine)
	if before != nil {
		put(h(vTogether, together, 2+b2u(has(before.Speaker, p.code))+2*b2u(len(before.Speaker) == 0), how))
	}
	if sc.k >= 0 && p.context == 0 {
		// mentions between the cue and its content
		n := uint32(0)
		first := uint32(0)
		for m := range s.men {
			if s.men[m].From <= links[sc.k].q || s.men[m].From >= sc.at {
				continue
			}
			n++
			if n == 1 {
				first = codeClass(s.men[m].Codes) + 10*b2u(s.men[m].Resolved)
			}
			if has(s.men[m].Codes, p.code) {
				put(h(vBetween, 60, min(n, 4), first, how))
				put(h(vBetween, 61, min(n, 4), s.prepBefore(s.men[m].From), first))
				put(h(vBetween, 62, min(n, 4), uint32(s.men[m].Kind), first))
			}
		}
	}
	mine = 0
	if na >= 0 && links[na].mention >= 0 && has(s.men[links[na].mention].Codes, p.code) {
		mine = 1
	} else {
		mine = 2 + uint32(min(p.context, 1)) + 2*min(oneClass(p.code), 3)
	}
	aft(mine)
	linked := false
	for k, l := range links {
		if l.mention < 0 {
			continue
		}
		mine := false
		for _, m := range p.men {
			mine = mine || m == l.mention
		}
		if !mine {
			continue
		}
		linked = true
		cu := l.cue
		side := b2u(l.q > i)
		if l.q == i {
			side = 2
		}
		lo, hi := l.q, i
		if lo > hi {
			lo, hi = hi, lo
		}
		put(h(vLink, side, bucket(hi-lo), b2u(k == nb || k == na)))
		put(h(vLinkWord, side, s.stem[l.q]))
		put(h(vLinkStance, side, learn.String(string(cu.stance)), learn.String(cu.kind), b2u(k == nb || k == na)))
		put(h(vBetween, side, s.marker(lo, hi), s.clauses(lo, hi)))
		put(h(vBetween, side, b2u(s.quote[i]), b2u(l.q+1 < len(s.quote) && s.quote[l.q]), 1))
		put(h(vOrder, side, uint32(min(k, 3)), uint32(min(len(links), 4))))
		put(h(vKind, side, uint32(s.men[l.mention].Kind), learn.String(cu.kind)))
	}
	if !linked && p.context == 0 {
		m := &s.men[p.men[0]]
		put(h(vSelf, uint32(m.Kind), b2u(m.From > i)))
		put(h(vFirst, b2u(p.men[0] == 0), b2u(m.To < len(s.tok) && s.tok[min(m.To, len(s.tok)-1)].Norm == ":"), bucket(m.From)))
		put(h(vSelf, 7, bucket(len(links)), starts))
		if m.From > 0 {
			put(h(vSelf, 8, s.stem[m.From-1]))
		}
		if m.To < len(s.stem) {
			put(h(vSelf, 9, s.stem[m.To]))
		}
	}
	if prev != nil && has(prev.voice, p.code) {
		put(h(vCarry, 60, b2u(prev.sentence >= s.head), b2u(s.marked()), starts))
		put(h(vCarry, starts, carryAge, b2u(linked), uint32(min(p.context, 2))))
		put(h(vCarryQuote, b2u(s.quote[i]), b2u(s.open), starts))
		if nb >= 0 {
			put(h(vCarry, 20, b2u(links[nb].mention < 0), learn.String(links[nb].cue.kind), starts))
			f = append(f, h(vCarry, 21, s.stem[links[nb].q], b2u(links[nb].mention < 0), b2u(linked)))
		}
		if na >= 0 {
			put(h(vCarry, 22, b2u(links[na].mention < 0), learn.String(links[na].cue.kind)))
		}
	}
	if prev != nil && has(prev.speaker, p.code) {
		put(h(vCarry, 30, starts, b2u(s.quote[i]), b2u(linked), b2u(nb >= 0)))
	}
	if p.context > 0 {
		put(h(vCarry, 40, bucket(len(links)), b2u(s.quote[i]), uint32(p.context), oneClass(p.code)))
		if nb >= 0 {
			put(h(vCarry, 41, s.stem[links[nb].q], oneClass(p.code), b2u(links[nb].mention < 0)))
		}
		if na >= 0 {
			put(h(vCarry, 42, s.stem[links[na].q], oneClass(p.code), b2u(links[na].mention < 0)))
		}
	}
	return f
}

// accused finds the accuser of an event told in an accusation («اتهم X Y بـ…»,
// "accused Y of …"): a rule, for the words of accusing are many and each is rare.
func (s *sentence) accused(i int, links []link) (q int, who []isnad.Code) {
	for k := len(links) - 1; k >= 0; k-- {
		l := links[k]
		if l.q >= i || l.cue.stance != isnad.Alleges || l.mention < 0 || i-l.q > 14 || !isAccuse(s, l.q) {
			continue
		}
		m := &s.men[l.mention]
		if s.lang == isnad.Arabic && l.after && !(s.words[l.q].Enc != "" && m.From <= l.q+2 && s.prepBefore(m.From) == 0 && m.To+2 < i) && (l.mention+1 >= len(s.men) || s.men[l.mention+1].From >= i) {
			continue // the one mention may be the accused
		}
		of := false
		for j := l.q + 1; j <= i; j++ {
			n := s.tok[j].Norm
			if s.is.relative[n] || s.embedded(i) == 2 || n == "," || n == "،" || s.cues[j] != nil && s.cues[j].kind == "verb" {
				return -1, nil
			}
			of = of || n == "of" || n == "بان" || n == "بانه" || n == "بانها" || s.lang == isnad.Arabic && s.at[j] == 0 && (s.words[j].Prep == "ب" || s.words[j].Prep == "" && j == i && n[:2] == "ب")
		}
		if of {
			return l.q, s.men[l.mention].Codes
		}
	}
	return -1, nil
}

func isAccuse(s *sentence, q int) bool {
	switch s.cues[q] {
	case nil:
		return false
	}
	r := s.cues[q].row
	return r == "cues_ar:verb_accuse" || r == "cues_ar:participle_accusing" || r == "cues_en:alleges_accuse"
}

// marker says how content is introduced between a cue and a trigger.
func (s *sentence) marker(lo, hi int) uint32 {
	for j := lo + 1; j < hi && j < len(s.tok); j++ {
		switch s.tok[j].Norm {
		case "ان", "بان", "انه", "انها", "that", "بانه", "بانها", "انهم":
			return 1
		case ":":
			return 2
		case "\"":
			return 3
		}
	}
	if hi-lo <= 3 {
		return 4
	}
	return 0
}

// clauses counts the finite verbs that open a clause between two tokens.
func (s *sentence) clauses(lo, hi int) uint32 {
	n := 0
	for j := lo + 1; j < hi && j < len(s.words); j++ {
		if f := s.words[j].Form; s.tok[j].Kind == token.Word && (f == morph.Perfect || f == morph.Imperfect) && s.cues[j] == nil {
			n++
			if s.words[j].Conj {
				n++
			}
		}
	}
	return bucket(n)
}

// governing picks the cue by which a speaker speaks of the event at i: the
// nearest one linked to the speaker, else the nearest before, else one after.
func (s *sentence) governing(i int, code isnad.Code, links []link, ps []party) int {
	best, bestScore := -1, 1<<30
	for _, l := range links {
		score := l.q - i
		if score < 0 {
			score = -score
		}
		if l.q > i {
			score += 5
		}
		mine := false
		if l.mention >= 0 {
			mine = has(s.men[l.mention].Codes, code)
		}
		if !mine {
			score += 20
			if l.mention >= 0 {
				score += 20
			}
		}
		if score < bestScore {
			best, bestScore = l.q, score
		}
	}
	return best
}

// stanceFeatures appends what speaks for a stance of the speaker code.
func (c *Coder) stanceFeatures(s *sentence, i, ty, g int, code isnad.Code, p *party, actor []isnad.Code, prev *memory, f []learn.Feature) []learn.Feature {
	h := learn.Hash
	t := uint32(ty) + 1
	put := func(x learn.Feature) { f = append(f, x) }
	put(h(sAny))
	cl := oneClass(code)
	put(h(sClass, cl))
	put(h(sType, t, cl))
	put(h(sQuote, b2u(s.quote[i])))
	put(h(sType, 0, b2u(has(actor, code)), t))
	if g >= 0 {
		cu := s.cueAt(g)
		if cu.denies && s.negated(g) { // «لا ينفي»
			cu = &cue{kind: cu.kind, stance: "negated"}
		}
		put(h(sCue, s.stem[g]))
		put(h(sCue, s.stem[g], t))
		put(h(sCue, s.stem[g], cl, 1))
		put(h(sCueStance, learn.String(string(cu.stance))))
		put(h(sCueStance, learn.String(string(cu.stance)), learn.String(cu.kind), b2u(g < i), cl))
		put(h(sCueStance, learn.String(string(cu.stance)), cl, 2))
		put(h(sCueStance, b2u(cu.denies), 3))
		put(h(sBase, s.base[g]))
		put(h(sPair, s.stem[g], s.marker(min(g, i), max(g, i))))
		put(h(sPair, s.stem[g], s.stem[i]))
		if g == i {
			put(h(sCue, 77, s.stem[g]))
		}
		st := learn.String(string(cu.stance))
		own := b2u(has(actor, code))
		put(h(sGov, 1, st, own, typeClass(ty)))
		put(h(sGov, 2, st, own, t))
		put(h(sGov, 3, own, t, uint32(s.words[i].Form)))
		for m := range s.men {
			if has(s.men[m].Codes, code) && (s.men[m].From > g && s.men[m].From-g < 8 || s.men[m].To <= g && g-s.men[m].To < 5) {
				put(h(sGov, 4, s.base[s.men[m].Head]))
				put(h(sGov, 5, s.base[s.men[m].From]))
				put(h(sGov, 6, uint32(s.men[m].Kind), st))
				put(h(sGov, 7, learn.String(string(s.men[m].Role)), st, own))
				break
			}
		}
		for _, x := range []int{g - 1, g + 1, g + 2} { // «قالت مصادر», "media reports"
			if x >= 0 && x < len(s.cues) && s.cues[x] != nil {
				put(h(sGov, 8, s.stem[x]))
				put(h(sGov, 9, learn.String(string(s.cues[x].stance)), st))
			}
		}
		if q := s.mods; g > 0 && q[g-1] != nil {
			put(h(sPair, s.stem[g-1], s.stem[g], 5))
			put(h(sPair, learn.String(string(q[g-1].fact)), learn.String(string(cu.stance)), 6))
		}
	} else {
		put(h(sCue, 1))
		if prev != nil {
			put(h(sCue, 2, learn.String(string(prev.stance))))
		}
	}
	for j := range s.cues {
		if s.cues[j] != nil && j != g {
			put(h(sCue, 3, learn.String(string(s.cues[j].stance)), b2u(j < i)))
			put(h(sCue, 4, s.stem[j], b2u(j < i)))
		}
	}
	return f
}

const (
	classSpeech uint32 = iota + 101
	classTalks
	classDeed
)

// typeClass tells acts of speech, talks and deeds apart.
func typeClass(ty int) uint32 {
	switch isnad.Types[ty] {
	case "REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT":
		return classSpeech
	case "AGREE", "CONSULT":
		return classTalks
	}
	return classDeed
}
