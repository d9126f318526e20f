package annotate

import (
	"strings"

	"isnad"
	"isnad/internal/orth"
	"isnad/internal/token"
	"isnad/lexicon"
)

// class is what the grammar does with a phrase.
type class uint8

const (
	cBlock    class = iota + 1 // a phrase that holds a name but no party
	cState                     // a state by name
	cSeat                      // a building or street that means a government
	cCapital                   // a capital
	cCity                      // another place
	cNisba                     // adjective of a state
	cPeople                    // a people: الروس, Russians
	cPerson                    // a named person
	cOrg                       // an organisation or armed group
	cOutlet                    // a newspaper, agency or channel
	cTitle                     // a noun that names a party of some state
	cModifier                  // a word that may stand between title and state
	cCourtesy                  // Mr, الدكتور
	cPair                      // the two countries
	cOwn                       // his country
	cLastOrg                   // the organisation
	cLastBand                  // the group
	cAlias                     // a name that the article introduced: "Foreign Minister Jane Roe … Roe"
)

// alone is what a title is without a state in its phrase.
type alone uint8

const (
	aloneContext alone = iota // resolved from context
	aloneWeak                 // the same, but only where the article names a state
	aloneUnknown              // UNK
	aloneNone                 // no mention
	aloneBand                 // the armed group named last, else UNK
)

// use is what the grammar does with single words that are no phrase of a
// table, as bits.
type use uint8

const (
	useStop use = 1 << iota
	useNoun
	usePlace
	useLead
	useCoalition
	useOf
	useCommon
)

// uses maps the kinds of actor_modifiers.tsv.
var uses = map[string]use{"stop": useStop, "noun": useNoun, "place": usePlace, "lead": useLead, "coalition": useCoalition, "of": useOf}

// use is what the grammar does with a token's word.
func (a *Actors) use(t *token.Token) use { return a.words.Get(t.Hash).use }

// useOf is what the grammar does with a folded word.
func (a *Actors) useOf(norm string) use { return a.words.Get(token.Hash(norm)).use }

func (a *Actors) setUse(norm string, u use) {
	h := token.Hash(norm)
	w := a.words.Get(h)
	w.use |= u
	a.words.Set(h, w)
}

// entry is one phrase of the lexicon with what it means.
type entry struct {
	class  class
	kind   Kind
	codes  []isnad.Code
	role   isnad.Role
	id     string
	row    string   // "table:id"
	rows   []string // the same, as a mention carries it
	alone  alone
	envoy  bool         // the place after the title is not its state
	press  bool         // the media of a state, where an adjective names it
	body   bool         // a title of a body (ministry, army), not of a person
	dual   bool         // a title in the dual or plural, which two states may share
	weak   bool         // counts only where the article names the code otherwise
	bare   bool         // a family name alone
	beside []isnad.Code // codes beside its own that let a weak name count
	not    []isnad.Code // states that have no such body
	since  int          // years in office of a person, 0 unknown
	until  int
}

// form is a phrase waiting to be cut into words.
type form struct {
	text string
	e    int32
}

// leaf is the end of a phrase.
type leaf struct {
	e     int32 // entry, 0 none
	on    bool  // longer phrases begin with this one
	upper bool  // English: begins with a capital letter
	caps  bool  // English: all capitals, as "US"
	nisba int32 // the adjective, where the phrase is a state by name as well: السعودية
	more  bool  // other entries of the same phrase stand in Actors.same
}

// load fills the phrase table. Order decides where two rows share a phrase:
// what comes first keeps it, save that persons of one name are chained.
//
// All phrases are cut by the tokenizer itself, in one pass over one text, so
// that they are cut as articles are: 30,000 phrases in 12 ms, where a call for
// each took 60.
func (a *Actors) load(lex *lexicon.Lexicon) {
	fs := make([]form, 0, 32_000)
	add := func(e entry, texts ...string) {
		if len(texts) == 0 {
			return
		}
		a.entries = append(a.entries, e)
		n := int32(len(a.entries) - 1)
		for _, s := range texts {
			fs = append(fs, form{s, n})
		}
	}
	ent := func(r lexicon.Row, table string) entry {
		rows := []string{r.Ref()}
		return entry{row: rows[0], rows: rows[:1:1]}
	}
	code := func(r lexicon.Row, col string) []isnad.Code { return []isnad.Code{isnad.Code(r.Get(col))} }

	for _, r := range lex.Table("actor_blocks").Rows {
		e := ent(r, "actor_blocks")
		e.class = cBlock
		add(e, r.List("forms_en")...)
		add(e, r.List("forms_ar")...)
	}
	for _, r := range lex.Table("states").Rows {
		e := ent(r, "states")
		e.codes, e.id = []isnad.Code{isnad.Code(r.ID())}, r.ID()
		e.class, e.kind = cState, State
		add(e, r.List("names_en")...)
		add(e, r.List("names_ar")...)
		e.class, e.role = cSeat, "GOV"
		add(e, r.List("seat_en")...)
		add(e, r.List("seat_ar")...)
		e.class, e.kind, e.role = cCapital, City, ""
		add(e, r.List("capital_en")...)
		add(e, r.List("capital_ar")...)
		e.class, e.kind = cNisba, Nisba
		add(e, r.List("nisba_en")...)
		var forms []string
		for _, n := range r.List("nisba_ar") {
			forms = nisbaForms(forms, n)
		}
		add(e, forms...)
		e.class, e.kind, e.role = cPeople, People, "CVL"
		add(e, r.List("people_en")...)
		for _, n := range r.List("people_ar") {
			add(e, peopleForms(n)...)
		}
	}
	for _, r := range lex.Table("outlets").Rows {
		e := ent(r, "outlets")
		e.class, e.kind, e.id, e.role = cOutlet, Org, r.ID(), "MED"
		e.codes = []isnad.Code{"MED"}
		if r.Get("state_owned") == "yes" {
			e.codes = code(r, "code")
		}
		names := append(r.List("names_en"), r.List("names_ar")...)
		if r.Get("wire") != "yes" {
			for _, n := range append(names, r.ID()) {
				a.outlets[orth.Fold(n)] = isnad.Code(r.Get("code"))
			}
		}
		add(e, names...)
	}
	for _, table := range []string{"organisations", "armed_groups"} {
		for _, r := range lex.Table(table).Rows {
			e := ent(r, table)
			e.class, e.codes, e.role, e.id = cOrg, code(r, "code"), isnad.Role(r.Get("role")), r.ID()
			e.kind = Org
			if table == "armed_groups" {
				e.kind = Armed
			}
			switch e.role {
			case "CVL", "SET":
				e.kind = People
			}
			if e.codes[0] == "UNK" && r.Get("kind") != "armed" {
				e.kind = Unnamed
			}
			add(e, r.List("names_en")...)
			add(e, r.List("names_ar")...)
			e.weak = true
			for _, x := range r.List("beside") {
				e.beside = append(e.beside, isnad.Code(x))
			}
			add(e, r.List("weak_en")...)
			add(e, r.List("weak_ar")...)
		}
	}
	for _, r := range lex.Table("people").Rows {
		e := ent(r, "people")
		e.class, e.kind, e.codes, e.role, e.id = cPerson, Person, code(r, "code"), isnad.Role(r.Get("role")), r.Get("person")
		e.since, e.until = year(r.Get("since")), year(r.Get("until"))
		add(e, r.List("names_en")...)
		add(e, r.List("names_ar")...)
		e.bare = true
		add(e, r.List("bare_en")...)
		add(e, r.List("bare_ar")...)
		e.weak = true
		add(e, r.List("weak_ar")...)
	}
	for _, r := range lex.Table("back_references").Rows {
		e := ent(r, "back_references")
		e.kind = BackRef
		switch r.Get("kind") {
		case "pair":
			e.class = cPair
		case "own":
			e.class = cOwn
		case "org":
			e.class = cLastOrg
		case "band":
			e.class = cLastBand
		}
		add(e, r.List("names_en")...)
		add(e, r.List("names_ar")...)
	}
	var owned []form
	for _, r := range lex.Table("titles").Rows {
		e := ent(r, "titles")
		e.class, e.kind, e.role = cTitle, Office, isnad.Role(r.Get("role"))
		e.body = r.Get("kind") == "body"
		switch r.Get("kind") {
		case "people":
			e.kind = People
		case "band":
			e.kind = Armed
		case "group":
			e.kind = People
			if e.role == "REB" || e.role == "OPP" {
				e.kind = Armed
			}
		case "unnamed":
			e.kind = Unnamed
		case "media":
			e.kind = Org
		case "press":
			e.kind, e.press = Org, true
		case "envoy":
			e.envoy = true
		}
		switch r.Get("alone") {
		case "weak":
			e.alone = aloneWeak
		case "unk":
			e.alone = aloneUnknown
		case "none":
			e.alone = aloneNone
		case "band":
			e.alone = aloneBand
		}
		for _, x := range r.List("not") {
			e.not = append(e.not, isnad.Code(x))
		}
		if r.Get("code") != "" {
			e.codes = code(r, "code")
		}
		add(e, r.List("names_en")...)
		var one, many, possessor []string
		for _, n := range r.List("names_ar") {
			if dualOrPlural(n) {
				many = append(many, n)
			} else {
				one = append(one, n)
			}
			if k := r.Get("kind"); (k == "office" || k == "body" || k == "group") && e.alone != aloneNone {
				possessor = append(possessor, possessed(n)...)
			}
		}
		add(e, one...)
		if k := r.Get("kind"); k == "office" || k == "envoy" {
			for _, n := range one {
				many = duals(many, n)
			}
		}
		e.dual = true
		add(e, many...)
		o := ent(r, "titles")
		o.class, o.kind, o.role = cOwn, BackRef, e.role
		k := len(fs)
		add(o, possessor...)
		owned = append(owned, fs[k:]...)
		fs = fs[:k]
	}
	fs = append(fs, owned...)
	for _, r := range lex.Table("actor_modifiers").Rows {
		e := ent(r, "actor_modifiers")
		e.class = cModifier
		if u := uses[r.Get("kind")]; u != 0 {
			for _, w := range r.List("forms") {
				a.setUse(orth.Fold(w), u)
			}
			continue
		}
		add(e, r.List("forms")...)
	}
	for _, r := range lex.Table("common_words").Rows {
		for _, w := range r.List("forms") {
			a.setUse(w, useCommon)
		}
	}
	for _, r := range lex.Table("clash").Rows {
		if r.Get("kind") == "clitic_false" {
			a.setUse(orth.Fold(r.Get("word")), useCommon)
		}
	}
	for _, r := range lex.Table("courtesies").Rows {
		e := ent(r, "courtesies")
		e.class = cCourtesy
		add(e, r.List("forms")...)
	}
	for _, r := range lex.Table("cities").Rows {
		e := ent(r, "cities")
		e.class, e.kind, e.codes, e.id = cCity, City, code(r, "code"), r.ID()
		add(e, r.List("names_en")...)
		add(e, r.List("names_ar")...)
	}
	a.insert(fs)
}

// insert cuts all phrases at once and puts them into the phrase table.
func (a *Actors) insert(fs []form) {
	n := 0
	for i := range fs {
		n += len(fs[i].text) + 1
	}
	var b strings.Builder
	b.Grow(n)
	for i := range fs {
		b.WriteString(fs[i].text)
		b.WriteByte(' ')
	}
	t := token.Cut(b.String())
	end, s, k := 0, 0, 0 // end of the phrase, sentence, token in it
	var words []string
	for i := range fs {
		end += len(fs[i].text) + 1
		words = words[:0]
		for s < len(t.Sentences) {
			toks := t.Sentences[s].Tokens
			if k == len(toks) {
				s, k = s+1, 0
				continue
			}
			if toks[k].Start >= end {
				break
			}
			if !skipped(&toks[k]) {
				words = append(words, toks[k].Norm)
			}
			k++
		}
		if len(words) > 0 {
			a.put(words, &fs[i])
		}
	}
}

func (a *Actors) put(words []string, f *form) {
	node := uint32(0)
	for i, w := range words {
		h := token.Hash(w)
		known := a.words.Get(h)
		if known.id == 0 {
			known.id = uint32(len(a.roots))
			a.words.Set(h, known)
			a.roots = append(a.roots, 0)
		}
		id := known.id
		next := uint32(0)
		key := uint64(node)<<32 | uint64(id)
		if i == 0 {
			next = a.roots[id]
		} else {
			next = a.edges[key]
		}
		if next == 0 {
			next = uint32(len(a.leaf))
			a.leaf = append(a.leaf, leaf{})
			if i == 0 {
				a.roots[id] = next
			} else {
				a.edges[key] = next
				a.leaf[node].on = true
			}
		}
		node = next
	}
	l := &a.leaf[node]
	switch {
	case l.e == 0:
		first := f.text[0]
		l.e = f.e
		l.upper = first >= 'A' && first <= 'Z' || strings.HasPrefix(f.text, "É")
		l.caps = l.upper && len(f.text) <= 6 && strings.ToUpper(f.text) == f.text
	case a.entries[l.e].class == cState && a.entries[f.e].class == cNisba && len(words) == 1 && words[0][0] >= 0xD8:
		l.nisba = f.e
	case chained(&a.entries[l.e], &a.entries[f.e]):
		if !l.more {
			l.more = true
			a.same[node] = []int32{l.e}
		}
		a.same[node] = append(a.same[node], f.e)
	}
}

// chained reports whether two entries of one phrase are both kept, for the
// article to choose: people of one name, groups of one short name, and a
// capital that also stands for a union (Brussels).
func chained(a, b *entry) bool {
	return a.class == cPerson && b.class == cPerson || b.weak && b.class == cOrg && (a.weak && a.class == cOrg || a.class == cCapital)
}

func year(date string) int {
	if len(date) < 4 {
		return 0
	}
	y := 0
	for _, c := range date[:4] {
		if c < '0' || c > '9' {
			return 0
		}
		y = y*10 + int(c-'0')
	}
	return y
}
