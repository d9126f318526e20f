package engine_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"isnad"
	"isnad/internal/stability"
)

// holds is what must be true of the claims of any article.
func holds(t interface{ Errorf(string, ...any) }, a isnad.Article, claims []isnad.Claim) {
	fields := map[string][]rune{"title": []rune(a.Title), "text": []rune(a.Text)}
	ids := map[string]bool{}
	for _, c := range claims {
		field, ok := fields[c.Field]
		if !ok {
			t.Errorf("a claim in field %q", c.Field)
			continue
		}
		spans := []isnad.Span{c.Sentence, c.Trigger.Span}
		parties := slices.Concat(c.Actor, c.Recipient, c.Speaker)
		for _, v := range c.Chain {
			spans = append(spans, v.Cue)
			parties = append(parties, v.Speaker...)
		}
		for _, q := range c.Quantities {
			spans = append(spans, q.Span)
		}
		for _, p := range c.Places {
			spans = append(spans, p.Span)
		}
		for _, p := range parties {
			spans = append(spans, p.Span)
			if p.Code == "" {
				t.Errorf("%q: a party without code", a.Text)
			}
			if p.Start >= 0 && p.End <= len(field) && p.Start <= p.End && string(field[p.Start:p.End]) != p.Name {
				t.Errorf("%q: party %q stands for %q", a.Text, p.Name, string(field[p.Start:p.End]))
			}
		}
		for _, s := range spans {
			if s.Start < 0 || s.End < s.Start || s.End > len(field) {
				t.Errorf("%q: a span %v outside of its field", a.Text, s)
				return
			}
		}
		if c.Trigger.Start < c.Sentence.Start || c.Trigger.End > c.Sentence.End || string(field[c.Trigger.Start:c.Trigger.End]) != c.Trigger.Text {
			t.Errorf("%q: trigger %v in sentence %v", a.Text, c.Trigger, c.Sentence)
		}
		if (c.Stance == isnad.Narrates) != (len(c.Speaker) == 0) {
			t.Errorf("%q: stance %s with speakers %v", a.Text, c.Stance, c.Speaker)
		}
		if (c.Stance == isnad.Denies) != (c.Denies != "") {
			t.Errorf("%q: stance %s denies %q", a.Text, c.Stance, c.Denies)
		}
		if n := len(c.Chain); n > 0 && isnad.Codes(c.Chain[n-1].Speaker) != isnad.Codes(c.Speaker) {
			t.Errorf("%q: the chain ends with %s, the speaker is %s", a.Text, isnad.Codes(c.Chain[n-1].Speaker), isnad.Codes(c.Speaker))
		}
		if c.Confidence < 0 || c.Confidence > 1 || len(c.Rules) == 0 || ids[c.ID] {
			t.Errorf("%q: confidence %v, rules %v, id %s", a.Text, c.Confidence, c.Rules, c.ID)
		}
		ids[c.ID] = true
	}
}

// Articles made of the sentences of package stability, in any order and cut
// anywhere, give rows that hold together, and the same ones every time.
func TestReadHolds(t *testing.T) {
	e := theReader(t)
	var pieces, sentences []string
	for _, lang := range []isnad.Lang{isnad.Arabic, isnad.English} {
		for _, s := range stability.Sentences(lang) {
			sentences = append(sentences, s)
			pieces = append(pieces, strings.Fields(s)...)
		}
	}
	pieces = append(pieces, "\n", ".", "«", "»", "،", "وأضاف", "البلدان", "U.S.", "#غزة_الآن")
	piece := rapid.OneOf(rapid.SampledFrom(sentences), rapid.SampledFrom(pieces), rapid.SampledFrom(pieces))
	rapid.Check(t, func(t *rapid.T) {
		a := isnad.Article{ID: "r", Outlet: "r", Published: "2024-11-19",
			Title: strings.Join(rapid.SliceOfN(piece, 0, 3).Draw(t, "title"), " "),
			Text:  strings.Join(rapid.SliceOfN(piece, 0, 25).Draw(t, "text"), " ")}
		claims := e.Read(a).Claims
		holds(t, a, claims)
		again := e.Read(a).Claims
		if !slices.EqualFunc(claims, again, func(x, y isnad.Claim) bool { return x.ID == y.ID && x.String() == y.String() }) {
			t.Errorf("%q is read in two ways", a.Text)
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add("نفت موسكو تزويد بيونغ يانغ لها بالأسلحة.")
	f.Add("The Kremlin denied that North Korea had sent troops.\nHe added:")
	f.Add("«»“”\xff")
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return // extract lets none through
		}
		a := isnad.Article{ID: "f", Outlet: "f", Title: s, Text: s}
		holds(t, a, theReader(t).Read(a).Claims)
	})
}
