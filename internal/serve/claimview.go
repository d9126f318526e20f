package serve

import (
	"slices"
	"strconv"
	"strings"

	"isnad"
	"isnad/lexicon"
)

// quote is words of an article, with the language and direction to show them in.
type quote struct {
	Text string
	Lang isnad.Lang
	Dir  string
}

func quoted(text string, lang isnad.Lang) quote {
	lang, dir := written(text, lang)
	return quote{text, lang, dir}
}

// party is an actor in words: "North Korea, government, «بيونغ يانغ»".
type party struct {
	Name  string // of the state, in the interface's language
	Code  isnad.Code
	Role  string
	ID    string
	Words quote // of the text, empty where it has none
}

// claimView is a claim in the words of the interface, with all that a list
// shows of it.
type claimView struct {
	isnad.Claim
	N                                int    // in its article, from 0
	Link                             string // to the article with this claim open
	Family                           family
	FamilyWord                       string
	TypeWord, StanceWord, DeniesWord string
	FactualityWord                   string
	From, To                         string // parties in words
	Who                              string // whose word it is: "Russia denies"
	Mutual                           bool   // the same on both sides: From holds all, To is empty
	Percent                          int
}

// Line is what the template of a claim on one line is given, also by what embeds a claimView.
func (v claimView) Line() claimView { return v }

// namer puts claims into the words of one interface language.
type namer struct {
	lang isnad.Lang
	lex  *lexicon.Lexicon
}

// state names a code: a state or one of the guide's other codes.
func (n namer) state(c isnad.Code) string {
	for _, table := range []string{"states", "actor_codes"} {
		if row, ok := n.lex.Table(table).Row(string(c)); ok {
			if name := row.Get("name_" + string(n.lang)); name != "" {
				return name
			}
		}
	}
	return string(c)
}

// who says whose word a claim is. English has a verb: "Russia denies"; Arabic a
// noun before the name, «نفي روسيا», which needs neither gender nor number.
func (n namer) who(v claimView) string {
	if len(v.Speaker) == 0 {
		return say(n.lang, "claims.narrated")
	}
	out := n.names(v.Speaker) + " " + v.StanceWord
	if n.lang == isnad.Arabic {
		out = v.StanceWord + " " + n.names(v.Speaker)
	}
	if v.Denies != "" && v.Denies != isnad.DeniesEvent {
		out += " (" + v.DeniesWord + ")"
	}
	return out
}

// names lists parties: "Russia, North Korea". In Arabic the comma is its own.
func (n namer) names(as []isnad.Actor) string {
	if n.lang == isnad.Arabic {
		return n.list(as, "، ")
	}
	return n.list(as, ", ")
}

// list joins the names of parties, each state once.
func (n namer) list(as []isnad.Actor, sep string) string {
	var out []string
	for _, a := range as {
		if name := n.state(a.Code); !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return strings.Join(out, sep)
}

func (n namer) claim(c isnad.Claim, i int, link string) claimView {
	v := claimView{Claim: c, N: i, Link: link, Family: familyOf(c), StanceWord: say(n.lang, "stance."+string(c.Stance)),
		FactualityWord: say(n.lang, "factuality."+string(c.Factuality)), From: n.names(c.Actor), To: n.names(c.Recipient),
		Percent: int(c.Confidence*100 + 0.5)}
	v.FamilyWord = say(n.lang, "family."+string(v.Family))
	v.TypeWord = say(n.lang, "type."+string(c.Type))
	if isnad.Codes(c.Actor) == isnad.Codes(c.Recipient) && len(c.Actor) > 1 { // with each other
		v.Mutual, v.From, v.To = true, n.list(c.Actor, " ↔ "), ""
	}
	if c.Kind == isnad.KindAssessment {
		v.TypeWord = say(n.lang, "kind."+c.Kind)
	}
	if c.Denies != "" {
		v.DeniesWord = say(n.lang, "denies."+string(c.Denies))
	}
	v.Who = n.who(v)
	return v
}

// field is the text that the spans of some claims point into.
type field struct {
	runes []rune
	lang  isnad.Lang
}

func fieldOf(a isnad.Article, name string) field {
	if name == "title" {
		return field{[]rune(a.Title), a.Lang}
	}
	return field{[]rune(a.Text), a.Lang}
}

// words quotes a span, on one line.
func (f field) words(s isnad.Span) quote {
	s.Start, s.End = max(s.Start, 0), min(s.End, len(f.runes))
	if s.Start >= s.End {
		return quote{}
	}
	return quoted(strings.Join(strings.Fields(string(f.runes[s.Start:s.End])), " "), f.lang)
}

func (n namer) parties(f field, as []isnad.Actor) (out []party) {
	for _, a := range as {
		p := party{Name: n.state(a.Code), Code: a.Code, ID: a.ID, Words: f.words(a.Span)}
		if p.Words.Text == "" && a.Name != "" {
			p.Words = quoted(a.Name, f.lang)
		}
		if a.Role != "" {
			p.Role = say(n.lang, "role."+string(a.Role))
		}
		out = append(out, p)
	}
	return out
}

// number writes a quantity's figure as people do: 1,500; 4.8.
func number(x float64) string {
	s := strconv.FormatFloat(x, 'f', -1, 64)
	whole, part, _ := strings.Cut(s, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if part != "" {
		whole += "." + part
	}
	return sign + whole
}

// amount writes a quantity's range and how exact it is: "at least 1,500".
func (n namer) amount(q isnad.Quantity) string {
	out := number(q.Low)
	switch {
	case q.Approx == "max":
		out = number(q.High)
	case q.High != q.Low && q.Approx != "min":
		out += "–" + number(q.High)
	}
	if q.Approx == "" || q.Approx == "exact" {
		return out
	}
	return say(n.lang, "approx."+q.Approx) + " " + out
}

// period writes the time of an event as exactly as it is known.
func (n namer) period(w isnad.When) string {
	switch {
	case w.From == w.To || w.To == "":
		return date(n.lang, w.From)
	case w.From == "":
		return date(n.lang, w.To)
	case w.Precision == "year" && strings.HasSuffix(w.From, "-01-01") && strings.HasSuffix(w.To, "-12-31") && w.From[:4] == w.To[:4]:
		return w.From[:4]
	case w.Precision == "month" && strings.HasSuffix(w.From, "-01") && w.From[:7] == w.To[:min(7, len(w.To))]:
		return date(n.lang, w.From[:7])
	}
	return date(n.lang, w.From) + " – " + date(n.lang, w.To)
}
