//go:build shares

package origin

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"isnad"
	"isnad/internal/token"
	"isnad/lexicon"
)

// Counts words and writes lexicon/data/word_shares.tsv anew, from articles as
// JSONL of each language in a file:
//
//	ISNAD_COUNT=july2015:ar:articles.jsonl,wikinews:en:english.jsonl go test -tags shares ./internal/origin -run WriteShares
//
// Shares are kept in steps of a factor 1.5, words of less than 0.2 % of the
// articles are left out: a name in the news is as rare as any word not listed.
func TestWriteShares(t *testing.T) {
	from := os.Getenv("ISNAD_COUNT")
	if from == "" {
		t.Skip("ISNAD_COUNT names no articles")
	}
	const least, step = 0.002, 1.5
	lex, err := lexicon.Load("")
	if err != nil {
		t.Fatal(err)
	}
	r := New(lex)
	var out strings.Builder
	out.WriteString("# How many articles hold a word, as internal/origin takes its inflection off; made by TestWriteShares there.\nid\tlang\tshare\tforms\tref\n")
	for _, part := range strings.Split(from, ",") {
		f := strings.SplitN(part, ":", 3)
		file, err := os.Open(f[2])
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		count, n := map[string]int{}, 0
		lines := bufio.NewScanner(file)
		lines.Buffer(nil, 1<<24)
		for lines.Scan() {
			var a isnad.Article
			if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
				t.Fatal(err)
			}
			n++
			seen := map[string]bool{}
			for _, s := range token.Cut(a.Title + "\n" + a.Text).Sentences {
				for _, k := range s.Tokens {
					if stem := r.Stem(k, s.Lang); k.Kind != token.Sign && stem != "" && !seen[stem] {
						seen[strings.Clone(stem)] = true
					}
				}
			}
			for s := range seen {
				count[s]++
			}
		}
		bands := map[int][]string{}
		for s, c := range count {
			if share := float64(c) / float64(n); c >= 3 && share >= least {
				band := 0
				for x := least * step; x < share; x *= step {
					band++
				}
				bands[band] = append(bands[band], s)
			}
		}
		share := least * 1.22
		for band := range 20 {
			slices.Sort(bands[band])
			if len(bands[band]) > 0 {
				fmt.Fprintf(&out, "%s_%02d\t%s\t%.4f\t%s\t%s\n", f[1], band, f[1], min(share, 1), strings.Join(bands[band], "|"), f[0])
			}
			share *= step
		}
	}
	if err := os.WriteFile("../../lexicon/data/word_shares.tsv", []byte(out.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
