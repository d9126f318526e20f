package lexicon

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Every row of every table is held to schema.tsv; a wrong row fails its own subtest.
func TestTables(t *testing.T) {
	l, err := Load("")
	if err != nil {
		t.Fatal(err)
	}
	bad := map[string][]string{}
	for _, p := range l.Check() {
		bad[p.File] = append(bad[p.File], p.String())
	}
	for _, name := range l.Names() {
		t.Run(name, func(t *testing.T) {
			for _, p := range bad["lexicon/data/"+name+".tsv"] {
				t.Error(p)
			}
			if len(l.Table(name).Rows) == 0 {
				t.Error("no rows")
			}
		})
	}
}

func TestTablesAreFormatted(t *testing.T) {
	dir := t.TempDir()
	files, _ := filepath.Glob("data/*.tsv")
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(f)), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	changed, err := Format(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(changed) > 0 {
		t.Errorf("run isnad lexicon fmt lexicon/data: %v", changed)
	}
}

func TestOverlay(t *testing.T) {
	write := func(t *testing.T, name, content string) string {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	t.Run("replaces, adds and takes away", func(t *testing.T) {
		dir := write(t, "function_en.tsv", "id\tword\tref\nfw_the\tye\tisnad\n-fw_off\n")
		l, err := Load(dir)
		if err != nil {
			t.Fatal(err)
		}
		r, _ := l.Table("function_en").Row("fw_the")
		if r.Get("word") != "ye" {
			t.Errorf("fw_the is %q", r.Get("word"))
		}
		if _, there := l.Table("function_en").Row("fw_off"); there {
			t.Error("fw_off was not taken away")
		}
		base, _ := Load("")
		if base.Hash() == l.Hash() {
			t.Error("another lexicon has the same hash")
		}
	})
	for _, c := range []struct{ name, file, content, want string }{
		{"unknown table", "nowhere.tsv", "id\tx\na\tb\n", "no table is called nowhere"},
		{"unknown column", "states.tsv", "id\tcolour\nFRA\tblue\n", "states has no column colour"},
		{"bad code", "cues_en.tsv", "id\tsurface\tkind\tstance\tref\nx_y\tsay\tverb\tshouts\tisnad\n", `cues_en.tsv:2: stance: "shouts" is not allowed; write one of`},
		{"twice", "states.tsv", "id\tname_en\nFRA\ta\nFRA\tb\n", `states.tsv:3: id "FRA" stands twice`},
		{"nothing to take away", "states.tsv", "id\tname_en\n-ZZZ\n", "no row states:ZZZ to take away"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Load(write(t, c.file, c.content))
			if !errors.Is(err, ErrInvalid) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestProblemsNamePlaceAndRemedy(t *testing.T) {
	_, ps := parse("x.tsv", "id\ta\n1\t2\t3\n")
	if len(ps) != 1 || ps[0].String() != "x.tsv:2: 3 cells under 2 columns; remove the tabs too many" {
		t.Errorf("got %v", ps)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("id\ta\nx\ty\n")
	f.Add("")
	f.Fuzz(func(t *testing.T, s string) {
		tab, _ := parse("f.tsv", s)
		l := &Lexicon{tables: map[string]*Table{"f": tab}}
		l.rehash()
		l.Check()
	})
}
