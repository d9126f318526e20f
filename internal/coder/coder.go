// Package coder finds the events of a text and wraps each in the voices that
// carry it.
//
// For every sentence: which words carry an event, and of which type
// (trigger.go, hits.go); who does it to whom (candidates.go, party.go,
// joint.go); whose word it is and how that speaker stands to it (link.go,
// scope.go, voice.go, stance.go, speak.go); whether it is presented as having
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
	morph         *morph.Morph
	terms         *terms
	cues          *cues
	mutuals       mutuals
	more          map[string]bool
	clusters      *clusters
	particles     *particles
	constructions constructions
	gate          map[uint32]bool // stems that carried an event in training; nil: all words
	homes         map[string]isnad.Code

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
	c.mutuals, c.more = newMutuals(lex.Table("pact_words")), moreWords(lex.Table("pact_words"))
	c.constructions = newConstructions(lex.Table("constructions"), c.morph)
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

	plain   bool   // has happened, unless a word says otherwise
	relay   *relay // who tells of an order, nil where nobody does
	sure    bool   // by a construction, whatever the models think of it
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
	c         *Coder
	d         *document
	mem       *memory
	events    []Event
	denials   []denial   // of the sentence
	buildups  []buildup  // of the sentence
	vouchings []vouching // of the sentence
	f         []learn.Feature
	out       [32]float32
	cands     [][]cand // of each sentence, from the first pass
	mass      *mass
}

func (r *reading) sentence(s *sentence) {
	c := r.c
	from := len(r.events)
	links := s.links()
	r.denials, r.vouchings, r.buildups = s.denials(links, r.mem), s.vouchings(links, r.mem), s.buildups()
	for _, h := range r.hits(s, links) {
		if r.denies(h.i) {
			continue // its event is told elsewhere
		}
		e := Event{Sentence: s.index, Token: h.i, Type: isnad.Types[h.ty], sure: h.sure, sent: s, links: links, prev: r.mem, Score: float64(h.p), Cue: -1}
		if v := s.vouched(r.vouchings, h.i, h.ty); v != nil && v.none {
			continue
		}
		e.parties = r.d.parties(s, r.mem)
		r.choose(s, h, &e)
		r.speak(s, h, &e)
		if e.Stance == isnad.Confirms && e.Cue >= 0 && s.negated(e.Cue) {
			continue // «لم يؤكد …» says neither
		}
		e.Factuality = c.factOf(r, s, h, &e)
		if s.isCondition(h.i) && (e.Factuality == isnad.Actual || e.Factuality == isnad.Conditional && e.Stance == isnad.Narrates && s.conditional(h.i-1)) {
			continue // «في حال تعرض أي منهما لهجوم»: what an event hangs on is none
		}
		if s.hangs(h.i) && (e.Factuality == isnad.Planned || e.Factuality == isnad.Possible || e.Factuality == isnad.Actual && e.Stance != isnad.Denies && s.unfinished(h.i)) {
			e.Factuality = isnad.Conditional
		}
		r.ordering(s, &e)
		r.mutual(s, &e)
		s.owned(&e)
		if e.sure {
			e.Score = max(e.Score, c.thresholds.Claim)
		}
		if e.Score < c.thresholds.Claim && (e.Stance != isnad.Denies || e.Score < leastDenial) {
			continue
		}
		r.events = append(r.events, e)
		last := e
		r.mem = r.mem.after(&last, s)
	}
	r.again(s, links)
	r.events = append(r.events[:from], once(r.events[from:])...)
	r.mem = r.mem.spoken(s, links)
}

// once leaves of the claims of a sentence that tell one thing twice («يقصف …
// غارات», "launched an assault … fired at") the surest: those of one type and
// the same parties, unless one is a denial and the other none, or two speakers
// are named.
func once(events []Event) []Event {
	again := func(i int) bool {
		for j := range events {
			e, o := &events[i], &events[j]
			surer := o.Score > e.Score || o.Score == e.Score && j < i
			if i != j && surer && o.Type == e.Type && (o.Stance == isnad.Denies) == (e.Stance == isnad.Denies) && same(o.Actor, e.Actor) && same(o.Recipient, e.Recipient) &&
				(len(o.Speaker) == 0 || len(e.Speaker) == 0 || same(o.Speaker, e.Speaker)) {
				return true
			}
		}
		return false
	}
	drop := make([]bool, len(events))
	for i := range events {
		drop[i] = again(i)
	}
	out := events[:0]
	for i, e := range events {
		if !drop[i] {
			out = append(out, e)
		}
	}
	return out
}

// factOf chooses the factuality of an event whose speaker and stance are known.
func (c *Coder) factOf(r *reading, s *sentence, h hit, e *Event) isnad.Factuality {
	r.f = c.factFeatures(s, h.i, h.ty, e, r.mem, r.f[:0])
	out := r.out[:len(isnad.Factualities)]
	clear(out)
	c.fact.Score(r.f, out)
	learn.Softmax(out)
	if e.plain && !s.doubted(e.Cue, h.i) && !c.future(s, h.i) {
		return isnad.Actual
	}
	if e.Stance == isnad.Denies { // the denial is no negation of its own
		out[slices.Index(isnad.Factualities, isnad.Negated)] = 0
	}
	best := argmax(out)
	e.Score *= float64(out[best])
	return isnad.Factualities[best]
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
	e.Actor, e.Recipient = s.whole(codesOf(q.ps, a)), s.whole(codesOf(q.ps, b))
	ruled := true
	if b := r.buildupAt(h.i); b != nil {
		e.Actor, e.Recipient = b.owner, s.against(h.i)
	} else if x, y, ok := s.consent(h.i, r.mem); ok && e.Type == "AGREE" {
		e.Actor, e.Recipient = x, y
	} else if x, y := s.accusation(h.i, e.links); x != nil {
		e.Actor, e.Recipient = x, y
	} else if x, y, ok := s.given(h.i, e.Actor, e.Recipient); ok {
		e.Actor, e.Recipient = x, y
	} else if r.further(s, h, e) {
		// as told before
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
