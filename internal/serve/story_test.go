package serve

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"isnad"
	"isnad/internal/orth"
	"isnad/internal/store"
	"isnad/internal/store/sqlite"
	"isnad/lexicon"
)

const reader = "isnad-test+000000000000"

// on makes claims on a text: words are given and their places are found.
type on struct {
	article isnad.Article
	field   string
}

func (o on) span(words string) isnad.Span {
	text := o.article.Text
	if o.field == "title" {
		text = o.article.Title
	}
	i := strings.Index(text, words)
	if words == "" || i < 0 {
		return isnad.Span{}
	}
	start := len([]rune(text[:i]))
	return isnad.Span{Start: start, End: start + len([]rune(words))}
}

// party reads "RUS GOV موسكو".
func (o on) party(s string) []isnad.Actor {
	if s == "" {
		return nil
	}
	p := strings.SplitN(s, " ", 3)
	return []isnad.Actor{{Code: isnad.Code(p[0]), Role: isnad.Role(p[1]), Name: p[2], Span: o.span(p[2])}}
}

type told struct {
	typ, trigger, sentence, actor, recipient, speaker, cue string
	stance                                                 isnad.Stance
	factuality                                             isnad.Factuality
}

func (o on) claim(c told) isnad.Claim {
	out := isnad.Claim{Kind: isnad.KindEvent, Article: o.article.ID, Outlet: o.article.Outlet, Published: o.article.Published, Field: o.field,
		Sentence: o.span(c.sentence), Type: isnad.Type(c.typ), Actor: o.party(c.actor), Recipient: o.party(c.recipient), Speaker: o.party(c.speaker),
		Stance: c.stance, Factuality: c.factuality, Trigger: isnad.Trigger{Span: o.span(c.trigger), Text: c.trigger}, Confidence: 0.72, Reader: reader,
		Rules: []string{"states:RUS", "rule:predicate", "states:none"}}
	if c.typ == "" {
		out.Kind = isnad.KindAssessment
	}
	if c.stance == isnad.Denies {
		out.Denies = isnad.DeniesEvent
	}
	if c.speaker != "" {
		out.Chain = []isnad.Voice{{Speaker: out.Speaker, Stance: c.stance, Cue: o.span(c.cue)}}
	}
	sum := sha256.Sum256(fmt.Append(nil, o, c))
	out.ID = hex.EncodeToString(sum[:6])
	return out
}

func reading(a isnad.Article, claims ...told) store.Reading {
	r := store.Reading{Article: a, Reader: reader, Sentences: 3}
	for _, c := range claims {
		o := on{a, "text"}
		if strings.Contains(a.Title, c.sentence) && !strings.Contains(a.Text, c.sentence) {
			o.field = "title"
		}
		r.Claims = append(r.Claims, o.claim(c))
	}
	return r
}

// hostile is text that would do harm if a page took it for more than text.
const hostile = `<script>document.title="owned"</script><img src=x onerror="document.title='owned'"> "' --> {{.}} ${1}` + "\u202e"

// story is a small store: two languages, two versions of one article, claims
// that overlap, and an article that means harm in every field.
func story() []store.Reading {
	ar := isnad.Article{ID: "ar-1", URL: "https://mirsat.example/2024/1", Outlet: "وكالة مرساة", Title: "موسكو تنفي تزويدها بالأسلحة", Byline: "مرساة", Published: "2024-10-18T10:00:00+03:00", Lang: "ar",
		Text: "نفت موسكو تزويد بيونغ يانغ لها بالأسلحة. وقالت سيول إن كوريا الشمالية قد ترسل 1500 جندي 👩‍🚀 إلى روسيا.\n\nوقال خبراء إن الاتفاق تهديد لأوروبا."}
	en := isnad.Article{ID: "en-1", URL: "https://northline.example/1", Outlet: "Northline Wire", Title: "Moscow denies arms deal", Published: "2024-11-02", Lang: "en",
		Text: "Moscow said on Friday it had not received shells from Pyongyang.\nKyiv said North Korean troops fired on its soldiers.\nبيان: موسكو ترفض."}
	later := en
	later.Text = strings.Replace(en.Text, "on Friday", "on Friday again", 1)
	later.Fetched, en.Fetched = "2024-11-20T00:00:00Z", "2024-11-19T00:00:00Z"
	bad := isnad.Article{ID: `../x?"><script>&#`, URL: `javascript:document.title='owned'`, Outlet: "x" + hostile, Title: "T " + hostile, Byline: hostile, Published: `2024-12"><b>`, Lang: `en" onload="x`,
		Text: "Moscow " + hostile + " sent arms."}
	empty := isnad.Article{ID: "none", Outlet: "Northline Wire", Published: "2024-11-02", Lang: "en", Text: "Nothing happened."}
	return []store.Reading{
		reading(ar,
			told{"AID", "تزويد", "نفت موسكو تزويد بيونغ يانغ لها بالأسلحة.", "PRK GOV بيونغ يانغ", "RUS GOV لها", "RUS GOV موسكو", "نفت", isnad.Denies, isnad.Actual},
			told{"COOPERATE", "تزويد", "نفت موسكو تزويد بيونغ يانغ لها بالأسلحة.", "PRK GOV بيونغ يانغ", "RUS GOV لها", "", "", isnad.Narrates, isnad.Actual},
			told{"AID", "ترسل 1500", "وقالت سيول إن كوريا الشمالية قد ترسل 1500 جندي 👩‍🚀 إلى روسيا.", "PRK GOV كوريا الشمالية", "RUS GOV روسيا", "KOR GOV سيول", "قالت", isnad.States, isnad.Possible},
			told{"MOBILIZE", "1500 جندي", "وقالت سيول إن كوريا الشمالية قد ترسل 1500 جندي 👩‍🚀 إلى روسيا.", "PRK MIL كوريا الشمالية", "", "KOR GOV سيول", "قالت", isnad.Alleges, isnad.Planned},
			told{"", "تهديد", "وقال خبراء إن الاتفاق تهديد لأوروبا.", "", "EUU GOV أوروبا", "UNK ELI خبراء", "قال", isnad.Believes, isnad.Actual},
			told{"REJECT", "تنفي", "موسكو تنفي تزويدها بالأسلحة", "RUS GOV موسكو", "", "", "", isnad.Narrates, isnad.Actual}),
		reading(en, told{"AID", "received", "Moscow said on Friday it had not received shells from Pyongyang.", "PRK GOV Pyongyang", "RUS GOV it", "RUS GOV Moscow", "said", isnad.Denies, isnad.Negated}),
		reading(later,
			told{"AID", "received", "Moscow said on Friday again it had not received shells from Pyongyang.", "PRK GOV Pyongyang", "RUS GOV it", "RUS GOV Moscow", "said", isnad.Denies, isnad.Negated},
			told{"ASSAULT", "fired on", "Kyiv said North Korean troops fired on its soldiers.", "PRK MIL North Korean troops", "UKR MIL its soldiers", "UKR GOV Kyiv", "said", isnad.States, isnad.Actual}),
		reading(bad, told{"AID", "sent arms", "Moscow " + hostile + " sent arms.", "RUS GOV Moscow", "UNK ZZZ " + hostile, "RUS GOV Moscow", hostile, isnad.States, isnad.Conditional}),
		reading(empty),
	}
}

// open makes a store of readings.
func open(t testing.TB, rs ...store.Reading) store.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "isnad.db"), sqlite.Options{Create: true, Fold: orth.Fold})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if _, err := s.Put(t.Context(), rs...); err != nil {
		t.Fatal(err)
	}
	return s
}

func server(t testing.TB, demo bool, rs ...store.Reading) *Server {
	t.Helper()
	lex, err := lexicon.Load("")
	if err != nil {
		t.Fatal(err)
	}
	kept, l := open(t, rs...), testLedger(t, lex)
	if _, err := kept.Link(t.Context(), l); err != nil {
		t.Fatal(err)
	}
	return New(Options{Store: kept, Lexicon: lex, Ledger: l, Reader: reader, Demo: demo})
}
