package engine_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"isnad"
	"isnad/engine"
	"isnad/internal/orth"
	"isnad/lexicon"
)

var updateKnown = flag.Bool("update-known", false, "rewrite the known failures of testdata/cases only")

// reader is the engine with the built-in lexicon, made once.
var reader = sync.OnceValues(func() (*engine.Engine, error) {
	lex, err := lexicon.Load("")
	if err != nil {
		return nil, err
	}
	return engine.New(lex)
})

func theReader(t testing.TB) *engine.Engine {
	t.Helper()
	e, err := reader()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// A sentenceCase is a text and the claims that its last line should give. In
// testdata/cases a file is a txtar archive of such cases:
//
//	-- name --
//	outlet: okaz
//	First lines may set title, outlet and published; lines before the last are
//	context, the last is read.
//	-- want --
//	AID PRK>RUS by RUS denies actual «تزويد»
//	ACCUSE UNK>PRK narrates actual «اتهمت»
//	-- known failure --
//	wrong actor, stance: AID RUS>PRK narrates actual «تزويد»
//	why: what a person knows of the cause
//
// Parties are sorted codes joined by "+", "-" for none. An assessment has the
// word "assessment" for its type. The claims are all that should be read: one
// too many fails the case, but assessments are looked at only where one is
// wanted. The trigger may be a word more or less.
type sentenceCase struct {
	name    string
	article isnad.Article
	from    int // code points: where the last line begins
	want    []string
	known   string // why it fails, "" where it should pass
}

// parse reads the cases of a file.
func parse(lang isnad.Lang, a *txtar.Archive) ([]sentenceCase, error) {
	var out []sentenceCase
	for _, f := range a.Files {
		data := strings.TrimSpace(string(f.Data))
		switch {
		case f.Name == "want" && len(out) > 0:
			for line := range strings.SplitSeq(data, "\n") {
				if line != "" {
					out[len(out)-1].want = append(out[len(out)-1].want, line)
				}
			}
		case f.Name == "known failure" && len(out) > 0:
			out[len(out)-1].known = data
		case f.Name == "want" || f.Name == "known failure":
			return nil, fmt.Errorf("%q before any case; name the case first", f.Name)
		default:
			c := sentenceCase{name: f.Name, article: isnad.Article{ID: f.Name, Outlet: "case", Lang: lang, Published: "2024-11-19"}}
			for {
				head, rest, _ := strings.Cut(data, "\n")
				key, value, ok := strings.Cut(head, ": ")
				set := map[string]*string{"title": &c.article.Title, "outlet": &c.article.Outlet, "published": &c.article.Published}[key]
				if !ok || set == nil {
					break
				}
				*set, data = strings.TrimSpace(value), rest
			}
			c.article.Text = data
			if i := strings.LastIndexByte(data, '\n'); i >= 0 {
				c.from = len([]rune(data[:i+1]))
			}
			out = append(out, c)
		}
	}
	return out, nil
}

// row is a claim as cases write it.
func row(c isnad.Claim) string {
	codes := func(as []isnad.Actor) string {
		var cs []string
		for _, a := range as {
			cs = append(cs, string(a.Code))
		}
		slices.Sort(cs)
		if cs = slices.Compact(cs); len(cs) == 0 {
			return "-"
		}
		return strings.Join(cs, "+")
	}
	typ := string(c.Type)
	if c.Kind == isnad.KindAssessment {
		typ = "assessment"
	}
	by := ""
	if len(c.Speaker) > 0 {
		by = " by " + codes(c.Speaker)
	}
	return fmt.Sprintf("%s %s>%s%s %s %s «%s»", typ, codes(c.Actor), codes(c.Recipient), by, c.Stance, c.Factuality, c.Trigger.Text)
}

// read gives the claims of the last line as rows.
func (c sentenceCase) read(e *engine.Engine) []string {
	assessed := slices.ContainsFunc(c.want, func(w string) bool { return strings.HasPrefix(w, "assessment ") })
	var got []string
	for _, k := range e.Read(c.article).Claims {
		if k.Field == "text" && k.Trigger.Start >= c.from && (k.Kind == isnad.KindEvent || assessed) {
			got = append(got, row(k))
		}
	}
	return got
}

// same reports whether two rows say the same: their triggers may differ by what
// stands around the same word.
func same(want, got string) bool {
	w, wt, _ := strings.Cut(want, " «")
	g, gt, _ := strings.Cut(got, " «")
	wt, gt = orth.Fold(strings.TrimSuffix(wt, "»")), orth.Fold(strings.TrimSuffix(gt, "»"))
	return w == g && (strings.Contains(wt, gt) || strings.Contains(gt, wt))
}

// difference says what is wrong with what was read, a line each, "" where
// nothing is: a claim of the wanted type and trigger whose other parts are
// wrong, one that was not found, one that should not be there.
func difference(want, got []string) string {
	var missed, lines []string
	left := slices.Clone(got)
	take := func(same func(g string) bool) string {
		i := slices.IndexFunc(left, same)
		if i < 0 {
			return ""
		}
		g := left[i]
		left = slices.Delete(left, i, i+1)
		return g
	}
	for _, w := range want {
		if take(func(g string) bool { return same(w, g) }) == "" {
			missed = append(missed, w)
		}
	}
	for _, w := range missed {
		x := parts(w)
		g := take(func(g string) bool {
			y := parts(g)
			return x[0] == y[0] && (strings.Contains(x[6], y[6]) || strings.Contains(y[6], x[6]))
		})
		if g == "" {
			lines = append(lines, "not found: "+w)
			continue
		}
		var wrong []string
		for i, y := range parts(g) {
			if x[i] != y && i < 6 {
				wrong = append(wrong, partNames[i])
			}
		}
		lines = append(lines, "wrong "+strings.Join(wrong, ", ")+": "+g)
	}
	for _, g := range left {
		lines = append(lines, "too much: "+g)
	}
	return strings.Join(lines, "\n")
}

var partNames = [...]string{"type", "actor", "recipient", "speaker", "stance", "factuality", "trigger"}

// parts splits a row into what partNames says; the trigger is folded.
func parts(row string) (p [7]string) {
	head, trigger, _ := strings.Cut(row, " «")
	p[6] = orth.Fold(strings.TrimSuffix(trigger, "»"))
	f := strings.Fields(head)
	if len(f) > 3 && f[2] == "by" {
		p[3] = f[3]
		f = slices.Delete(f, 2, 4)
	}
	for len(f) < 4 {
		f = append(f, "")
	}
	p[0], p[4], p[5] = f[0], f[2], f[3]
	p[1], p[2], _ = strings.Cut(f[1], ">")
	return p
}

// TestCases holds the reader to the sentences of testdata/cases. A case that
// fails is either listed in its file as a known failure or an error, and a case
// that is listed and passes is one too.
func TestCases(t *testing.T) {
	e := theReader(t)
	files, _ := filepath.Glob("../testdata/cases/*/*.txtar")
	if len(files) == 0 {
		t.Fatal("no cases in testdata/cases")
	}
	for _, file := range files {
		lang := isnad.Lang(filepath.Base(filepath.Dir(file)))
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		archive := txtar.Parse(data)
		cases, err := parse(lang, archive)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		diff := map[string]string{}
		for _, c := range cases {
			t.Run(string(lang)+"/"+strings.TrimSuffix(filepath.Base(file), ".txtar")+"/"+c.name, func(t *testing.T) {
				if _, twice := diff[c.name]; twice {
					t.Fatal("two cases of one name in the file; rename one")
				}
				d := difference(c.want, c.read(e))
				diff[c.name] = d
				switch {
				case *updateKnown, *update:
				case d != "" && c.known == "":
					t.Errorf("%s\n%s", c.article.Text, d)
				case d == "" && c.known != "":
					t.Errorf("passes, but is listed as a known failure; take the section away (or run go test ./engine -run Cases -update-known)")
				}
			})
		}
		if *updateKnown || *update {
			write(t, file, archive, cases, diff)
		}
	}
}

// write rewrites a file: a known failure for each case that fails, none for the
// others. What a person wrote behind "why:" stays.
func write(t *testing.T, file string, old *txtar.Archive, cases []sentenceCase, diff map[string]string) {
	a := &txtar.Archive{Comment: old.Comment}
	i := -1
	for _, f := range old.Files {
		switch f.Name {
		case "known failure":
			continue
		case "want":
			a.Files = append(a.Files, f)
			c := cases[i]
			if d := diff[c.name]; d != "" {
				for line := range strings.SplitSeq(c.known, "\n") {
					if strings.HasPrefix(line, "why: ") {
						d = line + "\n" + d
					}
				}
				a.Files = append(a.Files, txtar.File{Name: "known failure", Data: []byte(d + "\n")})
			}
		default:
			i++
			a.Files = append(a.Files, f)
		}
	}
	if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
		t.Fatal(err)
	}
}

// A case is read as it is written: heads, context and wanted rows.
func TestCaseFormat(t *testing.T) {
	cases, err := parse("en", txtar.Parse([]byte("Notes.\n-- one --\noutlet: okaz\ntitle: A: b\nFirst.\nLast: line.\n-- want --\nAID A>B narrates actual «x»\n-- known failure --\nwhy: so\n-- two --\nX\n-- want --\n")))
	if err != nil {
		t.Fatal(err)
	}
	c := cases[0]
	if len(cases) != 2 || c.article.Outlet != "okaz" || c.article.Title != "A: b" || c.article.Text != "First.\nLast: line." || c.from != 7 || len(c.want) != 1 || c.known != "why: so" {
		t.Errorf("read as %+v", cases)
	}
	if d := difference([]string{"AID A>B narrates actual «x»"}, []string{"AID A>B narrates actual «wx»", "AID A>C narrates actual «x»"}); d != "too much: AID A>C narrates actual «x»" {
		t.Errorf("difference %q", d)
	}
	if d := difference([]string{"AID A>B by C denies actual «x»"}, []string{"AID B>A by C states actual «x»"}); d != "wrong actor, recipient, stance: AID B>A by C states actual «x»" {
		t.Errorf("difference %q", d)
	}
	if _, err := parse("en", txtar.Parse([]byte("-- want --\n"))); err == nil {
		t.Error("wanted claims without a case are accepted")
	}
}
