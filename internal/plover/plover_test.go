package plover

import (
	"os"
	"path/filepath"
	"testing"

	"isnad"
	"isnad/lexicon"
)

// A row laid over the table is asked before the plain rows of its type.
func TestOverlay(t *testing.T) {
	dir := t.TempDir()
	row := "id\ttype\twords\tplover\tnote\tref\nsummon\tACCUSE\tsummoned\tREJECT\ttry\tisnad\n"
	if err := os.WriteFile(filepath.Join(dir, "plover_map.tsv"), []byte(row), 0o644); err != nil {
		t.Fatal(err)
	}
	lex, err := lexicon.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got := New(lex).Type(isnad.Claim{Type: "ACCUSE", Factuality: isnad.Actual, Trigger: isnad.Trigger{Text: "summoned"}}); got != "REJECT" {
		t.Errorf("%q", got)
	}
}

func TestMap(t *testing.T) {
	lex, err := lexicon.Load("")
	if err != nil {
		t.Fatal(err)
	}
	m := New(lex)
	for _, c := range []struct {
		typ             isnad.Type
		factuality      isnad.Factuality
		trigger         string
		manual, records isnad.Type
	}{
		{"AGREE", "actual", "signed", "SUPPORT", "SUPPORT"},
		{"AGREE", "actual", "وقعت", "SUPPORT", "SUPPORT"},
		{"AGREE", "actual", "ووقعت", "SUPPORT", "SUPPORT"}, // and signed
		{"AGREE", "planned", "sign", "AGREE", "AGREE"},     // a promise to sign is one
		{"AGREE", "actual", "assigned", "AGREE", "AGREE"},
		{"AID", "planned", "will give", "AGREE", "AGREE"},
		{"AID", "actual", "gave", "AID", "AID"},
		{"CONSULT", "planned", "لقاء", "AGREE", "AGREE"},
		{"RETREAT", "planned", "withdraw", "CONCEDE", "AGREE"},
		{"ASSAULT", "conditional", "attack", "THREATEN", "THREATEN"},
		{"AGREE", "conditional", "agree", "", ""},
		{"ASSAULT", "negated", "attack", "", ""},
		{"CONSULT", "possible", "meet", "", ""},
	} {
		claim := isnad.Claim{Type: c.typ, Factuality: c.factuality, Trigger: isnad.Trigger{Text: c.trigger}}
		if got, records := m.Type(claim), m.RecordType(claim); got != c.manual || records != c.records {
			t.Errorf("%s %s «%s» is %q, in the records %q; want %q, %q", c.typ, c.factuality, c.trigger, got, records, c.manual, c.records)
		}
	}
	for _, typ := range isnad.Types { // a claim of what happened is never lost
		if got := m.Type(isnad.Claim{Type: typ, Factuality: isnad.Actual}); got != typ {
			t.Errorf("%s without a word is %q", typ, got)
		}
	}
	if m.Code("NATO") != "IGO" || m.Code("RUS") != "RUS" || m.RecordCode("JAP") != "JPN" || m.RecordCode("NATO") != "NATO" {
		t.Error("codes are mapped otherwise than plover_codes.tsv says")
	}
}
