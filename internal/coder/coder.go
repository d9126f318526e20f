// Package coder finds the events of a text and wraps each in the voices that
// carry it.
//
// For every sentence: which words carry an event, and of which type
// (trigger.go); who does it to whom (party.go, joint.go); whose word it is and
// how that speaker stands to it (link.go, scope.go, voice.go, stance.go);
// whether it is presented as having
// happened (fact.go). The lexicon proposes and describes; log-linear models,
// trained on annotated sentences by train.go, choose. Features name words,
// lexicon facts and positions, never a state: what is learned of one pair of
// states holds of any other.
package coder

import (
	"embed"
	"fmt"
	"math"
	"slices"
	"sync"

	"isnad"
	"isnad/internal/annotate"
	"isnad/internal/learn"
	"isnad/internal/morph"
	"isnad/internal/token"
	"isnad/lexicon"
)

//go:embed model
var modelFiles embed.FS

// Coder reads claims from annotated sentences. Safe for concurrent use.
type Coder struct {
	morph     *morph.Morph
	terms     *terms
	cues      *cues
	clusters  *clusters
	particles *particles
	gate      map[uint32]bool // stems that carried an event in training; nil: all words
	homes     map[string]isnad.Code

	denials, contexts, judgements wordTable

	trigger, second, dullness, party, shape, voice, stance, fact *learn.Model
	thresholds                                                   thresholds

	words [2]wordCache // Arabic, English
}

// thresholds are set on held-back folds by the training command.
type thresholds struct {
	Claim   float64 `json:"claim"`   // least score of a whole claim
	Trigger float32 `json:"trigger"` // least probability of an event
	// Calibration maps a raw score (the product of the probabilities of a
	// claim's choices) to the share of such claims that were right on folds held
	// back: points of a rising line.
	Calibration [][2]float64 `json:"calibration"`
}

// newBare makes a coder without models, for training.
func newBare(lex *lexicon.Lexicon) *Coder {
	c := &Coder{}
	c.know(lex)
	return c
}

// know takes what the lexicon and the word groups tell.
func (c *Coder) know(lex *lexicon.Lexicon) {
	var wg sync.WaitGroup
	wg.Go(func() { c.clusters = loadClusters() })
	c.morph = morph.New(lex)
	c.terms, c.cues = newTerms(lex, c.morph), newCues(lex, c.morph)
	c.particles, c.homes = newParticles(lex.Table("particles")), map[string]isnad.Code{}
	c.denials, c.contexts, c.judgements = newWordTable(lex.Table("denied")), newWordTable(lex.Table("contexts")), newWordTable(lex.Table("judgements"))
	for _, r := range lex.Table("outlets").Rows {
		c.homes[r.ID()] = isnad.Code(r.Get("country"))
	}
	wg.Wait()
}

// New makes a coder with the embedded models.
func New(lex *lexicon.Lexicon) (*Coder, error) {
	c := &Coder{}
	var wg sync.WaitGroup
	var err error
	wg.Go(func() { err = c.load() })
	c.know(lex)
	wg.Wait()
	if err != nil {
		return nil, fmt.Errorf("make coder: %w", err)
	}
	return c, nil
}

// Event is a claim before it becomes a row: indices into sentences.
type Event struct {
	Sentence   int
	Token      int // of the trigger
	Type       isnad.Type
	Actor      []isnad.Code
	Recipient  []isnad.Code
	Speaker    []isnad.Code
	Stance     isnad.Stance
	Factuality isnad.Factuality
	Cue        int // token of the governing cue in its sentence, -1 for none
	Score      float64

	parties []party
	prev    *memory
	links   []link
	sent    *sentence
}

// Code finds the events of one field of an article. men holds the mentions of
// each sentence of t.
func (c *Coder) Code(a *isnad.Article, t *token.Text, men [][]annotate.Mention, title bool) []Event {
	_, events := c.code(a, t, men, title)
	return events
}

func (c *Coder) code(a *isnad.Article, t *token.Text, men [][]annotate.Mention, title bool) (*document, []Event) {
	d := c.prepare(a, t, men)
	d.home = c.homes[a.Outlet]
	for _, s := range d.sentences {
		s.title = title
	}
	r := &reading{c: c, d: d, mem: &memory{from: map[isnad.Code]*mentionAt{}}}
	for _, s := range d.sentences {
		r.sentence(s)
	}
	return d, r.quiet()
}

// An article that tells next to nothing of politics is of sport, business or
// culture, and what it seems to tell is mostly a manner of speaking: there a
// claim needs a higher score. Short texts are spared: one sentence tells no
// subject.
const (
	quietSentences = 5    // an article of as many
	quietDensity   = 0.10 // whose claims' scores add up to less than this a sentence
	quietClaim     = 0.30 // keeps claims of at least this score
)

// quiet leaves out the doubtful claims of a quiet article.
func (r *reading) quiet() []Event {
	n := len(r.d.sentences)
	if n < quietSentences {
		return r.events
	}
	sum := 0.0
	for i := range r.events {
		sum += r.events[i].Score
	}
	if sum >= quietDensity*float64(n) {
		return r.events
	}
	out := r.events[:0]
	for _, e := range r.events {
		if e.Score >= quietClaim || e.Stance == isnad.Denies {
			out = append(out, e)
		}
	}
	return out
}

// reading is the state of reading one field.
type reading struct {
	c       *Coder
	d       *document
	mem     *memory
	events  []Event
	denials []denial // of the sentence
	f       []learn.Feature
	out     [32]float32
	cands   [][]cand // of each sentence, from the first pass
	mass    *mass
}

// hit is a word taken to carry an event.
type hit struct {
	i, ty int
	p     float32
}

// hits finds the triggers of a sentence.
func (r *reading) hits(s *sentence, links []link) []hit {
	return thin(s, r.missed(s, links, r.likely(s)))
}

// likely finds the words likely enough to carry an event.
func (r *reading) likely(s *sentence) []hit {
	if r.cands == nil {
		r.cands = r.c.first(r.d)
		r.mass = massOf(r.cands)
	}
	var hs []hit
	for n := range r.cands[s.index] {
		x := &r.cands[s.index][n]
		h := hit{x.i, x.best - 1, x.ev}
		if r.c.second != nil {
			var p [classes]float32
			for k, v := range x.start() {
				p[k] = float32(v)
			}
			r.f = r.c.secondFeatures(r.d, s, r.cands, r.mass, n, r.f[:0])
			r.c.second.Score(r.f, p[:])
			learn.Softmax(p[:])
			h.ty = argmax(p[1:])
			h.p = 1 - p[0]
		}
		if h.p >= r.c.thresholds.Trigger {
			hs = append(hs, h)
		}
	}
	return hs
}

// hit is the likeliest event at token i.
func (r *reading) hit(s *sentence, i int) hit {
	c := r.c
	out := r.out[:len(isnad.Types)+1]
	copy(out, s.words[i].own)
	r.f = c.triggerFeatures(r.d, s, i, r.f[:0])
	c.trigger.Score(r.f, out)
	learn.Softmax(out)
	best := 1
	for k := 2; k < len(out); k++ {
		if out[k] > out[best] {
			best = k
		}
	}
	return hit{i, best - 1, 1 - out[0]}
}

// thin keeps one of the words that tell one event together: «شن غارات». Of two
// hits of one type within three tokens the likelier stays.
func thin(s *sentence, hs []hit) []hit {
	var out []hit
	for _, h := range hs {
		if n := len(out); n > 0 && out[n-1].ty == h.ty && h.i-out[n-1].i <= 3 {
			if h.p > out[n-1].p {
				out[n-1] = h
			}
			continue
		}
		out = append(out, h)
	}
	return out
}

func (r *reading) sentence(s *sentence) {
	c := r.c
	links := s.links()
	r.denials = s.denials(links, r.mem)
	for _, h := range r.hits(s, links) {
		if r.denies(h.i) {
			continue // its event is told elsewhere
		}
		e := Event{Sentence: s.index, Token: h.i, Type: isnad.Types[h.ty], sent: s, links: links, prev: r.mem, Score: float64(h.p), Cue: -1}
		e.parties = r.d.parties(s, r.mem)
		r.choose(s, h, &e)
		r.speak(s, h, &e)
		e.Factuality = c.factOf(r, s, h, &e)
		if s.isCondition(h.i) && e.Factuality == isnad.Actual {
			continue // «في حال تعرض أي منهما لهجوم»: what an event hangs on is none
		}
		if (e.Factuality == isnad.Planned || e.Factuality == isnad.Possible) && s.hangs(h.i) {
			e.Factuality = isnad.Conditional
		}
		if e.Score < c.thresholds.Claim && (e.Stance != isnad.Denies || e.Score < leastDenial) {
			continue
		}
		r.events = append(r.events, e)
		last := e
		r.mem = r.mem.after(&last, s)
	}
	r.deny(s, r.denials, links)
	r.mem = r.mem.spoken(s, links)
}

// factOf chooses the factuality of an event whose speaker and stance are known.
func (c *Coder) factOf(r *reading, s *sentence, h hit, e *Event) isnad.Factuality {
	r.f = c.factFeatures(s, h.i, h.ty, e, r.mem, r.f[:0])
	out := r.out[:len(isnad.Factualities)]
	clear(out)
	c.fact.Score(r.f, out)
	learn.Softmax(out)
	if e.Stance == isnad.Denies { // the denial is no negation of its own
		out[slices.Index(isnad.Factualities, isnad.Negated)] = 0
	}
	best := argmax(out)
	e.Score *= float64(out[best])
	return isnad.Factualities[best]
}

func argmax(x []float32) int {
	best := 0
	for k := range x {
		if x[k] > x[best] {
			best = k
		}
	}
	return best
}

// choose sets actor and recipient.
func (r *reading) choose(s *sentence, h hit, e *Event) {
	c := r.c
	q := slots{ps: e.parties, score: make([][2]float64, len(e.parties))}
	pair := func(f []learn.Feature) [2]float64 {
		var out [2]float32
		c.party.Score(f, out[:])
		return [2]float64{float64(out[0]), float64(out[1])}
	}
	mention := make([][2]float64, len(s.men))
	asked := make([]bool, len(s.men))
	var bearers [][2]float64
	for k := range q.ps {
		p := &q.ps[k]
		bearers = bearers[:0]
		for _, m := range p.bearers() {
			if !asked[m] {
				asked[m], mention[m] = true, pair(c.mentionFeatures(s, h.i, h.ty, m))
			}
			own := pair(c.ownerFeatures(r.d, s, m, p, r.mem))
			bearers = append(bearers, [2]float64{mention[m][0] + own[0], mention[m][1] + own[1]})
		}
		q.score[k], _ = bestMention(pair(c.partyFeatures(r.d, s, h.i, h.ty, p, q.ps, r.mem)), bearers, p.context == 0)
	}
	var out [2]float32
	r.f = c.emptyFeatures(s, h.i, h.ty, r.f[:0])
	c.party.Score(r.f, out[:])
	q.empty = [2]float64{float64(out[0]), float64(out[1])}
	q.ask = func(sh int) float64 {
		var one [1]float32
		r.f = c.shapeFeatures(s, h.i, h.ty, sh, r.f[:0])
		c.shape.Score(r.f, one[:])
		return float64(one[0])
	}
	q.see(r.mem, isnad.Types[h.ty])
	a, b, share := q.best(candidateSets(s, q.ps))
	e.Actor, e.Recipient = codesOf(q.ps, a), codesOf(q.ps, b)
	ruled := true
	if x, y := s.accusation(h.i, e.links); x != nil {
		e.Actor, e.Recipient = x, y
	} else if x, y, ok := s.given(h.i, e.Actor, e.Recipient); ok {
		e.Actor, e.Recipient = x, y
	} else if ruled = false; typeClass(h.ty) == classDeed {
		// what somebody is accused of, the accused did
		if q, who := s.accused(h.i, e.links); len(who) > 0 {
			if _, y := s.accusation(q, e.links); y != nil && !overlapping(e.Actor, y) {
				ruled = true
				if e.Actor = y; same(e.Recipient, y) && !same(who, y) {
					e.Recipient = who
				}
			}
		}
	}
	if ruled {
		share = max(share, denialScore)
	}
	e.Score *= share
}

func codesOf(ps []party, s set_) []isnad.Code {
	var out []isnad.Code
	for k := range ps {
		if s.bits&(1<<k) != 0 {
			out = append(out, ps[k].code)
		}
	}
	return out
}

// leastDenial takes the place of the least score of a claim where somebody denies
// something: denials are rare and decide stories.
const leastDenial = .05

// denialScore is the share of what rules found (denials first) that was right in
// cross-validation.
const denialScore = .7

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

// SetClaim sets the least score of a whole claim, 0 to 1.
func (c *Coder) SetClaim(p float64) { c.thresholds.Claim = p }

// SetTrigger sets the least probability of an event, 0 to 1.
func (c *Coder) SetTrigger(p float32) { c.thresholds.Trigger = p }

// confidence reads the calibration line at a raw score.
func (c *Coder) confidence(score float64) float64 {
	line := c.thresholds.Calibration
	if len(line) == 0 {
		return score
	}
	if score <= line[0][0] {
		return line[0][1]
	}
	for i := 1; i < len(line); i++ {
		if score <= line[i][0] {
			a, b := line[i-1], line[i]
			return math.Round((a[1]+(b[1]-a[1])*(score-a[0])/(b[0]-a[0]))*1000) / 1000
		}
	}
	return line[len(line)-1][1]
}
