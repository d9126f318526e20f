package export

import (
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"isnad"
	"isnad/internal/token"
)

// newICEWS writes the 20 columns of an ICEWS file and the claim's id behind them:
// tabs with a header, no quoting, CAMEO codes with their leading zero (01 is not
// 1, and 10 is not 010). Its unit is an event in a sentence, which is a claim; a
// claim makes a row for each pair of parties, all with one Event ID. What names
// only one side is no row of ICEWS.
func newICEWS(w io.Writer, k *coding, _ Options) (sink, error) {
	d, err := newDelimited(w, "icews", true, false)
	if err != nil {
		return nil, err
	}
	s := &sentences{}
	d.claims = func(c Claim, next func() record) error { return k.icews(c, s, next) }
	return d, nil
}

func (k *coding) icews(c Claim, s *sentences, next func() record) error {
	deed, err := k.deed(c.Claim)
	if err != nil {
		return err
	}
	when, ok := day(c.When, c.Published)
	if !ok {
		return hasNoDay
	}
	if len(c.Actor) == 0 || len(c.Recipient) == 0 {
		return hasOneSide
	}
	for _, p := range pairs(c.Actor, c.Recipient) {
		r := next()
		r.set("Event ID", strconv.FormatInt(idNumber(c.ID), 10))
		r.set("Event Date", iso(when))
		for side, a := range map[string]isnad.Actor{"Source": *p.from, "Target": *p.to} {
			r.set(side+" Name", k.name(a))
			r.set(side+" Sectors", k.sectors[string(a.Role)]["icews"])
			r.set(side+" Country", k.country(a.Code))
		}
		r.set("Event Text", deed.cameo["label"])
		r.set("CAMEO Code", deed.cameo["code"])
		r.set("Intensity", deed.cameo["goldstein"])
		r.set("Story ID", strconv.FormatInt(idNumber(c.Claim.Article), 10))
		r.set("Sentence Number", strconv.Itoa(s.number(c)))
		r.set("Publisher", c.Outlet)
		if p, ok := first(c.Places); ok {
			column := map[string]string{"city": "City", "site": "City", "region": "Province"}[p.Precision]
			if column != "" {
				r.set(column, p.Name)
			}
			r.set("Country", k.country(p.State))
			if pointed(p) {
				r.set("Latitude", number(p.Lat))
				r.set("Longitude", number(p.Lon))
			}
		}
		r.set("isnad ID", c.ID)
		if err := r.emit(); err != nil {
			return err
		}
	}
	return nil
}

// sentences counts the sentences of the article that claims come from; claims of
// an article come together.
type sentences struct {
	article string
	text    string
	starts  []int // code points
}

// number is the place of the claim's sentence in its article, from 1; 0 for the
// headline.
func (s *sentences) number(c Claim) int {
	if c.Field == "title" {
		return 0
	}
	if s.article != c.Claim.Article || s.text != c.Article.Text {
		s.article, s.text, s.starts = c.Claim.Article, c.Article.Text, s.starts[:0]
		cut := token.Cut(s.text)
		points, at := 0, 0
		for _, x := range cut.Sentences {
			points += utf8.RuneCountInString(s.text[at:x.Start])
			at = x.Start
			s.starts = append(s.starts, points)
		}
		cut.Release()
	}
	n := 0
	for _, start := range s.starts {
		if start <= c.Claim.Sentence.Start {
			n++
		}
	}
	return max(n, 1)
}

// newPOLECAT writes the 40 columns of a POLECAT file: tabs with a header, no
// quoting, "None" where a country is not known. Its Event ID is that of the story,
// "_" and a number within it; here the article's and the claim's.
func newPOLECAT(w io.Writer, k *coding, _ Options) (sink, error) {
	d, err := newDelimited(w, "polecat", true, false)
	if err != nil {
		return nil, err
	}
	d.claims = func(c Claim, next func() record) error { return k.polecat(c, next()) }
	return d, nil
}

func (k *coding) polecat(c Claim, r record) error {
	deed, err := k.deed(c.Claim)
	if err != nil {
		return err
	}
	when, ok := day(c.When, c.Published)
	if !ok {
		return hasNoDay
	}
	r.set("Event ID", c.Claim.Article+"_"+c.ID)
	r.set("Event Date", iso(when))
	r.set("Event Type", string(deed.plover))
	r.set("Event Mode", deed.mode)
	r.set("Intensity", deed.score)
	r.set("Quad Code", deed.quad)
	r.set("Contexts", strings.Join(c.Contexts, ";"))
	for side, as := range map[string][]isnad.Actor{"Actor": c.Actor, "Recipient": c.Recipient} {
		if len(as) == 0 {
			r.set(side+" Country", "None")
			continue
		}
		r.set(side+" Name", list(as, k.name))
		r.set(side+" Country", list(as, func(a isnad.Actor) string {
			if k.state(a.Code) {
				return string(a.Code)
			}
			return k.bodies[string(a.Code)]["plover"]
		}))
		sectors := list(as, func(a isnad.Actor) string { return k.sectors[string(a.Role)]["plover"] })
		one, _, _ := strings.Cut(sectors, ";")
		r.set("Primary "+side+" Sector", one)
		r.set(side+" Sectors", sectors)
		r.set(side+" Name Raw", list(as, func(a isnad.Actor) string { return a.Name }))
	}
	if p, ok := first(c.Places); ok {
		column := map[string]string{"city": "City", "site": "City", "region": "Province"}[p.Precision]
		if column != "" {
			r.set(column, p.Name)
		}
		r.set("Placename", p.Name)
		r.set("Raw Placename", p.Name)
		r.set("Country", string(p.State))
		if pointed(p) {
			r.set("Latitude", number(p.Lat))
			r.set("Longitude", number(p.Lon))
		}
	}
	r.set("Source", c.Outlet)
	if d, ok := day(isnad.When{}, c.Published); ok {
		r.set("Publication Date", iso(d))
	}
	r.set("Language", string(c.Article.Lang))
	r.set("Version", c.Reader)
	return r.emit()
}
