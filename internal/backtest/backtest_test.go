package backtest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"isnad"
)

func write(t *testing.T, dir, name, content string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestTruth(t *testing.T) {
	code, err := states()
	if err != nil {
		t.Fatal(err)
	}
	for c, want := range map[string]isnad.Code{"2": "USA", "365": "RUS", "731": "PRK", "732": "KOR", "630": "IRN", "340": "SRB"} {
		if code[c] != want {
			t.Errorf("state number %s is %s, want %s", c, code[c], want)
		}
	}
	if got := months("2003-11", "2004-02"); strings.Join(got, " ") != "2003-11 2003-12 2004-01 2004-02" {
		t.Errorf("months %v", got)
	}
	var found []string
	for s := range splitCodes("2, 200, 900") {
		found = append(found, s)
	}
	if strings.Join(found, " ") != "2 200 900" {
		t.Errorf("codes %v", found)
	}
}

// Claims are read once, kept, and read again by another reader only.
func TestClaimsAreKept(t *testing.T) {
	dir := t.TempDir()
	reads := 0
	o := Options{Claims: filepath.Join(dir, "claims.jsonl"), Reader: "r1", Log: t.Logf, Read: func(a isnad.Article) []isnad.Claim {
		reads++
		return []isnad.Claim{{ID: "c" + a.ID, Kind: isnad.KindEvent, Article: a.ID, Reader: "r1"}}
	}}
	items := []isnad.Article{{ID: "a"}, {ID: "b"}}
	for _, want := range []int{2, 2} {
		claims, err := o.claims(items)
		if err != nil || len(claims) != 2 || claims["b"][0].ID != "cb" || reads != want {
			t.Fatalf("claims %v, %v, read %d times", claims, err, reads)
		}
	}
	o.Reader = "r2"
	if _, err := o.claims(items); err != nil || reads != 4 {
		t.Errorf("another reader: %v, read %d times", err, reads)
	}
	write(t, dir, "claims.jsonl", "{")
	if _, err := o.claims(items); err == nil || !strings.Contains(err.Error(), "remove the file to read anew") {
		t.Errorf("a broken file: %v", err)
	}
}

// A month's predictor is compared where both are known, changes in order.
func TestCompare(t *testing.T) {
	ms := months("2003-01", "2003-05")
	truth := index{"2003-01": 1, "2003-02": 3, "2003-03": 2, "2003-04": 5, "2003-05": 4}
	levels, moves := compare([]float64{10, 30, 20, 50, 40}, truth, ms)
	if levels != 1 || moves != 1 {
		t.Errorf("the same order: levels %v, changes %v", levels, moves)
	}
	volume, threats, acts, any, err := counted([]isnad.Article{{Published: "2003-02-01", Text: "Iran threatens war."}, {Published: "2003-02-03", Text: "A football match."}}, ms)
	if err != nil || volume[1] != 2 || threats[1] != 1 || acts[1] != 1 || any[1] != 1 {
		t.Errorf("counted %v %v %v %v, %v", volume, threats, acts, any, err)
	}
}
