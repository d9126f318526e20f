package origin

import (
	"strings"

	"isnad/internal/orth"
	"isnad/internal/token"
	"isnad/lexicon"
)

// use says what a phrase of the tables means in an author line or attribution.
type use uint8

const (
	agencyByline use = iota + 1 // an agency, as author lines write it
	outletName                  // an outlet under a name that means it anywhere
	place                       // a town or state: where an author line was written
	agencies                    // «وكالات»
	desk                        // a word of author lines that is no person
	attributes                  // what follows is where the text has it from
	toldNoun                    // what may stand between «ل» and the outlet
	gives                       // "told"
	number                      // a number in words, of an article of a treaty
	tag                         // a word of agreements, obligations and transfers
)

// entry is one meaning of a phrase.
type entry struct {
	use    use
	outlet string // its id
	tag    string // of a tag its group and value, of a place its code
	agency bool   // it writes for other outlets
	words  int
}

// names finds phrases by their first word; longer ones stand first.
type names map[string][]phrase

type phrase struct {
	words []string
	entry
}

func (n names) put(form string, e entry) {
	words := fields(form)
	if len(words) == 0 {
		return
	}
	e.words = len(words)
	list := n[words[0]]
	i := 0
	for i < len(list) && len(list[i].words) >= len(words) {
		i++
	}
	n[words[0]] = append(list[:i:i], append([]phrase{{words, e}}, list[i:]...)...)
}

// find returns the longest phrase that begins at a word and means one of the
// uses.
func (n names) find(words []string, uses ...use) (entry, bool) {
	if len(words) == 0 {
		return entry{}, false
	}
	for _, p := range n[words[0]] {
		if len(p.words) > len(words) || !has(uses, p.use) {
			continue
		}
		same := true
		for i, w := range p.words {
			same = same && w == words[i]
		}
		if same {
			return p.entry, true
		}
	}
	return entry{}, false
}

func has(uses []use, u use) bool {
	for _, x := range uses {
		if x == u {
			return true
		}
	}
	return false
}

// fields are the folded words and numbers of a phrase, without signs, so that
// «أ.ف.ب» and «أ ف ب» are one.
func fields(s string) []string {
	t := token.Cut(s)
	defer t.Release()
	var out []string
	for _, s := range t.Sentences {
		for _, k := range s.Tokens {
			if k.Kind != token.Sign {
				out = append(out, strings.Clone(k.Norm))
			}
		}
	}
	return out
}

func (r *Reader) readNames(lex *lexicon.Lexicon) {
	for _, row := range lex.Table("outlets").Rows {
		e := entry{outlet: row.ID(), agency: row.Get("kind") == "agency"}
		r.outlets[orth.Fold(row.ID())] = row.ID()
		e.use = outletName
		for _, column := range []string{"names_ar", "names_en"} {
			for _, f := range row.List(column) {
				r.names.put(f, e)
				r.outlets[strings.Join(fields(f), " ")] = row.ID()
			}
		}
		e.use = agencyByline
		for _, f := range row.List("byline") {
			r.names.put(f, e)
		}
	}
	for _, row := range lex.Table("byline_words").Rows {
		u := map[string]use{"agencies": agencies, "desk": desk, "attributes": attributes, "told": toldNoun, "gives": gives}[row.Get("kind")]
		for _, f := range row.List("forms") {
			r.names.put(f, entry{use: u})
		}
	}
	for _, row := range lex.Table("pact_words").Rows {
		for _, f := range row.List("forms") {
			if row.Get("group") == "ordinal" {
				r.pacts.put(f, entry{use: number, tag: row.Get("value")})
				continue
			}
			r.pacts.put(f, entry{use: tag, tag: row.Get("group") + "=" + row.Get("value")})
		}
	}
	for _, row := range lex.Table("states").Rows {
		for _, column := range []string{"name_ar", "name_en"} {
			r.pacts.put(row.Get(column), entry{use: place, tag: row.ID()})
		}
	}
	for _, table := range []string{"cities", "states"} {
		for _, row := range lex.Table(table).Rows {
			for _, column := range []string{"names_ar", "names_en", "name_ar", "name_en"} {
				for _, f := range row.List(column) {
					r.names.put(f, entry{use: place})
				}
			}
		}
	}
}
