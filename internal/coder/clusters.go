package coder

import (
	"bufio"
	"bytes"
	"fmt"
	"strings"

	"isnad"
	"isnad/internal/learn"
	"isnad/internal/morph"
	"isnad/internal/token"
)

// clusters groups words that stand in like company, learned without annotation
// from plain news text (model/clusters.tsv: word, coarse group, fine group).
// Rows that begin with "=" group stems, whatever the form. Zero is an unknown
// word.
type clusters struct {
	of_  map[string][2]uint16
	stem map[string][2]uint16
}

func loadClusters() *clusters {
	c := &clusters{of_: map[string][2]uint16{}, stem: map[string][2]uint16{}}
	data, err := modelFiles.ReadFile("model/clusters.tsv")
	if err != nil {
		return c
	}
	c.of_ = make(map[string][2]uint16, bytes.Count(data, []byte{'\n'}))
	text := string(data)
	for line := range strings.SplitSeq(text, "\n") {
		w, rest, ok := strings.Cut(line, "\t")
		if !ok {
			continue
		}
		a, b, _ := strings.Cut(rest, "\t")
		if stem, ok := strings.CutPrefix(w, "="); ok && stem != "" {
			c.stem[stem] = [2]uint16{small(a), small(b)}
			continue
		}
		c.of_[w] = [2]uint16{small(a), small(b)}
	}
	return c
}

func small(s string) uint16 {
	n := uint16(0)
	for i := range len(s) {
		n = n*10 + uint16(s[i]-'0')
	}
	return n
}

func (c *clusters) of(word string) (coarse, fine uint16) {
	g := c.of_[word]
	return g[0], g[1]
}

func (c *clusters) ofStem(stem string) (coarse, fine uint16) {
	g := c.stem[stem]
	return g[0], g[1]
}

// Sizes of the groupings of words and of stems, for each language.
const (
	coarseGroups     = 120
	fineGroups       = 900
	coarseStemGroups = 250
	fineStemGroups   = 1500
	mostStems        = 12500 // the rest are rare
)

// LearnClusters makes the groups from texts of one language. first is the
// number of its first group, so that languages do not share any.
func LearnClusters(texts []string, m *morph.Morph, lang isnad.Lang, first int, out *bufio.Writer) error {
	var sentences, stems [][]string
	seen := map[string]bool{}
	for _, t := range texts {
		for _, s := range token.Cut(t).Sentences {
			if s.Lang != lang {
				continue
			}
			id := t[s.Start:s.End]
			if seen[id] {
				continue // copies would weigh twice
			}
			seen[id] = true
			var words, keys []string
			for i := range s.Tokens {
				switch n := s.Tokens[i].Norm; {
				case s.Tokens[i].Kind == token.Digit:
					words, keys = append(words, "#"), append(keys, "#")
				case s.Tokens[i].Kind == token.Word && lang == isnad.Arabic:
					w := m.Arabic(n)
					words, keys = append(words, w.Base), append(keys, key(w))
				case s.Tokens[i].Kind == token.Word:
					words, keys = append(words, n), append(keys, key(m.English(n)))
				}
			}
			sentences, stems = append(sentences, words), append(stems, keys)
		}
	}
	write := func(mark string, words []string, coarse, fine []int) error {
		for i, w := range words {
			if _, err := fmt.Fprintf(out, "%s%s\t%d\t%d\n", mark, w, first+coarse[i], first+fine[i]); err != nil {
				return fmt.Errorf("write clusters: %w", err)
			}
		}
		return nil
	}
	words, vectors := learn.Vectors(sentences, 64, 8, 4)
	if err := write("", words, learn.Clusters(vectors, coarseGroups, 12), learn.Clusters(vectors, fineGroups, 12)); err != nil {
		return err
	}
	words, vectors = learn.Vectors(stems, 80, 6, 6)
	coarse, fine := learn.Clusters(vectors, coarseStemGroups, 12), learn.Clusters(vectors, fineStemGroups, 12)
	return write("=", words[:min(len(words), mostStems)], coarse, fine)
}
