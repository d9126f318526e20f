package annotate

import (
	"slices"
	"strings"

	"isnad"
	"isnad/internal/token"
)

// read makes the mentions of one sentence, those without codes still open.
func (c *context) read(src string, s *token.Sentence) {
	r := &c.reader
	r.c, r.src, r.toks, r.its, r.lang, r.i = c, src, s.Tokens, c.items(src, s), s.Lang, 0
	for r.i < len(r.its) {
		if s.Lang == isnad.Arabic {
			r.arabic()
		} else {
			r.english()
		}
	}
}

// reader puts the phrases of a sentence together into mentions.
type reader struct {
	c    *context
	src  string
	toks []token.Token
	its  []item
	lang isnad.Lang
	i    int // next item
}

func (r *reader) emit(m Mention, open *entry) {
	if m.To > len(r.toks) {
		m.To = len(r.toks)
	}
	r.c.all = append(r.c.all, m)
	r.c.open = append(r.c.open, open)
}

// mention starts a mention from one item.
func (r *reader) mention(it item) Mention {
	head := it.from // Arabic nouns lead their phrase, English ones end it
	if r.lang != isnad.Arabic {
		head = it.to - 1
	}
	return Mention{From: it.from, To: it.to, Head: head, Codes: it.e.codes, Role: it.e.role, ID: it.e.id,
		Kind: it.e.kind, Pre: it.pre, Rows: it.e.rows}
}

func (m *Mention) join(it item) {
	m.To = it.to
	m.Rows = append(slices.Clip(m.Rows), it.e.row)
}

func (m *Mention) addCodes(cs []isnad.Code) {
	for _, x := range cs {
		if !slices.Contains(m.Codes, x) {
			m.Codes = append(slices.Clip(m.Codes), x)
		}
	}
}

// simple emits an item that needs no grammar; it reports whether it did.
func (r *reader) simple(it item) bool {
	switch it.e.class {
	case cBlock, cModifier, cCourtesy:
		return true
	case cNisba:
		m := r.mention(it)
		if w := r.toks[it.to-1].Norm; strings.HasSuffix(w, "ون") || strings.HasSuffix(w, "ين") || strings.HasSuffix(w, "يان") {
			m.Kind, m.Role = People, "CVL"
		}
		r.emit(m, nil)
		return true
	case cState, cSeat, cCapital, cCity, cPeople, cOutlet, cAlias:
		r.emit(r.mention(it), nil)
		return true
	case cOrg:
		m := r.mention(it)
		if it.e.weak {
			m.Codes = nil
			r.emit(m, it.e)
		} else {
			r.emit(m, nil)
		}
		return true
	case cPair, cOwn, cLastOrg, cLastBand:
		r.emit(r.mention(it), it.e)
		return true
	}
	return false
}
