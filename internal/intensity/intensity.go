// Package intensity reads the lexicon's tables of the escalation series
// (intensity, event_factors, escalation, reader_error, rungs, alert_rules,
// regions) into a method. It stands apart so that package escalation sees values
// only.
package intensity

import (
	"fmt"
	"strconv"

	"isnad"
	"isnad/internal/escalation"
	"isnad/internal/orth"
	"isnad/lexicon"
)

// Load makes the method of a lexicon. Its error names every cell that is no
// number where one belongs.
func Load(lex *lexicon.Lexicon) (*escalation.Method, error) {
	t, err := Tables(lex)
	if err != nil {
		return nil, err
	}
	return escalation.New(t)
}

// Tables reads the tables.
func Tables(lex *lexicon.Lexicon) (escalation.Tables, error) {
	var first error
	number := func(r lexicon.Row, column string) float64 {
		x, err := strconv.ParseFloat(r.Get(column), 64)
		if err != nil && first == nil {
			first = fmt.Errorf("%s: %s: %q is no number", r.Place(), column, r.Get(column))
		}
		return x
	}
	points := func(r lexicon.Row, column string) escalation.Points {
		p, err := escalation.ParsePoints(r.Get(column))
		if err != nil && first == nil {
			first = fmt.Errorf("%s: %s: %w", r.Place(), column, err)
		}
		return p
	}
	t := escalation.Tables{Errors: map[string]escalation.ReaderError{}, Regions: map[string][]isnad.Code{}, Fold: orth.Fold}
	for _, r := range lex.Table("intensity").Rows {
		t.Intensity = append(t.Intensity, escalation.Intensity{ID: r.ID(), Type: isnad.Type(r.Get("type")), Mode: r.Get("mode"), Context: r.Get("context"),
			Words: r.List("words"), Line: escalation.Line(r.Get("line")), Weight: points(r, "weight")})
	}
	for _, r := range lex.Table("event_factors").Rows {
		t.Factors = append(t.Factors, escalation.Factor{Kind: r.Get("kind"), Value: r.Get("value"), Factor: points(r, "factor"), Line: escalation.Line(r.Get("line"))})
	}
	for _, r := range lex.Table("reader_error").Rows {
		t.Errors[r.ID()] = escalation.ReaderError{Precision: number(r, "precision"), Recall: number(r, "recall")}
	}
	for _, r := range lex.Table("rungs").Rows {
		g := escalation.Rung{ID: r.ID(), Order: int(number(r, "order")), NameEN: r.Get("name_en"), NameAR: r.Get("name_ar"), Line: escalation.Line(r.Get("line")),
			Modes: r.List("mode"), Contexts: r.List("context"), Words: r.List("words"), Events: int(number(r, "events"))}
		for _, typ := range r.List("type") {
			g.Types = append(g.Types, isnad.Type(typ))
		}
		t.Rungs = append(t.Rungs, g)
	}
	for _, r := range lex.Table("alert_rules").Rows {
		t.Rules = append(t.Rules, escalation.Rule{ID: r.ID(), Kind: r.Get("kind"), Line: escalation.Line(r.Get("line")), Threshold: number(r, "threshold"),
			Origins: int(number(r, "origins")), Hold: int(number(r, "hold")), WordsEN: r.Get("words_en"), WordsAR: r.Get("words_ar"), CancelEN: r.Get("cancel_en"), CancelAR: r.Get("cancel_ar")})
	}
	for _, r := range lex.Table("regions").Rows {
		for _, c := range r.List("states") {
			t.Regions[r.ID()] = append(t.Regions[r.ID()], isnad.Code(c))
		}
	}
	constants := map[string]float64{}
	for _, r := range lex.Table("escalation").Rows {
		constants[r.ID()] = number(r, "value")
	}
	c, err := escalation.NewConstants(constants)
	if first == nil {
		first = err
	}
	t.Constants = c
	return t, first
}
