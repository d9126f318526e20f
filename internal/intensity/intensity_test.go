package intensity_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"isnad"
	"isnad/internal/escalation"
	"isnad/internal/intensity"
	"isnad/lexicon"
)

// The ladder goes up, every type has a weight, and the words of a rung are found
// in any spelling.
func TestTables(t *testing.T) {
	lex, err := lexicon.Load("")
	if err != nil {
		t.Fatal(err)
	}
	m, err := intensity.Load(lex)
	if err != nil {
		t.Fatal(err)
	}
	rungs := m.Rungs()
	if rungs[0].ID != "alliance" || rungs[len(rungs)-1].ID != "nuclear_use" {
		t.Errorf("the ladder goes from %s to %s", rungs[0].ID, rungs[len(rungs)-1].ID)
	}
	test := escalation.Happening{Event: "e", Type: "MOBILIZE", Day: 20000, Status: isnad.Confirmed, Factuality: isnad.Actual, Contexts: []string{"cbrn"},
		Actor: []isnad.Code{"PRK"}, Recipient: []isnad.Code{"KOR"}, Words: []string{"إختبرت"}}
	scope := escalation.Scope{From: "PRK", To: "KOR"}
	if st := m.Standing(scope, []escalation.Happening{test}, 20000); st == nil || st.Rung != "nuclear_test" {
		t.Errorf("a nuclear test stands on %+v", st)
	}
	test.Status = isnad.Reported
	if st := m.Standing(scope, []escalation.Happening{test}, 20000); st != nil {
		t.Errorf("what is only reported stands on %+v", st)
	}
	test.Status, test.Contexts = isnad.Confirmed, nil
	if st := m.Standing(scope, []escalation.Happening{test}, 20000); st == nil || st.Rung != "mobilisation" {
		t.Errorf("a test that is not nuclear stands on %+v", st)
	}
}

// A changed weight is another method; a cell that is no number is named.
func TestOverlay(t *testing.T) {
	load := func(file, row string) (*escalation.Method, error) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, file), []byte(row), 0o644); err != nil {
			t.Fatal(err)
		}
		lex, err := lexicon.Load(dir)
		if err != nil {
			return nil, err
		}
		return intensity.Load(lex)
	}
	base, err := load("escalation.tsv", "id\tvalue\tunit\treason\tref\nmemory\t30\tdays\tas it is\tisnad\n")
	if err != nil {
		t.Fatal(err)
	}
	changed, err := load("escalation.tsv", "id\tvalue\tunit\treason\tref\nmemory\t60\tdays\tlonger\tisnad\n")
	if err != nil {
		t.Fatal(err)
	}
	if base.Name() == changed.Name() {
		t.Errorf("both methods are called %s", base.Name())
	}
	if _, err := load("escalation.tsv", "id\tvalue\tunit\treason\tref\nsurprise\t1\tx\ty\tisnad\n"); err == nil || !strings.Contains(err.Error(), "surprise") {
		t.Errorf("a constant too many: %v", err)
	}
	if _, err := load("intensity.tsv", "id\ttype\tmode\tcontext\twords\tline\tweight\treason\tref\nAID\tAID\t\t\t\tcooperation\t1.2345678\tx\tisnad\n"); err == nil || !strings.Contains(err.Error(), "at most six decimals") {
		t.Errorf("a weight too fine: %v", err)
	}
}
