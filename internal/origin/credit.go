package origin

import (
	"strings"
	"unicode/utf8"

	"isnad"
	"isnad/internal/orth"
	"isnad/internal/token"
)

// credits finds whom an article credits: the author line, then the text's
// first and last words, then the attributions in it. Of the same credit in the
// same way the first place is kept.
func (r *Reader) credits(a isnad.Article, text *token.Text) []isnad.Credit {
	c := &crediting{r: r, own: r.outlets[orth.Fold(a.Outlet)], out: []isnad.Credit{}, seen: map[string]bool{}}
	if c.own == "" {
		c.own = r.outlets[strings.Join(fields(a.Outlet), " ")]
	}
	byline := token.Cut(a.Byline)
	defer byline.Release()
	c.in("byline", byline)
	c.byline()
	c.in("text", text)
	c.edges()
	c.attributions()
	return c.out
}

// crediting is the search through one article.
type crediting struct {
	r    *Reader
	own  string // the outlet's own id, "" where no table knows it
	out  []isnad.Credit
	seen map[string]bool

	field  string
	source string
	tokens []token.Token
	words  []string // folded, signs left out
	token  []int    // of each word its token
}

func (c *crediting) in(field string, t *token.Text) {
	c.field, c.source, c.tokens, c.words, c.token = field, t.Source, nil, nil, nil
	for _, s := range t.Sentences {
		for _, k := range s.Tokens {
			if k.Kind != token.Sign {
				c.words, c.token = append(c.words, k.Norm), append(c.token, len(c.tokens))
			}
			c.tokens = append(c.tokens, k)
		}
	}
}

// credit notes that words i to j credit an outlet in a way.
func (c *crediting) credit(kind isnad.CreditKind, outlet string, i, j int) {
	key := string(kind) + " " + outlet
	if c.seen[key] || outlet != "" && outlet == c.own {
		return
	}
	c.seen[key] = true
	from, to := c.tokens[c.token[i]].Start, c.tokens[c.token[j-1]].End
	start := utf8.RuneCountInString(c.source[:from])
	text := c.source[from:to]
	c.out = append(c.out, isnad.Credit{Kind: kind, Outlet: outlet, Field: c.field, Text: text,
		Span: isnad.Span{Start: start, End: start + utf8.RuneCountInString(text)}})
}

// byline reads an author line: agencies are credited, «وكالات» is somebody
// unnamed; of what is left when outlets, places and desks are taken off, two
// words or more in a row are a person.
func (c *crediting) byline() {
	person := -1
	end := func(i int) {
		if person >= 0 && i-person >= 2 {
			c.credit(isnad.CreditCorrespondent, "", person, i)
		}
		person = -1
	}
	for i := 0; i < len(c.words); {
		if i > 0 && c.token[i] > c.token[i-1]+1 { // a sign parts a name from a place
			end(i)
		}
		e, ok := c.r.names.find(c.words[i:], agencyByline, outletName, agencies, place, desk)
		// A given name is a place's name now and then: within a person's name the
		// word goes on with it.
		if ok && e.use == place && person >= 0 && c.token[i] == c.token[i-1]+1 {
			ok = false
		}
		if !ok {
			if person < 0 {
				person = i
			}
			i++
			continue
		}
		end(i)
		switch {
		case e.use == agencies:
			c.credit(isnad.CreditAgencies, "", i, i+e.words)
		case e.agency && (e.use == agencyByline || e.use == outletName):
			c.credit(isnad.CreditByline, e.outlet, i, i+e.words)
		}
		i += e.words
	}
	end(len(c.words))
}

// edges reads the first and last words of a text. A name there is a credit only
// where signs part it from the sentence: «(رويترز)», «واس –».
func (c *crediting) edges() {
	const words = 10
	for i := 0; i < min(words, len(c.words)); i++ {
		if e, ok := c.r.names.find(c.words[i:], agencyByline, outletName); ok && e.agency && c.parted(i, i+e.words, 1) {
			c.credit(isnad.CreditDateline, e.outlet, i, i+e.words)
		}
	}
	for i := max(0, len(c.words)-words/2); i < len(c.words); i++ {
		if e, ok := c.r.names.find(c.words[i:], agencyByline, outletName); ok && e.agency && i+e.words >= len(c.words)-1 && c.parted(i, i+e.words, 0) {
			c.credit(isnad.CreditSignature, e.outlet, i, i+e.words)
		}
	}
}

// parted says that the words i to j stand by themselves: a sign after them, and
// before them a sign, the edge or (signsBefore 1) at most a place and a sign.
func (c *crediting) parted(i, j, signsBefore int) bool {
	sign := func(t int) bool {
		return t < 0 || t >= len(c.tokens) || c.tokens[t].Kind == token.Sign && !strings.Contains("\"'«»", c.tokens[t].Norm)
	}
	before, after := c.token[i]-1, c.token[j-1]+1
	return sign(before) && sign(after) && (signsBefore == 0 || after < len(c.tokens))
}

// attributions reads «نقلاً عن رويترز», «قال لوكالة فرانس برس», "told Reuters". A
// paper or channel counts here as an agency does: the text has it from there.
func (c *crediting) attributions() {
	for i := range c.words {
		if rest, ok := strings.CutPrefix(c.words[i], "ل"); ok && len(rest) > 2 && len(c.r.names[rest]) > 0 {
			// «لوكالة X», «لرويترز»
			words := append([]string{rest}, c.words[i+1:min(len(c.words), i+8)]...)
			skip := 0
			if e, ok := c.r.names.find(words, toldNoun); ok {
				skip = e.words
			}
			if e, ok := c.r.names.find(words, outletName); ok {
				c.told(e, i, i+e.words)
			} else if e, ok := c.r.names.find(words[skip:], agencyByline, outletName); ok && skip > 0 {
				c.told(e, i, i+skip+e.words)
			}
			continue
		}
		e, ok := c.r.names.find(c.words[i:], attributes, gives)
		if !ok {
			continue
		}
		j := i + e.words
		if noun, ok := c.r.names.find(c.words[j:], toldNoun); ok {
			if out, ok := c.r.names.find(c.words[j:], outletName); ok {
				c.from(e, out, i, j+out.words)
				continue
			}
			j += noun.words
		}
		if out, ok := c.r.names.find(c.words[j:], outletName); ok {
			c.from(e, out, i, j+out.words)
		}
	}
}

func (c *crediting) told(out entry, i, j int) {
	if out.agency {
		c.credit(isnad.CreditTold, out.outlet, i, j)
	}
}

func (c *crediting) from(how, out entry, i, j int) {
	if how.use == gives {
		c.told(out, i, j)
		return
	}
	c.credit(isnad.CreditAttributed, out.outlet, i, j)
}
