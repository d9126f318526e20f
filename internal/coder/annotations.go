package coder

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"isnad"
)

// Annotations of the project's own (testdata/annotations) hold claims and
// offsets, not texts: these belong to their publishers. A row names the file of
// the data folder that has the text and the text's SHA-256; LoadAnnotations puts
// both together.

// annotated is a row: one article.
type annotated struct {
	ID        string     `json:"id"`
	Source    string     `json:"source"` // file of the data folder: an archive of July 2015, or the current-events table
	Outlet    string     `json:"outlet"`
	Published string     `json:"published"`
	Lang      isnad.Lang `json:"lang"`
	SHA256    string     `json:"sha256"`
	Sentences []struct {
		I      int         `json:"i"`
		Start  int         `json:"start"` // code points
		End    int         `json:"end"`
		Claims []GoldClaim `json:"claims"`
	} `json:"sentences"`
}

// LoadAnnotations reads annotation rows and their texts. Articles whose text the
// data folder does not have are an error.
func LoadAnnotations(files []string, data string) ([]*Example, error) {
	var rows []annotated
	type found struct{ text, title string }
	wanted := map[string]found{} // by SHA-256
	sources := map[string]bool{}
	for _, f := range files {
		err := lines(f, func(line []byte) error {
			var r annotated
			if err := json.Unmarshal(line, &r); err != nil {
				return err
			}
			rows = append(rows, r)
			wanted[r.SHA256] = found{}
			sources[r.Source] = true
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	keep := func(text, title string) {
		h := sha256.Sum256([]byte(text))
		k := hex.EncodeToString(h[:])
		if _, ok := wanted[k]; ok {
			wanted[k] = found{text, title}
		}
	}
	for s := range sources {
		if err := texts(data, s, keep); err != nil {
			return nil, fmt.Errorf("read annotations: %w", err)
		}
	}
	var out []*Example
	for _, r := range rows {
		text, title := wanted[r.SHA256].text, wanted[r.SHA256].title
		if text == "" {
			return nil, fmt.Errorf("read annotations: %s: no text of that hash in %s", r.ID, r.Source)
		}
		e := &Example{File: r.Source, Article: isnad.Article{ID: r.ID, Outlet: r.Outlet, Published: r.Published, Lang: r.Lang, Title: title, Text: text}}
		at := byteOffsets(text)
		for _, s := range r.Sentences {
			e.Sentences = append(e.Sentences, GoldSentence{I: s.I, Start: at[s.Start], End: at[s.End], Claims: s.Claims})
		}
		out = append(out, e)
	}
	return out, nil
}

// texts hands over every text of a source file, and its title where it has one.
func texts(data, source string, keep func(text, title string)) error {
	switch {
	case strings.HasSuffix(source, ".zip"):
		z, err := zip.OpenReader(filepath.Join(data, "saudinewsnet", source))
		if err != nil {
			return err
		}
		defer z.Close()
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				return err
			}
			var as []struct{ Content, Title string }
			err = json.NewDecoder(r).Decode(&as)
			r.Close()
			if err != nil {
				return fmt.Errorf("%s: %w", source, err)
			}
			for _, a := range as {
				keep(a.Content, a.Title)
			}
		}
		return nil
	case strings.HasSuffix(source, ".tsv.gz"):
		b, err := os.ReadFile(filepath.Join(data, source))
		if err != nil {
			return err
		}
		z, err := gzip.NewReader(bytes.NewReader(b))
		if err != nil {
			return fmt.Errorf("%s: %w", source, err)
		}
		sc := bufio.NewScanner(z)
		sc.Buffer(nil, 4<<20)
		for sc.Scan() {
			if c := strings.Split(sc.Text(), "\t"); len(c) > 3 {
				keep(c[3], "")
			}
		}
		return sc.Err()
	}
	return fmt.Errorf("%s: no reader for such a source", source)
}
