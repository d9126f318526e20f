package coder

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"

	"isnad/internal/annotate"
	"isnad/lexicon"
)

// What is trained twice from the same articles has the same bytes, and reads.
func TestTrainingIsRepeatable(t *testing.T) {
	dir := t.TempDir()
	articles, gold := filepath.Join(dir, "a.articles.jsonl"), filepath.Join(dir, "a.gold.jsonl")
	text := "اتهمت باريس طهران بتزويد دمشق بالأسلحة. ونفت طهران ذلك. وقصفت طائرات سورية بلدة قرب الحدود."
	write := func(path, s string) {
		if err := os.WriteFile(path, []byte(s), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var as, gs bytes.Buffer
	for _, id := range []string{"a", "b", "c", "d", "e", "f"} {
		as.WriteString(`{"id":"` + id + `","lang":"ar","text":"` + text + `","sentences":[{"i":0,"start":0,"end":38},{"i":1,"start":39,"end":54},{"i":2,"start":55,"end":91}]}` + "\n")
		gs.WriteString(`{"id":"` + id + `","i":0,"claims":[{"type":"ACCUSE","actor":["FRA"],"recipient":["IRN"],"speaker":[],"stance":"narrates","factuality":"actual","trigger":"اتهمت"},` +
			`{"type":"AID","actor":["IRN"],"recipient":["SYR"],"speaker":["FRA"],"stance":"alleges","factuality":"actual","trigger":"تزويد"}]}` + "\n" +
			`{"id":"` + id + `","i":1,"claims":[]}` + "\n" +
			`{"id":"` + id + `","i":2,"claims":[{"type":"ASSAULT","actor":["SYR"],"recipient":[],"speaker":[],"stance":"narrates","factuality":"actual","trigger":"وقصفت"}]}` + "\n")
	}
	write(articles, as.String())
	write(gold, gs.String())
	examples, err := LoadGold(articles, gold)
	if err != nil {
		t.Fatal(err)
	}
	lex, err := lexicon.Load("")
	if err != nil {
		t.Fatal(err)
	}
	ann, err := annotate.NewActors(lex)
	if err != nil {
		t.Fatal(err)
	}
	base := Prepare(lex, ann, examples)
	c, first := base.Train(examples, io.Discard)
	_, again := base.Train(examples, io.Discard)
	for name := range first {
		if !bytes.Equal(first[name], again[name]) {
			t.Errorf("model %s differs from one training to the next", name)
		}
	}
	tally := c.Evaluate(examples, ann, 0, io.Discard)
	if tally.Gold["ar"] != 18 || tally.Claim["ar"] == 0 {
		t.Errorf("of 18 claims learned by heart %d were read, %d gold", tally.Claim["ar"], tally.Gold["ar"])
	}
	c.Parts(examples, tally, nil)
	if line := Calibrate(tally); len(line) == 0 {
		t.Error("no calibration line")
	}
}
