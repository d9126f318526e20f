package main

import (
	"archive/zip"
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"isnad"
	"isnad/internal/coder"
	"isnad/internal/morph"
	"isnad/lexicon"
)

// learnClusters reads the plain news of a data folder and writes the word
// groups. Its data list: the July 2015 archives, Arabic and English Wikinews,
// NTREX, and the current-events items of 2002–2021.
func learnClusters(data, out string) error {
	lex, err := lexicon.Load("")
	if err != nil {
		return err
	}
	m := morph.New(lex)
	var ar, en []string
	zips, _ := filepath.Glob(data + "/saudinewsnet/*.zip")
	for _, z := range zips {
		r, err := zip.OpenReader(z)
		if err != nil {
			return fmt.Errorf("read %s: %w", z, err)
		}
		for _, f := range r.File {
			rc, err := f.Open()
			if err != nil {
				return fmt.Errorf("read %s: %w", z, err)
			}
			var as []struct{ Title, Content string }
			if err := json.NewDecoder(rc).Decode(&as); err != nil {
				return fmt.Errorf("read %s: %w", z, err)
			}
			rc.Close()
			for _, a := range as {
				ar = append(ar, a.Title+"\n"+a.Content)
			}
		}
		r.Close()
	}
	for _, f := range []struct {
		name string
		into *[]string
	}{{"wikinews_ar.jsonl", &ar}, {"ntrex_ar.jsonl", &ar}, {"wikinews_en.jsonl", &en}, {"ntrex_en.jsonl", &en}} {
		file, err := os.Open(filepath.Join(data, f.name))
		if err != nil {
			return err
		}
		d := json.NewDecoder(file)
		for {
			var a struct{ Title, Text string }
			if err := d.Decode(&a); err == io.EOF {
				break
			} else if err != nil {
				return fmt.Errorf("read %s: %w", f.name, err)
			}
			*f.into = append(*f.into, a.Title+"\n"+a.Text)
		}
		file.Close()
	}
	file, err := os.Open(filepath.Join(data, "current_events_2002_2021.tsv.gz"))
	if err != nil {
		return err
	}
	defer file.Close()
	z, err := gzip.NewReader(file)
	if err != nil {
		return err
	}
	sc := bufio.NewScanner(z)
	sc.Buffer(nil, 1<<22)
	for sc.Scan() {
		if c := strings.Split(sc.Text(), "\t"); len(c) > 3 {
			en = append(en, c[3])
		}
	}
	o, err := os.Create(out)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(o)
	fmt.Fprintf(os.Stderr, "%d Arabic and %d English texts\n", len(ar), len(en))
	if err := coder.LearnClusters(ar, m, isnad.Arabic, 1, w); err != nil {
		return err
	}
	if err := coder.LearnClusters(en, m, isnad.English, 2000, w); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return o.Close()
}
