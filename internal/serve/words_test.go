package serve

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"isnad"
	"isnad/internal/store"
	"isnad/lexicon"
)

// TestWords wants words in every language for every key that is used, and a use
// for every key.
func TestWords(t *testing.T) {
	used := map[string]bool{}
	paths, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		b, err := fs.ReadFile(templateFiles, path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`\.T "([a-z.]*[a-z])"`).FindAllStringSubmatch(string(b), -1) {
			used[m[1]] = true
		}
	}
	for key := range used {
		if words()[key] == nil {
			t.Errorf("no words for %q", key)
		}
	}
	// Keys made from values.
	var values []string
	for prefix, names := range map[string][]string{"type": strs(isnad.Types), "stance": strs(isnad.Stances), "factuality": strs(isnad.Factualities), "family": strs(families), "set": themes,
		"denies": {"event", "actor", "quantity", "purpose"}, "filter": append([]string{"party"}, searchFilters...), "stage": transferStages, "step": {"proposed", "agreed", "replaced"}, "kind": {"event", "assessment"}, "error": {"403", "404", "500", "title.400", "title.403", "title.404", "title.500"},
		"verdict": strs(store.Verdicts), "rule": strs(store.Rules), "problem": {"reason", "code", "speaker", "same", "assessment", "value"},
		"facet": store.FacetNames, "feed": feedStates, "told": {"does", "says", "denies", "accused", "alleged", "denied", "ahead"}, "field": {"title", "byline", "text"}, "taken": {"words", "credits"}, "suggest": {"without", "unquoted", "only"}, "status": strs(isnad.Statuses), "why": strs(isnad.Statuses), "side": {"asserts", "denies"}, "noside": {"asserts", "denies"}, "tour": tourWords(), "tree": {"words", "nobody", "own", "credits"},
		"what": {"actor", "place", "date"}, "count": {"events", "newevents", "states", "lines", "articles", "outlets", "origins", "claims", "sentences", "steps", "obligations"}, "one": {"events", "newevents", "states", "lines", "articles", "outlets", "origins", "claims", "sentences", "steps", "obligations"},
		"link":      {"supports", "repeats", "denies", "corrects", "retracts", "refines", "responds to"},
		"precision": {"site", "city", "near", "region", "part", "sea", "state"},
		"move":      {"in", "out", "west", "east", "north", "south", "world", "fit", "earlier", "later", "whole"},
		"line":      {"acts", "words", "cooperation", "disputed"},
		"approx":    {"exact", "about", "min", "max", "range", "band"}} {
		for _, n := range names {
			values = append(values, prefix+"."+n)
		}
	}
	for _, key := range values {
		used[key] = true
		if words()[key] == nil {
			t.Errorf("no words for %q", key)
		}
	}
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range sources {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`say\([A-Za-z.]+, "([a-z.]*[a-z])"\)`).FindAllStringSubmatch(string(b), -1) {
			if used[m[1]] = true; words()[m[1]] == nil {
				t.Errorf("%s: no words for %q", path, m[1])
			}
		}
	}
	for key, w := range words() {
		if prefix, _, _ := strings.Cut(key, "."); !used[key] && !slices.Contains([]string{"role", "month", "at", "counted", "context", "step", "pact", "duty", "if", "sent", "treaty"}, prefix) {
			t.Errorf("nothing uses the words of %q", key)
		}
		for _, lang := range interfaceLangs {
			if strings.TrimSpace(w[lang]) == "" {
				t.Errorf("%q has no words in %s", key, lang)
			}
		}
		if key != "article.json" && !strings.ContainsFunc(w[isnad.Arabic], func(r rune) bool { return unicode.Is(unicode.Arabic, r) }) {
			t.Errorf("%q is not in Arabic: %q", key, w[isnad.Arabic])
		}
	}
}

// tourWords are the keys of the tour's stops.
func tourWords() (out []string) {
	for _, s := range tour {
		out = append(out, s.Name, s.Name+".see", s.Name+".wrong")
	}
	return out
}

// Steps, kinds, duties, conditions and things that the lexicon tells have words.
func TestWordsOfRecords(t *testing.T) {
	lex, err := lexicon.Load("")
	if err != nil {
		t.Fatal(err)
	}
	prefix := map[string]string{"step": "step", "kind": "pact", "duty": "duty", "condition": "if", "what": "sent", "stage": "stage", "name": "treaty"}
	for _, row := range lex.Table("pact_words").Rows {
		if p, ok := prefix[row.Get("group")]; ok && words()[p+"."+row.Get("value")] == nil {
			t.Errorf("%s: no words for %s.%s in words_ledger.tsv", row.Place(), p, row.Get("value"))
		}
	}
}

// What the lexicon counts and where it places things has words.
func TestWordsOfTheLexicon(t *testing.T) {
	lex, err := lexicon.Load("")
	if err != nil {
		t.Fatal(err)
	}
	for table, column := range map[string][2]string{"units": {"kind", "counted"}, "contexts": {"context", "context"}} {
		for _, row := range lex.Table(table).Rows {
			if v := row.Get(column[0]); v != "" && words()[column[1]+"."+v] == nil {
				t.Errorf("%s: no words for %s.%s in words.tsv", row.Place(), column[1], v)
			}
		}
	}
}

func TestDates(t *testing.T) {
	for iso, want := range map[string]string{
		"2024-11-19T14:31:00+02:00": "19 November 2024 / 19 نوفمبر 2024", "2024-11-05": "5 November 2024 / 5 نوفمبر 2024", "2024-11": "November 2024 / نوفمبر 2024",
		"2024": "2024 / 2024", "": " / ", "2024-99-01": "2024-99-01 / 2024-99-01", "a-b-c-d": "a-b-c-d / a-b-c-d",
	} {
		if got := date("en", iso) + " / " + date("ar", iso); got != want {
			t.Errorf("%q: %q; want %q", iso, got, want)
		}
	}
}

func TestNumbers(t *testing.T) {
	n := namer{lang: "en"}
	for want, q := range map[string]isnad.Quantity{
		"1,500": {Low: 1500, High: 1500, Approx: "exact"}, "at least 10,000": {Low: 10000, Approx: "min"}, "at most 5": {Low: 0, High: 5, Approx: "max"},
		"from 10–12": {Low: 10, High: 12, Approx: "range"}, "about 4,800,000": {Low: 4.8e6, High: 4.8e6, Approx: "about"}, "2.5": {Low: 2.5, High: 2.5},
	} {
		if got := n.amount(q); got != want {
			t.Errorf("%q; want %q", got, want)
		}
	}
}
