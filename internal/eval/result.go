package eval

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"isnad"
)

// PRF is precision, recall and F1, each rounded to three decimals as Python
// rounds (the nearest decimal to the exact value, ties to even).
type PRF struct{ P, R, F1 float64 }

// Valued is the score of one stance, factuality or type.
type Valued struct {
	Value string
	PRF
	N int // gold claims that have it
}

// Result is what Score counts.
type Result struct {
	Sentences, Gold, Predicted int
	Levels                     [4]PRF   // by Levels
	Stance, Factuality         []Valued // in the order of isnad.Stances and isnad.Factualities
	Types                      []TypeScore
}

// TypeScore is the score of one event type: its own sentences' claims at the
// levels type and claim.
type TypeScore struct {
	Type              isnad.Type
	TypeRight, Claim  PRF
	InGold, Predicted int
}

// counts are the sums that a Result is made of.
type counts struct {
	sentences, gold, pred int
	right                 [4]int
	inGold, inPred, both  map[string]int    // by stance or factuality; no two share a name
	typeGold, typePred    map[string]int    // by event type
	typeRight             map[string][4]int // by event type, at each level
}

func newCounts() *counts {
	return &counts{inGold: map[string]int{}, inPred: map[string]int{}, both: map[string]int{},
		typeGold: map[string]int{}, typePred: map[string]int{}, typeRight: map[string][4]int{}}
}

func (c *counts) add(gs, ps []claim, ms []pair) {
	c.sentences++
	c.gold += len(gs)
	c.pred += len(ps)
	for _, g := range gs {
		c.inGold[g.stance]++
		c.inGold[g.factuality]++
		c.typeGold[g.typ]++
	}
	for _, p := range ps {
		c.inPred[p.stance]++
		c.inPred[p.factuality]++
		c.typePred[p.typ]++
	}
	for _, m := range ms {
		g, p := gs[m.gold], ps[m.pred]
		l := agreement(g, p)
		byType := c.typeRight[g.typ]
		for i, ok := range l {
			c.right[i] += b2i(ok)
			byType[i] += b2i(ok)
		}
		c.typeRight[g.typ] = byType
		if !l[2] || !slices.Equal(g.speaker, p.speaker) {
			continue
		}
		if g.stance == p.stance {
			c.both[g.stance]++
		}
		if g.factuality == p.factuality {
			c.both[g.factuality]++
		}
	}
}

func (c *counts) result() Result {
	r := Result{Sentences: c.sentences, Gold: c.gold, Predicted: c.pred}
	for i, n := range c.right {
		r.Levels[i] = prf(n, c.pred, c.gold)
	}
	for _, s := range isnad.Stances {
		r.Stance = append(r.Stance, c.valued(string(s)))
	}
	for _, f := range isnad.Factualities {
		r.Factuality = append(r.Factuality, c.valued(string(f)))
	}
	for _, t := range isnad.Types {
		g, p, right := c.typeGold[string(t)], c.typePred[string(t)], c.typeRight[string(t)]
		r.Types = append(r.Types, TypeScore{t, prf(right[0], p, g), prf(right[3], p, g), g, p})
	}
	return r
}

func (c *counts) valued(v string) Valued {
	return Valued{v, prf(c.both[v], c.inPred[v], c.inGold[v]), c.inGold[v]}
}

func prf(right, pred, gold int) PRF {
	var p, r, f float64
	if pred > 0 {
		p = float64(right) / float64(pred)
	}
	if gold > 0 {
		r = float64(right) / float64(gold)
	}
	if p+r > 0 {
		f = 2 * p * r / (p + r)
	}
	return PRF{round(p), round(r), round(f)}
}

// round rounds as Python's round(x, 3): strconv rounds the exact binary value
// correctly, ties to even.
func round(x float64) float64 {
	y, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'f', 3, 64), 64)
	return y
}

// WriteText prints the result in score.py's lines.
func (r Result) WriteText(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%d sentences, %d gold claims, %d predicted\n", r.Sentences, r.Gold, r.Predicted)
	for i, name := range Levels {
		fmt.Fprintf(&b, "%-8s P %.3f  R %.3f  F1 %.3f\n", name, r.Levels[i].P, r.Levels[i].R, r.Levels[i].F1)
	}
	for _, l := range []struct {
		name   string
		values []Valued
	}{{"stance", r.Stance}, {"factuality", r.Factuality}} {
		var parts []string
		for _, v := range l.values {
			if v.N > 0 {
				parts = append(parts, fmt.Sprintf("%s %.3f (%d)", v.Value, v.F1, v.N))
			}
		}
		b.WriteString(l.name + "  " + strings.Join(parts, "  ") + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Named is a result with the reader whose claims it counts.
type Named struct {
	Reader string
	Result
}

// WriteColumns prints the results of several readers side by side, a column a
// reader: precision, recall and F1 of each level, F1 by stance and factuality.
func WriteColumns(w io.Writer, results []Named) error {
	var b strings.Builder
	wide := 0
	for _, r := range results {
		wide = max(wide, utf8.RuneCountInString(r.Reader), 19)
	}
	line := func(name string, cell func(Result) string) {
		fmt.Fprintf(&b, "%-12s", name)
		for _, r := range results {
			fmt.Fprintf(&b, "  %-*s", wide, cell(r.Result))
		}
		b.WriteString("\n")
	}
	fmt.Fprintf(&b, "%d sentences, %d gold claims; of each level P R F1\n%-12s", results[0].Sentences, results[0].Gold, "")
	for _, r := range results {
		fmt.Fprintf(&b, "  %-*s", wide, r.Reader)
	}
	b.WriteString("\n")
	line("predicted", func(r Result) string { return fmt.Sprint(r.Predicted) })
	for i, name := range Levels {
		line(name, func(r Result) string {
			return fmt.Sprintf("%.3f %.3f %.3f", r.Levels[i].P, r.Levels[i].R, r.Levels[i].F1)
		})
	}
	for _, values := range []func(Result) []Valued{func(r Result) []Valued { return r.Stance }, func(r Result) []Valued { return r.Factuality }} {
		for i, v := range values(results[0].Result) {
			if v.N > 0 {
				line(v.Value, func(r Result) string { return fmt.Sprintf("%.3f", values(r)[i].F1) })
			}
		}
	}
	for _, l := range strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n") {
		if _, err := io.WriteString(w, strings.TrimRight(l, " ")+"\n"); err != nil {
			return err
		}
	}
	return nil
}

// WriteTypes prints a line for each event type that occurs: how well the type
// itself is found, and how many of its claims are wholly right.
func (r Result) WriteTypes(w io.Writer) error {
	for _, t := range r.Types {
		if t.InGold+t.Predicted == 0 {
			continue
		}
		if _, err := fmt.Fprintf(w, "%-9s type P %.3f  R %.3f  F1 %.3f   claim F1 %.3f   (%d gold, %d predicted)\n",
			t.Type, t.TypeRight.P, t.TypeRight.R, t.TypeRight.F1, t.Claim.F1, t.InGold, t.Predicted); err != nil {
			return err
		}
	}
	return nil
}

// WriteJSON prints the result as score.py --json does, spaces included.
func (r Result) WriteJSON(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, `{"sentences": %d, "gold": %d, "predicted": %d`, r.Sentences, r.Gold, r.Predicted)
	for i, name := range Levels {
		fmt.Fprintf(&b, `, "%s": {%s}`, name, r.Levels[i].fields())
	}
	for _, l := range []struct {
		name   string
		values []Valued
	}{{"stance", r.Stance}, {"factuality", r.Factuality}} {
		var parts []string
		for _, v := range l.values {
			parts = append(parts, fmt.Sprintf(`"%s": {%s, "n": %d}`, v.Value, v.fields(), v.N))
		}
		fmt.Fprintf(&b, `, "%s": {%s}`, l.name, strings.Join(parts, ", "))
	}
	b.WriteString("}\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func (x PRF) fields() string {
	return fmt.Sprintf(`"p": %s, "r": %s, "f1": %s`, python(x.P), python(x.R), python(x.F1))
}

// python writes a float from 0 to 1 as Python's repr does.
func python(x float64) string {
	s := strconv.FormatFloat(x, 'f', -1, 64)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}
