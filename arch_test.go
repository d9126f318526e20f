package isnad_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// arrows says which packages of this module each package may import. It is
// policy (docs/decisions/0007-stages.md): a build that breaks it is changed, not
// the table. A new package gets a row with the reason in that page.
var arrows = map[string][]string{
	"isnad":         {},
	"isnad/lexicon": {},

	// leaves
	"isnad/internal/orth":  {},
	"isnad/internal/token": {"isnad", "isnad/internal/orth"},
	"isnad/internal/learn": {},

	// what stages share below them
	"isnad/internal/morph": {"isnad", "isnad/lexicon", "isnad/internal/orth", "isnad/internal/token"},

	// stages
	"isnad/internal/extract":  stage,
	"isnad/internal/annotate": stage,
	"isnad/internal/values":   stage,
	"isnad/internal/origin":   stage,
	// mentions and values are what the coder reads; it takes their types
	"isnad/internal/coder": append(slices.Clone(stage), "isnad/internal/learn", "isnad/internal/morph", "isnad/internal/annotate", "isnad/internal/values"),

	// what comes of all claims, from values alone
	"isnad/internal/ledger":     {"isnad"},
	"isnad/internal/escalation": {"isnad"},
	"isnad/internal/intensity":  {"isnad", "isnad/lexicon", "isnad/internal/escalation", "isnad/internal/orth", "isnad/internal/store"},

	// what joins the stages
	"isnad/engine":          anything,
	"isnad/cmd/isnad":       anything,
	"isnad/cmd/isnad-train": anything,

	// what comes before and after reading
	"isnad/internal/fetch": {"isnad"},
	"isnad/internal/atlas": {"isnad"},
	// makes the atlas's table, of the areas that the lexicon has
	"isnad/internal/atlas/outline": {"isnad/lexicon"},
	"isnad/internal/demo":          {"isnad"},
	"isnad/internal/backtest":      {"isnad", "isnad/internal/escalation"},
	"isnad/internal/syndicate":     {},
	"isnad/internal/rollup":        {"isnad", "isnad/internal/store", "isnad/internal/escalation", "isnad/internal/intensity"},
	"isnad/internal/feed":          {"isnad", "isnad/internal/store"},
	"isnad/internal/eval":          {"isnad"},
	"isnad/internal/doctext":       {},
	"isnad/internal/export":        {"isnad", "isnad/lexicon", "isnad/internal/plover", "isnad/internal/token"},
	"isnad/internal/mcp":           {"isnad", "isnad/internal/store"},
	"isnad/internal/revision":      {},
	"isnad/internal/account":       {},
	"isnad/internal/review":        {"isnad", "isnad/lexicon", "isnad/internal/store"},
	"isnad/internal/plover":        {"isnad", "isnad/lexicon", "isnad/internal/orth"},
	"isnad/internal/stability":     {"isnad", "isnad/internal/orth"},
	// a run of every measure asks two stages beside the reader: who a phrase is, what a number is
	"isnad/internal/suite": {"isnad", "isnad/lexicon", "isnad/testdata", "isnad/internal/orth", "isnad/internal/token", "isnad/internal/annotate", "isnad/internal/values",
		"isnad/internal/eval", "isnad/internal/plover", "isnad/internal/stability"},
	"isnad/internal/coded":           {"isnad", "isnad/lexicon", "isnad/internal/token", "isnad/internal/values"},
	"isnad/internal/store":           {"isnad"},
	"isnad/internal/store/sqlite":    {"isnad", "isnad/internal/store"},
	"isnad/internal/store/storetest": {"isnad", "isnad/internal/store"},
	"isnad/internal/tabular":         {"isnad", "isnad/internal/escalation"},
	"isnad/internal/api":             {"isnad", "isnad/internal/escalation", "isnad/internal/feed", "isnad/internal/store", "isnad/internal/syndicate", "isnad/internal/tabular"},
	"isnad/internal/serve":           {"isnad", "isnad/internal/account", "isnad/lexicon", "isnad/internal/atlas", "isnad/internal/escalation", "isnad/internal/intensity", "isnad/internal/review", "isnad/internal/store", "isnad/internal/orth", "isnad/internal/api", "isnad/internal/feed", "isnad/internal/revision"},
}

var (
	stage    = []string{"isnad", "isnad/lexicon", "isnad/internal/orth", "isnad/internal/token", "isnad/internal/morph"}
	anything = []string{"*"}
)

// listed is what go list says of a package.
type listed struct {
	ImportPath string
	Imports    []string
}

func packages(t *testing.T) []listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listed
	dec := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatalf("go list: %v", err)
		}
		all = append(all, p)
	}
}

func own(path string) bool { return path == "isnad" || strings.HasPrefix(path, "isnad/") }

// Packages import each other only along the arrows. Tests may join what they
// need: the arrows are of the program.
func TestArrows(t *testing.T) {
	for _, p := range packages(t) {
		allowed, known := arrows[p.ImportPath]
		if !known {
			t.Errorf("%s is not in the table of arrows; give it a row, and its reason in docs/decisions/0007-stages.md", p.ImportPath)
			continue
		}
		if slices.Equal(allowed, anything) {
			continue
		}
		for _, i := range p.Imports {
			if own(i) && !slices.Contains(allowed, i) {
				t.Errorf("%s imports %s, which it must not know; pass what it needs as isnad values", p.ImportPath, i)
			}
		}
	}
}

// The vocabulary imports the standard library only, so that whoever speaks it
// takes nothing else with it.
func TestVocabularyIsPlain(t *testing.T) {
	for _, p := range packages(t) {
		if p.ImportPath != "isnad" {
			continue
		}
		for _, i := range p.Imports {
			if first, _, _ := strings.Cut(i, "/"); strings.Contains(first, ".") || own(i) {
				t.Errorf("package isnad imports %s", i)
			}
		}
		return
	}
	t.Fatal("go list names no package isnad")
}
