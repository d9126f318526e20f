package serve

import (
	"fmt"
	"net/url"
	"strconv"

	"isnad"
	"isnad/internal/revision"
	"isnad/internal/store"
)

// differencePage is two versions of an article side by side, with the words marked
// that are in one of them only.
type differencePage struct {
	Title    quote
	Article  string // link
	Data     string // link to the same as JSON
	Versions []store.Version
	Sides    [2]versionSide // the older, then the newer
	Same     bool           // nothing differs but when it was fetched
	Fields   []string       // that differ: title, byline, text
}

// versionSide is one of two versions.
type versionSide struct {
	store.Version
	Link                string
	Title, Byline, Body changedText
}

// changedText is a text whose own words, which the other version lacks, are marked.
type changedText struct {
	Lang   isnad.Lang
	Dir    string
	Pieces []piece
}

// differenceData is the same as JSON.
type differenceData struct {
	Article string                `json:"article"`
	Old     int                   `json:"old"`
	New     int                   `json:"new"`
	Fields  map[string][]partData `json:"fields"` // of those that differ, in order
}

type partData struct {
	Kind string `json:"kind"` // same, gone, new
	Text string `json:"text"`
}

// differenceLink is the address of what changed between two versions of an article.
func differenceLink(id string, old, new int) string {
	return numberLink(id, old) + "&with=" + strconv.Itoa(new)
}

// difference answers with version n beside the version that ?with= names; whichever
// order they are asked in, the older comes first.
func (s *Server) difference(r *request, vs []store.Version, n, with string) (answer, error) {
	find := func(number string) (store.Version, error) {
		for _, v := range vs {
			if strconv.Itoa(v.Number) == number {
				return v, nil
			}
		}
		return store.Version{}, fmt.Errorf("version %q of article %q: %w", number, vs[0].ID, store.ErrNotFound)
	}
	if n == "" {
		n = strconv.Itoa(vs[len(vs)-1].Number)
	}
	a, err := find(n)
	if err != nil {
		return answer{}, err
	}
	b, err := find(with)
	if err != nil {
		return answer{}, err
	}
	if a.Number > b.Number {
		a, b = b, a
	}
	p := &differencePage{Title: quoted(b.Title, b.Lang), Article: articleLink(b.ID), Data: "/api/difference?" + url.Values{"id": {b.ID}, "version": {strconv.Itoa(a.Number)}, "with": {strconv.Itoa(b.Number)}}.Encode(), Versions: vs, Same: true}
	p.Sides = [2]versionSide{{Version: a, Link: numberLink(a.ID, a.Number)}, {Version: b, Link: numberLink(b.ID, b.Number)}}
	data := differenceData{b.ID, a.Number, b.Number, map[string][]partData{}}
	for _, f := range []struct {
		name     string
		old, new string
		into     [2]*changedText
	}{
		{"title", a.Title, b.Title, [2]*changedText{&p.Sides[0].Title, &p.Sides[1].Title}},
		{"byline", a.Byline, b.Byline, [2]*changedText{&p.Sides[0].Byline, &p.Sides[1].Byline}},
		{"text", a.Text, b.Text, [2]*changedText{&p.Sides[0].Body, &p.Sides[1].Body}},
	} {
		parts := revision.Compare(f.old, f.new)
		for i, v := range []store.Version{a, b} {
			*f.into[i] = ofVersion(parts, [2]revision.Kind{revision.Gone, revision.New}[i], v.Lang)
		}
		if f.old != f.new {
			p.Same, p.Fields = false, append(p.Fields, f.name)
			for _, x := range parts {
				data.Fields[f.name] = append(data.Fields[f.name], partData{[]string{"same", "gone", "new"}[x.Kind], x.Text})
			}
		}
	}
	return answer{template: "difference", title: say(r.Lang, "difference.title") + " · " + p.Title.Text, data: p, json: data}, nil
}

// differs answers with a difference where the article's id is a parameter.
func (s *Server) differs(r *request) (answer, error) {
	vs, err := s.Store.Versions(r, r.values.Get("id"))
	if err != nil {
		return answer{}, err
	}
	return s.difference(r, vs, r.text("version"), r.text("with"))
}

// ofVersion takes from a comparison what one version has; own are the parts that it
// has alone.
func ofVersion(parts []revision.Part, own revision.Kind, lang isnad.Lang) (t changedText) {
	text := ""
	for _, x := range parts {
		if x.Kind == revision.Same || x.Kind == own {
			t.Pieces = append(t.Pieces, piece{x.Text, x.Kind == own})
			text += x.Text
		}
	}
	t.Lang, t.Dir = written(text, lang)
	return t
}
