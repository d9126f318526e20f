// Package suite measures a reader: every figure that docs/quality.md explains,
// in one run over a folder of annotated articles (Gold), tables that come with
// the program, and a folder of plain news (Data). What is not there is named
// and skipped.
package suite

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"isnad"
	"isnad/internal/plover"
	"isnad/lexicon"
)

// Options say what is measured on what.
type Options struct {
	Gold    string                                                                          // folder of annotated articles, as gold/README.md describes it
	Data    string                                                                          // folder of plain news, for quiet articles; "" skips them
	Read    func(isnad.Article) []isnad.Claim                                               // the reader; its claims of one article
	Lexicon *lexicon.Lexicon                                                                // the reader's
	Walk    func(ctx context.Context, path string, article func(isnad.Article) error) error // hands over the articles of an archive of Data
}

// measure is one part of the suite and the files that it needs.
type measure struct {
	name  string
	files []string // below Gold
	run   func(*suite, context.Context) ([]Table, error)
}

// suite is a run.
type suite struct {
	Options
	plover *plover.Map
}

// measures in the order of docs/quality.md.
var measures = []measure{
	{"dev", []string{"dev.articles.jsonl", "dev.gold.jsonl"}, func(s *suite, ctx context.Context) ([]Table, error) { return s.claims(ctx, "dev") }},
	{"denials", []string{"denials.articles.jsonl", "denials.gold.jsonl"}, func(s *suite, ctx context.Context) ([]Table, error) { return s.claims(ctx, "denials") }},
	{"external arabic_gsr", []string{"external/arabic_gsr.jsonl"}, (*suite).arabicDetection},
	{"external arabic_gsr_spans", []string{"external/arabic_gsr_spans.jsonl"}, (*suite).arabicSpans},
	{"external plover_gsr_en", []string{"external/plover_gsr_en.jsonl"}, (*suite).ploverRecords},
	{"external petrarch2_validation_en", []string{"external/petrarch2_validation_en.jsonl"}, func(s *suite, ctx context.Context) ([]Table, error) {
		return s.petrarch(ctx, "petrarch2_validation_en", true)
	}},
	{"external petrarch_unit_en", []string{"external/petrarch_unit_en.jsonl"}, func(s *suite, ctx context.Context) ([]Table, error) {
		return s.petrarch(ctx, "petrarch_unit_en", false)
	}},
	{"actors", nil, (*suite).actors},
	{"values", nil, (*suite).values},
	{"stability", nil, (*suite).stable},
	{"quiet", nil, (*suite).quiet},
}

// Run measures and hands over each table as it is done. An error ends it.
func Run(ctx context.Context, o Options, table func(Table) error) error {
	if info, err := os.Stat(o.Gold); err != nil || !info.IsDir() {
		return fmt.Errorf("suite %s: %w; name a folder with dev.gold.jsonl and its like", o.Gold, fs.ErrNotExist)
	}
	s := &suite{Options: o, plover: plover.New(o.Lexicon)}
	for _, m := range measures {
		ts, err := s.measure(ctx, m)
		if err != nil {
			return fmt.Errorf("suite %s: %w", m.name, err)
		}
		for _, t := range ts {
			if err := table(t); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *suite) measure(ctx context.Context, m measure) ([]Table, error) {
	for _, f := range m.files {
		if _, err := os.Stat(filepath.Join(s.Gold, f)); err != nil {
			return []Table{{Name: m.name, Skipped: f + " is not in the folder"}}, nil
		}
	}
	return m.run(s, ctx)
}

// rows reads a JSONL file of external sentences row by row.
func rows[T any](ctx context.Context, path string, row func(i int, r T) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	in := bufio.NewReaderSize(f, 1<<16)
	for n := 1; ; n++ {
		line, err := in.ReadBytes('\n')
		if err != nil && err != io.EOF {
			return fmt.Errorf("read %s: %w", path, err)
		}
		if len(bytes.TrimSpace(line)) > 0 {
			var r T
			if jerr := json.Unmarshal(line, &r); jerr != nil {
				return fmt.Errorf("read %s:%d: %w", path, n, jerr)
			}
			if rerr := errors.Join(ctx.Err(), row(n, r)); rerr != nil {
				return rerr
			}
		}
		if err == io.EOF {
			return nil
		}
	}
}

// events are the claims of a text that are events, titles aside.
func (s *suite) events(a isnad.Article) []isnad.Claim {
	var out []isnad.Claim
	for _, c := range s.Read(a) {
		if c.Kind == isnad.KindEvent && c.Field == "text" {
			out = append(out, c)
		}
	}
	return out
}

// day reads the first run of eight digits of an id or a date as a day,
// "2006-01-02"; other's where there is none.
func day(id, other string) string {
	for i := 0; i+8 <= len(id); i++ {
		if d := id[i : i+8]; strings.Trim(d, "0123456789") == "" {
			return d[:4] + "-" + d[4:6] + "-" + d[6:]
		}
	}
	return other
}
