package coder

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"isnad"
	"isnad/internal/annotate"
	"isnad/internal/token"
)

// Example is an annotated article.
type Example struct {
	File      string
	Article   isnad.Article
	Sentences []GoldSentence

	doc    *document
	claims [][]goldClaim // by sentence of doc, in order of trigger
}

// GoldSentence is a sentence as annotators cut it, with its claims.
type GoldSentence struct {
	I          int
	Start, End int // bytes of the text
	Claims     []GoldClaim
}

// GoldClaim is a claim as an annotation file gives it.
type GoldClaim struct {
	Type       isnad.Type       `json:"type"`
	Actor      []isnad.Code     `json:"actor"`
	Recipient  []isnad.Code     `json:"recipient"`
	Speaker    []isnad.Code     `json:"speaker"`
	Stance     isnad.Stance     `json:"stance"`
	Factuality isnad.Factuality `json:"factuality"`
	Trigger    string           `json:"trigger"`
	Denies     isnad.Denied     `json:"denies,omitempty"`
}

// goldClaim is a claim tied to tokens.
type goldClaim struct {
	GoldClaim
	from, to, head int // tokens of its trigger
}

// Gold reports whether the example is of the annotation given with the task,
// not the project's own: cross-validation tests on those alone, so that its
// figures can be compared while our own grows.
func (e *Example) Gold() bool { return strings.Contains(filepath.ToSlash(e.File), "/gold/") }

// LoadGold reads an annotation file and its articles.
func LoadGold(articles, gold string) ([]*Example, error) {
	var out []*Example
	byID := map[string]*Example{}
	err := lines(articles, func(line []byte) error {
		var a isnad.Article
		var cut struct {
			Sentences []struct{ I, Start, End int }
		}
		if err := errors.Join(json.Unmarshal(line, &a), json.Unmarshal(line, &cut)); err != nil {
			return err
		}
		e := &Example{File: articles, Article: a}
		at := byteOffsets(a.Text)
		for _, s := range cut.Sentences {
			if s.End >= len(at) || s.Start > s.End {
				return fmt.Errorf("sentence %d lies outside the text", s.I)
			}
			e.Sentences = append(e.Sentences, GoldSentence{I: s.I, Start: at[s.Start], End: at[s.End]})
		}
		byID[a.ID] = e
		out = append(out, e)
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = lines(gold, func(line []byte) error {
		var r struct {
			ID     string
			I      int
			Claims []GoldClaim
		}
		if err := json.Unmarshal(line, &r); err != nil {
			return err
		}
		e := byID[r.ID]
		if e == nil {
			return fmt.Errorf("no article %s", r.ID)
		}
		for k := range e.Sentences {
			if e.Sentences[k].I == r.I {
				e.Sentences[k].Claims = r.Claims
			}
		}
		return nil
	})
	return out, err
}

func lines(path string, do func([]byte) error) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("read gold: %w", err)
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 16<<20)
	for n := 1; sc.Scan(); n++ {
		if len(strings.TrimSpace(sc.Text())) == 0 {
			continue
		}
		if err := do(sc.Bytes()); err != nil {
			return fmt.Errorf("read gold: %s:%d: %w", path, n, err)
		}
	}
	return sc.Err()
}

// byteOffsets maps code point offsets of s to byte offsets.
func byteOffsets(s string) []int {
	at := make([]int, 0, len(s)+1)
	for i := range s {
		at = append(at, i)
	}
	return append(at, len(s))
}

// Fold says which of n parts an article belongs to, by its id.
func (e *Example) Fold(n int) int {
	h := fnv.New32a()
	h.Write([]byte(e.Article.ID))
	return int(h.Sum32() % uint32(n))
}

// HeldOut reports whether an article belongs to the fifth that is set aside.
func (e *Example) HeldOut() bool { return e.Fold(5) == 0 }

// attach prepares an example: its document, and its claims tied to tokens.
func (c *Coder) attach(e *Example, ann *annotate.Actors) {
	t := token.Cut(e.Article.Text)
	e.doc = c.prepare(&e.Article, t, ann.Find(&e.Article, t))
	e.doc.home = c.homes[e.Article.Outlet]
	e.claims = make([][]goldClaim, len(e.doc.sentences))
	for _, g := range e.Sentences {
		used := map[int]bool{}
		for _, cl := range g.Claims {
			k, from, to := locate(t, g, cl.Trigger, used)
			if k < 0 {
				continue
			}
			skip := e.doc.sentences[k].skip
			from, to = max(0, from-skip), max(1, to-skip)
			gc := goldClaim{GoldClaim: cl, from: from, to: to}
			gc.head = c.head(e.doc.sentences[k], from, to, cl.Type)
			e.claims[k] = append(e.claims[k], gc)
		}
	}
	for _, cs := range e.claims {
		for i := 1; i < len(cs); i++ {
			for j := i; j > 0 && cs[j].head < cs[j-1].head; j-- {
				cs[j], cs[j-1] = cs[j-1], cs[j]
			}
		}
	}
}

// locate finds a trigger's sentence and tokens: its first occurrence in the
// gold sentence that no other claim has taken, at a token's beginning where
// there is one.
func locate(t *token.Text, g GoldSentence, trigger string, used map[int]bool) (sent, from, to int) {
	text := t.Source[g.Start:g.End]
	best, bestScore := -1, 0
	for at := 0; at < len(text); {
		k := strings.Index(text[at:], trigger)
		if k < 0 || trigger == "" {
			break
		}
		pos := g.Start + at + k
		score := 1
		if !used[pos] {
			score += 4
		}
		if pos == g.Start || !letterBefore(t.Source, pos) {
			score += 2
		}
		if score > bestScore {
			best, bestScore = pos, score
		}
		at += k + len(trigger)
	}
	if best < 0 {
		return -1, 0, 0
	}
	used[best] = true
	end := best + len(trigger)
	for k := range t.Sentences {
		s := &t.Sentences[k]
		if best < s.Start || best >= s.End {
			continue
		}
		from = -1
		for i := range s.Tokens {
			if s.Tokens[i].End > best && from < 0 {
				from = i
			}
			if s.Tokens[i].Start < end {
				to = i + 1
			}
		}
		return k, from, to
	}
	return -1, 0, 0
}

func letterBefore(s string, pos int) bool {
	r, _ := utf8.DecodeLastRuneInString(s[:pos])
	return r != ' ' && r != '\n' && r != '"' && r != '\u00a0' && r != '(' && r != '«' && r != '“' && r != '#' && r != '،'
}

// head is the token of a trigger that stands for it: the first that the
// lexicon gives the claim's type, else the first that it gives any, else the
// first that is no function word.
func (c *Coder) head(s *sentence, from, to int, ty isnad.Type) int {
	b := bit(ty)
	for i := from; i < to; i++ {
		if s.terms[i] != nil && s.terms[i].types&b != 0 {
			return i
		}
	}
	for i := from; i < to; i++ {
		if s.tok[i].Kind == token.Word && s.terms[i] != nil {
			return i
		}
	}
	for i := from; i < to; i++ {
		if s.tok[i].Kind == token.Word && !s.words[i].function {
			return i
		}
	}
	return from
}
