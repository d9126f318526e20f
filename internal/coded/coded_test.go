package coded

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"isnad"
	"isnad/lexicon"
)

var article = isnad.Article{ID: "a1", URL: "https://example.org/1", Outlet: "example", Published: "2024-11-19", Lang: isnad.Arabic,
	Title: "بيونغ يانغ ترسل جنودا", Text: "اجتمع الوزراء أمس. وقالت كييف إن كوريا الشمالية أرسلت 1500 جندي إلى فلاديفوستوك في أكتوبر."}

func read(t *testing.T, line string) ([]isnad.Claim, error) {
	t.Helper()
	lex, err := lexicon.Load("")
	if err != nil {
		t.Fatal(err)
	}
	r, err := New(lex)
	if err != nil {
		t.Fatal(err)
	}
	cs, _, err := r.Claims([]byte(line), "coder", func(name string) (isnad.Article, error) {
		if name == article.ID || name == article.URL {
			return article, nil
		}
		return isnad.Article{}, fmt.Errorf("article %q: not found", name)
	})
	return cs, err
}

func TestShortForm(t *testing.T) {
	cs, err := read(t, `{"article":"https://example.org/1","type":"AID","actor":["PRK"],"recipient":["RUS"],"speaker":["UKR"],"stance":"states","factuality":"actual","trigger":"أرسلت"}`)
	if err != nil || len(cs) != 1 {
		t.Fatal(cs, err)
	}
	c := cs[0]
	text := []rune(article.Text)
	if got := string(text[c.Trigger.Start:c.Trigger.End]); got != "أرسلت" || c.Field != "text" {
		t.Errorf("trigger «%s» in %s", got, c.Field)
	}
	if got := string(text[c.Sentence.Start:c.Sentence.End]); !strings.HasPrefix(got, "وقالت") || !strings.HasSuffix(got, "أكتوبر.") {
		t.Errorf("sentence «%s»", got)
	}
	if len(c.Quantities) != 1 || c.Quantities[0].Low != 1500 || c.Quantities[0].Kind != "troops" {
		t.Errorf("quantities %+v", c.Quantities)
	}
	if len(c.Places) != 1 || c.When.From != "2024-10-01" || c.Reader != "coder" || c.Article != "a1" {
		t.Errorf("places %+v, when %+v, reader %q, article %q", c.Places, c.When, c.Reader, c.Article)
	}
	// A claim as isnad prints it comes in as it went out.
	line, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	again, err := read(t, string(line))
	if err != nil || len(again) != 1 {
		t.Fatal(again, err)
	}
	if out, _ := json.Marshal(again[0]); string(out) != string(line) {
		t.Errorf("changed on the way:\n%s\n%s", line, out)
	}
}

func TestGoldRow(t *testing.T) {
	cs, err := read(t, `{"id":"a1","i":1,"claims":[{"type":"AID","actor":["PRK"],"recipient":["RUS"],"speaker":[],"stance":"narrates","factuality":"actual","trigger":"أرسلت"},{"type":"CONSULT","actor":[],"recipient":[],"speaker":[],"stance":"narrates","factuality":"actual","trigger":"اجتمع"}]}`)
	if err != nil || len(cs) != 2 || cs[0].ID == cs[1].ID {
		t.Error(cs, err)
	}
	if cs, err := read(t, `{"article":"a1","type":"AID","actor":["PRK"],"recipient":[],"trigger":"ترسل"}`); err != nil || cs[0].Field != "title" {
		t.Error("a trigger of the title:", cs, err)
	}
}

func TestRefusals(t *testing.T) {
	for line, want := range map[string]string{
		`{"article":"a2","type":"AID","trigger":"x"}`:                                                               `article "a2": not found; ingest the article first`,
		`{"type":"AID","trigger":"x"}`:                                                                              "it names no article",
		`{"article":"a1","type":"WAR","trigger":"أرسلت"}`:                                                           `type "WAR" is none of the codebook's`,
		`{"article":"a1","type":"AID","actor":["Russia"],"trigger":"أرسلت"}`:                                        `actor "Russia" is no code`,
		`{"article":"a1","type":"AID","trigger":"ارسلت"}`:                                                           "trigger «ارسلت» does not stand in the article",
		`{"article":"a1","type":"AID","trigger":{"start":0,"end":5,"text":"أرسلت"}}`:                                "trigger is given as «أرسلت», and 0–5 of the text is «اجتمع»",
		`{"article":"a1","type":"AID","trigger":{"start":3,"end":900}}`:                                             "trigger goes from 3 to 900 in a text of",
		`{"article":"a1","type":"AID","speaker":["UKR"],"stance":"narrates","trigger":"أرسلت"}`:                     "stance narrates has speaker UKR",
		`{"article":"a1","type":"AID","stance":"says","trigger":"أرسلت"}`:                                           `stance "says" is none`,
		`{"article":"a1","type":"AID","stance":"states","speaker":["UKR"],"denies":"event","trigger":"أرسلت"}`:      `denies "event" beside stance states`,
		`{"article":"a1","type":"AID","actor":[{"code":"PRK","name":"كوريا","start":0,"end":5}],"trigger":"أرسلت"}`: "party PRK is given as «كوريا»",
		`not json`: "no claim",
	} {
		if cs, err := read(t, line); !errors.Is(err, ErrRefused) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, %v; want %s", line, cs, err, want)
		}
	}
}

func FuzzClaims(f *testing.F) {
	lex, err := lexicon.Load("")
	if err != nil {
		f.Fatal(err)
	}
	r, err := New(lex)
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(`{"article":"a1","type":"AID","trigger":{"start":-1,"end":9}}`))
	f.Add([]byte(`{"id":"a1","i":-1,"claims":[{"type":"AID","trigger":"أ"}]}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		cs, _, err := r.Claims(line, "coder", func(string) (isnad.Article, error) { return article, nil })
		for _, c := range cs {
			if err == nil && (c.Trigger.Start < 0 || c.Trigger.End > len([]rune(article.Text))) {
				t.Errorf("claim outside its text: %+v", c)
			}
		}
	})
}
