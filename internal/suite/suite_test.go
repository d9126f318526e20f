package suite

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"isnad"
	"isnad/lexicon"
	"isnad/testdata"
)

// plain reads "RUS hits UKR" as ASSAULT, "RUS gives UKR" as AID, "will give" as
// planned AID, and "denies" after it as a denial by the recipient.
func plain(a isnad.Article) (out []isnad.Claim) {
	at := 0
	for line := range strings.Lines(a.Text) {
		w := strings.Fields(line)
		n := len([]rune(line))
		if len(w) >= 3 {
			c := isnad.Claim{Kind: isnad.KindEvent, Article: a.ID, Field: "text", Type: "ASSAULT", Stance: isnad.Narrates, Factuality: isnad.Actual,
				Actor: []isnad.Actor{{Code: isnad.Code(w[0]), Name: w[0]}}, Recipient: []isnad.Actor{{Code: isnad.Code(w[2]), Name: w[2]}},
				Trigger: isnad.Trigger{Span: isnad.Span{Start: at, End: at + n}, Text: w[1]}}
			switch w[1] {
			case "gives":
				c.Type = "AID"
			case "pledges":
				c.Type, c.Factuality = "AID", isnad.Planned
			}
			if len(w) > 3 && w[3] == "denies" {
				c.Stance, c.Speaker = isnad.Denies, c.Recipient
			}
			out = append(out, c)
		}
		at += n
	}
	return out
}

// ran runs the suite over files and returns its tables by name.
func ran(t *testing.T, files map[string]string) map[string]Table {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	lex, err := lexicon.Load("")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]Table{}
	if err := Run(context.Background(), Options{Gold: dir, Read: plain, Lexicon: lex}, func(tab Table) error { out[tab.Name] = tab; return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

// wants lets a table be compared with its lines, spaces aside.
func wants(t *testing.T, got Table, lines ...string) {
	t.Helper()
	have := map[string]bool{}
	for line := range strings.Lines(got.Body()) {
		have[strings.Join(strings.Fields(line), " ")] = true
	}
	for _, l := range lines {
		if !have[l] {
			t.Errorf("%s has no line %q:\n%s", got.Name, l, got.Body())
		}
	}
}

func TestSuiteOfSmallSets(t *testing.T) {
	got := ran(t, map[string]string{
		"denials.articles.jsonl": `{"id":"d","lang":"en","text":"RUS hits UKR denies\nRUS gives UKR denies\n","sentences":[{"i":0,"start":0,"end":20},{"i":1,"start":20,"end":41}]}`,
		"denials.gold.jsonl": `{"id":"d","i":0,"claims":[{"type":"ASSAULT","actor":["RUS"],"recipient":["UKR"],"speaker":["UKR"],"stance":"denies","factuality":"actual","trigger":"hits"}]}
{"id":"d","i":1,"claims":[{"type":"AID","actor":["RUS"],"recipient":["UKR"],"speaker":[],"stance":"narrates","factuality":"actual","trigger":"gives"}]}`,
		"external/arabic_gsr.jsonl": `{"id":"a_20060102_1","text":"RUS hits UKR","event_type":"ASSAULT","label":"yes","accept":2,"reject":1,"total":3}
{"id":"b","text":"RUS hits UKR","event_type":"ASSAULT","label":"easy no","accept":1,"reject":1,"total":2}
{"id":"c","text":"quiet","event_type":"PROTEST","label":"yes","accept":1,"reject":0,"total":1}`,
		"external/arabic_gsr_spans.jsonl": `{"id":"s","text":"RUS وهاجم UKR","event_type":"ASSAULT","verb_gold":"هاجم","source_gold":"XXX","target_gold":"","xml":{"date":"20070101"},"events":[{"actor":[{"code":"RUS"}],"recipient":[{"code":"KUR"}]}]}`,
		"external/plover_gsr_en.jsonl": `{"id":"p1","text":"RUS pledges UKR","events":[{"type":"AGREE","actor":[{"code":"RUS"}],"recipient":[{"code":"UKR"}]}]}
{"id":"p2","text":"NATO gives JPN","events":[{"type":"AID","actor":[{"code":"IGO"}],"recipient":[{"code":"JAP"}]}]}
{"id":"p3","text":"RUS gives UKR","events":[{"type":"AID","actor":[{"code":"USA"}],"recipient":[]}]}`,
		"external/petrarch2_validation_en.jsonl": `{"id":"v1","text":"RUS gives UKR","date":"20080804","events":[{"type":"AID","actor":"RUSGOV","recipient":"---"},{"type":"","actor":"RUS","recipient":"UKR"}]}
{"id":"v2","text":"RUS gives UKR","date":"20080804","events":[],"no_events":true}
{"id":"v3","text":"RUS gives UKR","events":[],"error":"x"}`,
	})
	wants(t, got["denials denies"], "both languages P 0.500 R 1.000 F1 0.667 gold 1 sentences without 1 given one 1 share 1.000", "ar P 0.000 R 0.000 F1 0.000 gold 0 sentences without 0 given one 0 share 0.000")
	wants(t, got["denials en"], "denies P 0.500 R 1.000 F1 0.667 gold 1", "type P 1.000 R 1.000 F1 1.000", "claim P 0.500 R 0.500 F1 0.500")
	wants(t, got["external arabic_gsr"], "ASSAULT P 0.500 R 1.000 F1 0.667 rows 2 accepted 1 found 2", "PROTEST P 0.000 R 0.000 F1 0.000 rows 1 accepted 1 found 0",
		"ASSAULT found of yes 1.000 ambiguous 0.000 difficult no 0.000 easy no 1.000")
	wants(t, got["external arabic_gsr_spans"], "trigger right 1.000 of found 1.000 rows 1", "actor words right 0.000 of found 0.000 rows 1",
		"actor state right 1.000 of found 1.000 rows 1", "recipient state right 0.000 of found 0.000 rows 0") // KUR is no code of ours
	wants(t, got["external plover_gsr_en"], "all type 1.000 by guide 0.667 both countries 0.667 rows 3 claims a row 1.000")
	wants(t, got["external petrarch2_validation_en"], "events type 1.000 by guide 1.000 both countries 1.000 rows 1 claims a row 1.000", "no event with claims 1.000 rows 1")
	for _, name := range []string{"dev", "external petrarch_unit_en", "quiet"} {
		if got[name].Skipped == "" {
			t.Errorf("%s is missing and not skipped", name)
		}
	}
	if got["values"].Rows == nil || got["actors"].Rows == nil || got["stability ar"].Rows == nil {
		t.Error("what comes with the program is not measured")
	}
}

func TestNoFolder(t *testing.T) {
	lex, _ := lexicon.Load("")
	err := Run(context.Background(), Options{Gold: "nowhere", Lexicon: lex}, nil)
	if err == nil || !strings.Contains(err.Error(), "name a folder with dev.gold.jsonl") {
		t.Error(err)
	}
}

func TestTableJSON(t *testing.T) {
	var b strings.Builder
	table := Table{Name: "x", Rows: []Row{{"a \"b\"", []Figure{share("P", 2, 3), count("rows", 7)}}}}
	skipped := Table{Name: "y", Skipped: "z.jsonl is not in the folder"}
	if err := table.WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	if err := skipped.WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	want := `{"table":"x","row":"a \"b\"","P":0.667,"rows":7}` + "\n" + `{"table":"y","skipped":"z.jsonl is not in the folder"}` + "\n"
	if b.String() != want {
		t.Errorf("%s\nwant\n%s", b.String(), want)
	}
}

// The table of actors holds what the measure relies on: enough rows, answers of
// known codes, and no sentence of anybody.
func TestActorsTable(t *testing.T) {
	lex, err := lexicon.Load("")
	if err != nil {
		t.Fatal(err)
	}
	list, pools, err := phrases(testdata.Actors)
	if err != nil {
		t.Fatal(err)
	}
	if len(list) < 400 || len(pools) != 4 {
		t.Errorf("%d rows of %d strata; want 400 of 4", len(list), len(pools))
	}
	s := &suite{Options: Options{Lexicon: lex}}
	seen := map[string]bool{}
	for _, p := range list {
		if seen[p.id] {
			t.Errorf("%s stands twice", p.id)
		}
		seen[p.id] = true
		if n := len(strings.Fields(p.text)); n > 12 {
			t.Errorf("%s has %d words; a phrase is at most 12", p.id, n)
		}
		for _, answer := range p.codes {
			for _, c := range answer {
				if len(s.known(nil, c)) == 0 {
					t.Errorf("%s: %q is no code", p.id, c)
				}
			}
		}
	}
}

func TestPhrasesErrors(t *testing.T) {
	for table, say := range map[string]string{
		"x-1\ten\to\t2024\tMoscow\tRUS\n":          "actors.tsv:1: no pool",
		"# pool\tx\tmany\n":                        "actors.tsv:1",
		"# pool\tx\t9\nx-1\ten\to\t2024\tMoscow\n": "actors.tsv:2: 5 cells",
	} {
		if _, _, err := phrases(table); err == nil || !strings.Contains(err.Error(), say) {
			t.Errorf("%q: %v", table, err)
		}
	}
}

// Only listed articles are read, each once, and each of their claims counts.
func TestQuiet(t *testing.T) {
	data := t.TempDir()
	if err := os.Mkdir(filepath.Join(data, archives), 0o755); err != nil {
		t.Fatal(err)
	}
	var ids, subjects []string
	for line := range strings.Lines(testdata.Quiet) {
		if c := strings.Fields(line); len(c) == 2 && c[0] != "id" && !strings.HasPrefix(line, "#") {
			ids, subjects = append(ids, c[0]), append(subjects, c[1])
		}
	}
	if len(ids) != 200 {
		t.Fatalf("%d quiet articles; want 200", len(ids))
	}
	s := &suite{Options: Options{Data: data, Read: plain, Walk: func(_ context.Context, path string, article func(isnad.Article) error) error {
		for _, a := range []isnad.Article{{ID: ids[0], Text: "RUS hits UKR\nRUS gives UKR\n"}, {ID: ids[0], Text: "RUS hits UKR\n"}, {ID: "another", Text: "RUS hits UKR\n"}} {
			if err := article(a); err != nil {
				return err
			}
		}
		return nil
	}}}
	got, err := s.quiet(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	wants(t, got[0], "all articles 1 with claims 1 claims 2 claims in ten articles 20.000", subjects[0]+" articles 1 with claims 1 claims 2 claims in ten articles 20.000")
}
