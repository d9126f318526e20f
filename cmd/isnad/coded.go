package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"isnad"
	"isnad/internal/coded"
	"isnad/internal/origin"
	"isnad/internal/store"
	"isnad/lexicon"
)

// ingestClaims takes the claims of a file, coded by others, into the store. An
// article that the file codes has those claims from then on, and no others; each
// row that is refused is named.
func ingestClaims(ctx context.Context, e *environment, s store.Store, lex *lexicon.Lexicon, path, coder string) error {
	r, err := coded.New(lex)
	if err != nil {
		return err
	}
	in := io.Reader(e.stdin)
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return fmt.Errorf("read %s: %w; check the path", path, err)
		}
		defer f.Close()
		in = f
	}
	if coder == "" {
		coder = strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	}
	if strings.HasPrefix(coder, "isnad-") {
		return usagef("--coder %s: names that begin with isnad- are those of isnad's own reader", coder)
	}
	articles := map[string]isnad.Article{}
	claims := map[string][]isnad.Claim{}
	var order []string
	find := finder(ctx, s)
	taken, refused := 0, 0
	lines := bufio.NewReaderSize(in, 1<<16)
	for n := 1; ; n++ {
		line, err := lines.ReadBytes('\n')
		if err != nil && err != io.EOF {
			return fmt.Errorf("read %s: %w", path, err)
		}
		if len(bytes.TrimSpace(line)) > 0 {
			cs, a, rerr := r.Claims(line, coder, find)
			if rerr != nil {
				refused++
				e.warn("%s:%d: %v", path, n, rerr)
			}
			if len(cs) > 0 {
				if _, there := articles[a.ID]; !there {
					order = append(order, a.ID)
				}
				articles[a.ID] = a
				claims[a.ID] = append(claims[a.ID], cs...)
				taken += len(cs)
			}
		}
		if err == io.EOF {
			break
		}
	}
	facts := origin.New(lex)
	var batch []store.Reading
	flush := func() error {
		_, err := s.Put(ctx, batch...)
		batch = batch[:0]
		return err
	}
	for _, id := range order {
		cs := unique(claims[id])
		sum := sha256.New()
		for _, c := range cs {
			body, err := c.MarshalJSON()
			if err != nil {
				return err
			}
			sum.Write(body)
		}
		// The name tells the claims, so that a changed file takes the place of what it said before.
		name := cs[0].Reader + "+" + hex.EncodeToString(sum.Sum(nil)[:6])
		batch = append(batch, store.Reading{Article: articles[id], Claims: cs, Facts: facts.Read(articles[id], cs), Reader: name, Coded: true})
		if len(batch) == batchArticles {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := flush(); err != nil {
		return err
	}
	if !e.flags.Quiet {
		e.warn("%s of %s, %s refused", count(taken, "claim"), count(len(order), "article"), count(refused, "row"))
	}
	if refused > 0 {
		return errSome
	}
	return nil
}

// unique leaves out claims that stand in a file twice.
func unique(cs []isnad.Claim) []isnad.Claim {
	var out []isnad.Claim
	seen := map[string]bool{}
	for _, c := range cs {
		if !seen[c.ID] {
			seen[c.ID] = true
			out = append(out, c)
		}
	}
	return out
}

// finder looks articles up by id, and by address once one is asked for so.
func finder(ctx context.Context, s store.Store) func(string) (isnad.Article, error) {
	var byURL map[string]string
	return func(name string) (isnad.Article, error) {
		v, err := s.Article(ctx, name)
		if err == nil || !errors.Is(err, store.ErrNotFound) {
			return v.Article, err
		}
		if byURL == nil {
			byURL = map[string]string{}
			for v, err := range s.Articles(ctx, store.ArticleQuery{}) {
				if err != nil {
					return isnad.Article{}, err
				}
				byURL[v.URL] = v.ID
			}
		}
		id, there := byURL[name]
		if !there || name == "" {
			return isnad.Article{}, err
		}
		v, err = s.Article(ctx, id)
		return v.Article, err
	}
}
