package annotate

import (
	"testing"

	"isnad"
	"isnad/internal/token"
	"isnad/lexicon"
)

func TestDateline(t *testing.T) {
	lex, err := lexicon.Load("")
	if err != nil {
		t.Fatal(err)
	}
	a, err := NewActors(lex)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		text  string
		first string // folded word that the report itself begins with
	}{
		{"تونس - رويترز: وصل وزير الدفاع.", "وصل"},
		{"واس - الرياض: وصل وزير الدفاع.", "وصل"},
		{"بيروت (رويترز) - وصل وزير الدفاع.", "وصل"},
		{"TUNIS (Reuters) - The minister arrived.", "the"},
		{"تونس: وصل وزير الدفاع.", "تونس"}, // a headline's speaker
		{"السبسي لرويترز: وصل وزير الدفاع.", "السبسي"},
		{"The minister told Reuters in Tunis - he said.", "the"},
	} {
		cut := token.Cut(x.text)
		men := a.Find(&isnad.Article{Text: x.text}, cut)
		toks := cut.Sentences[0].Tokens
		if got := toks[Dateline(toks, men[0])].Norm; got != x.first {
			t.Errorf("%s\nbegins with %q; want %q", x.text, got, x.first)
		}
	}
	// Where a report was written is not whom it is about.
	cut := token.Cut("تونس - رويترز: وصل وزير الدفاع إلى الجزائر.")
	for _, m := range a.Find(&isnad.Article{Text: cut.Source}, cut)[0] {
		if m.Kind == Office && m.Codes[0] != "DZA" {
			t.Errorf("the minister is of %s", m.Codes[0])
		}
	}
}
