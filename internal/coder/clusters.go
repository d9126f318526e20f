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
// Zero is an unknown word.
type clusters struct {
	of_ map[string][2]uint16
}

func loadClusters() *clusters {
	c := &clusters{of_: map[string][2]uint16{}}
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

func (c *clusters) of(word string) (coarse, fine uint32) {
	g := c.of_[word]
	return uint32(g[0]), uint32(g[1])
}

// Sizes of the two groupings, for each language.
const (
	coarseGroups = 120
	fineGroups   = 900
)

// LearnClusters makes the groups from texts of one language. first is the
// number of its first group, so that languages do not share any.
func LearnClusters(texts []string, m *morph.Morph, lang isnad.Lang, first int, out *bufio.Writer) error {
	var sentences [][]string
	seen := map[string]bool{}
	for _, t := range texts {
		for _, s := range token.Cut(t).Sentences {
			if s.Lang != lang {
				continue
			}
			key := t[s.Start:s.End]
			if seen[key] {
				continue // copies would weigh twice
			}
			seen[key] = true
			var words []string
			for i := range s.Tokens {
				switch s.Tokens[i].Kind {
				case token.Digit:
					words = append(words, "#")
				case token.Word:
					if lang == isnad.Arabic {
						words = append(words, m.Arabic(s.Tokens[i].Norm).Base)
					} else {
						words = append(words, s.Tokens[i].Norm)
					}
				}
			}
			sentences = append(sentences, words)
		}
	}
	words, vectors := learn.Vectors(sentences, 64, 8, 4)
	coarse := learn.Clusters(vectors, coarseGroups, 12)
	fine := learn.Clusters(vectors, fineGroups, 12)
	for i, w := range words {
		if _, err := fmt.Fprintf(out, "%s\t%d\t%d\n", w, first+coarse[i], first+fine[i]); err != nil {
			return fmt.Errorf("write clusters: %w", err)
		}
	}
	return nil
}
