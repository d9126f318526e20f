package values

import (
	"bufio"
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"isnad"
	"isnad/internal/token"
)

// Short prints a quantity as the test tables write it: kind, then 12 (exact),
// ~12 (about), >=12, <=12, 10..12 (range), 20..99? (band); ^ before a subset,
// /unit behind money and weights.
func (m QuantityMention) Short() string {
	f := func(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
	var b strings.Builder
	if m.Subset {
		b.WriteByte('^')
	}
	b.WriteString(m.Kind + ":")
	switch m.Approx {
	case "about":
		b.WriteString("~" + f(m.Low))
	case "min":
		b.WriteString(">=" + f(m.Low))
	case "max":
		b.WriteString("<=" + f(m.High))
	case "range":
		b.WriteString(f(m.Low) + ".." + f(m.High))
	case "band":
		b.WriteString(f(m.Low) + ".." + f(m.High) + "?")
	default:
		b.WriteString(f(m.Low))
	}
	if m.Kind == "money" {
		b.WriteString("/" + m.Unit)
	}
	return b.String()
}

// Short prints a time as the test tables write it: from..to/precision, one
// date where both are the same, ? where unknown.
func (m TimeMention) Short() string {
	f, t := m.When.From, m.When.To
	if f == "" {
		f = "?"
	}
	if t == "" {
		t = "?"
	}
	if f == t {
		return f + "/" + m.Precision
	}
	return f + ".." + t + "/" + m.Precision
}

// Short prints a place as the test tables write it: state:precision:name.
func (m PlaceMention) Short() string { return string(m.State) + ":" + m.Precision + ":" + m.Name }

// ValueScore counts what was found of one kind of value.
type ValueScore struct {
	What                 string
	Cases                int      // phrases
	Right, Found, Wanted int      // values in them
	Wrong                []string // the cases that differ: id, found, wanted
}

// String prints precision, recall and F1.
func (s ValueScore) String() string {
	p, r := ratio(s.Right, s.Found), ratio(s.Right, s.Wanted)
	f := 0.0
	if p+r > 0 {
		f = 2 * p * r / (p + r)
	}
	return fmt.Sprintf("%s P %.3f R %.3f F1 %.3f n %d", s.What, p, r, f, s.Wanted)
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

//go:embed testdata/*.tsv
var phraseFiles embed.FS

// Phrases holds quantities.tsv, dates.tsv and places.tsv of this package's
// testdata: more than a hundred phrases each, forms drawn from real articles.
var Phrases = sub(phraseFiles, "testdata")

func sub(f fs.FS, dir string) fs.FS {
	s, err := fs.Sub(f, dir)
	if err != nil {
		panic(err) // dir is no path
	}
	return s
}

// ScoreValues reads quantities.tsv, dates.tsv and places.tsv of a folder, each with
// the columns id, published, text, want (values in the form of Short, split by
// "; "), and counts which values are found, none allowed beside those wanted.
func ScoreValues(v *Valuer, dir fs.FS) ([]ValueScore, error) {
	var out []ValueScore
	for _, what := range []string{"quantities", "dates", "places"} {
		sc := ValueScore{What: what}
		f, err := dir.Open(what + ".tsv")
		if err != nil {
			return nil, fmt.Errorf("score values: %w", err)
		}
		in := bufio.NewScanner(f)
		for line := 1; in.Scan(); line++ {
			if in.Text() == "" || in.Text()[0] == '#' || strings.HasPrefix(in.Text(), "id\t") {
				continue
			}
			c := strings.Split(in.Text(), "\t")
			if len(c) < 3 {
				f.Close()
				return nil, fmt.Errorf("score values: %s.tsv:%d: %d cells; write id, published, text, want", what, line, len(c))
			}
			sc.Cases++
			var want []string
			if len(c) > 3 && c[3] != "" {
				want = strings.Split(c[3], "; ")
			}
			var got []string
			for _, vs := range v.Find(&isnad.Article{Published: c[1], Text: c[2]}, token.Cut(c[2])) {
				switch what {
				case "quantities":
					for _, m := range vs.Quantities {
						got = append(got, m.Short())
					}
				case "dates":
					for _, m := range vs.Times {
						got = append(got, m.Short())
					}
				case "places":
					for _, m := range vs.Places {
						got = append(got, m.Short())
					}
				}
			}
			sc.Wanted += len(want)
			sc.Found += len(got)
			left := slices.Clone(want)
			right := 0
			for _, g := range got {
				if i := slices.Index(left, g); i >= 0 {
					left = slices.Delete(left, i, i+1)
					right++
				}
			}
			sc.Right += right
			if right != len(want) || right != len(got) {
				sc.Wrong = append(sc.Wrong, fmt.Sprintf("%s: found %q, want %q", c[0], strings.Join(got, "; "), strings.Join(want, "; ")))
			}
		}
		f.Close()
		if err := in.Err(); err != nil {
			return nil, fmt.Errorf("score values: %w", err)
		}
		out = append(out, sc)
	}
	return out, nil
}
