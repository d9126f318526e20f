package annotate

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"isnad"
	"isnad/internal/token"
	"isnad/lexicon"
)

// TestActorsGold prints, for each language and part, the share of the codes of
// annotated actors, recipients and speakers that are found among the mentions
// of the sentence (a), and of it, the two sentences before and the title (b).
// It needs the project's shared material beside the repository and skips
// without it. With -v and ACTORS_MISSED=n it shows n missed sentences of the
// development part; the held-back part shows figures only.
func TestActorsGold(t *testing.T) {
	dir := "../../../shared/gold"
	files, _ := filepath.Glob(dir + "/train/*.articles.jsonl")
	if len(files) == 0 {
		t.Skip("no gold articles beside the repository")
	}
	files = append(files, dir+"/train.articles.jsonl", dir+"/dev.articles.jsonl")
	lex, err := lexicon.Load("")
	if err != nil {
		t.Fatal(err)
	}
	a, err := NewActors(lex)
	if err != nil {
		t.Fatal(err)
	}
	type score struct{ want, same, near, party, partySame, sents, codes int }
	scores := map[string]*score{}
	missed := map[string]int{}
	hits := map[string][2]int{} // by how a mention was found: [in gold, all], of sentences with claims
	var shown []string
	for _, f := range files {
		gold := map[string]map[int][]goldClaim{}
		readLines(t, strings.Replace(f, ".articles.", ".gold.", 1), func(b []byte) error {
			var g struct {
				ID     string
				I      int
				Claims []goldClaim
			}
			if err := json.Unmarshal(b, &g); err != nil {
				return err
			}
			if gold[g.ID] == nil {
				gold[g.ID] = map[int][]goldClaim{}
			}
			gold[g.ID][g.I] = g.Claims
			return nil
		})
		readLines(t, f, func(b []byte) error {
			var art struct {
				isnad.Article
				Sentences []struct{ I, Start, End int }
			}
			var sents struct {
				Sentences []struct{ I, Start, End int }
			}
			// Article has a decoder of its own, which an outer struct would inherit.
			if err := errors.Join(json.Unmarshal(b, &art.Article), json.Unmarshal(b, &sents)); err != nil {
				return err
			}
			art.Sentences = sents.Sentences
			h := fnv.New32a()
			h.Write([]byte(art.ID))
			part := "train"
			if strings.Contains(f, "dev.articles") {
				part = "dev"
			} else if h.Sum32()%5 == 0 {
				part = "held"
			}
			txt := token.Cut(art.Text)
			found := a.Find(&art.Article, txt)
			runes := []rune(art.Text)
			codesIn := make([]map[isnad.Code]bool, len(art.Sentences))
			titleCodes := map[isnad.Code]bool{}
			tart := isnad.Article{Outlet: art.Outlet, Published: art.Published, Lang: art.Lang}
			for _, ms := range a.Find(&tart, token.Cut(art.Title)) {
				for _, m := range ms {
					for _, c := range m.Codes {
						titleCodes[c] = true
					}
				}
			}
			key := part + " " + string(art.Lang)
			if scores[key] == nil {
				scores[key] = &score{}
			}
			sc := scores[key]
			for k, s := range art.Sentences {
				codesIn[k] = map[isnad.Code]bool{}
				from := len(string(runes[:s.Start]))
				to := len(string(runes[:s.End]))
				var names []string
				for i, ms := range found {
					toks := txt.Sentences[i].Tokens
					for _, m := range ms {
						if at := toks[m.From].Start; at >= from && at < to {
							for _, c := range m.Codes {
								codesIn[k][c] = true
							}
							names = append(names, fmt.Sprintf("%s=%v", art.Text[toks[m.From].Start:toks[m.To-1].End], m.Codes))
						}
					}
				}
				sc.sents++
				sc.codes += len(codesIn[k])
				if part == "train" && len(gold[art.ID][s.I]) > 0 {
					all := map[isnad.Code]bool{}
					for _, g := range gold[art.ID][s.I] {
						for _, list := range [][]string{g.Actor, g.Recipient, g.Speaker} {
							for _, x := range list {
								all[isnad.Code(x)] = true
							}
						}
					}
					for i, ms := range found {
						toks := txt.Sentences[i].Tokens
						for _, m := range ms {
							if at := toks[m.From].Start; at < from || at >= to {
								continue
							}
							for _, key := range []string{string(art.Lang) + " " + fmt.Sprint(m.Kind, " ", m.Resolved), string(art.Lang) + " row " + m.Rows[0] + fmt.Sprint(" ", m.Resolved)} {
								h := hits[key]
								h[1]++
								for _, c := range m.Codes {
									if all[c] {
										h[0]++
										break
									}
								}
								hits[key] = h
							}
						}
					}
				}
				miss := ""
				for _, g := range gold[art.ID][s.I] {
					for j, list := range [][]string{g.Actor, g.Recipient, g.Speaker} {
						for _, x := range list {
							c := isnad.Code(x)
							sc.want++
							in := codesIn[k][c]
							near := in || titleCodes[c]
							for d := 1; d <= 2; d++ {
								near = near || k-d >= 0 && codesIn[k-d][c]
							}
							if j < 2 {
								sc.party++
							}
							if in {
								sc.same++
								if j < 2 {
									sc.partySame++
								}
							} else {
								if j < 2 && part == "train" {
									missed[string(art.Lang)+" "+x]++
									miss += fmt.Sprintf(" %s:%s«%s»", []string{"actor", "rec"}[j], x, g.Trigger)
								}
							}
							if near {
								sc.near++
							}
						}
					}
				}
				if miss != "" && part == "train" {
					shown = append(shown, string(art.Lang)+" "+art.ID+miss+"\n   "+string(runes[s.Start:s.End])+"\n   "+strings.Join(names, "; "))
				}
			}
			return nil
		})
	}
	var keys []string
	for k := range scores {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		s := scores[k]
		t.Logf("%-9s codes %5d  same sentence %.3f  near %.3f  actor+recipient same %.3f  codes a sentence %.2f", k, s.want,
			float64(s.same)/float64(s.want), float64(s.near)/float64(s.want), float64(s.partySame)/float64(s.party), float64(s.codes)/float64(s.sents))
	}
	if os.Getenv("ACTORS_HITS") != "" {
		var ks []string
		for k, h := range hits {
			if h[1] >= 15 {
				ks = append(ks, k)
			}
		}
		sort.Slice(ks, func(i, j int) bool { return hits[ks[i]][1]-hits[ks[i]][0] > hits[ks[j]][1]-hits[ks[j]][0] })
		for _, k := range ks[:min(90, len(ks))] {
			t.Logf("%-50s %5d of %5d  %.2f", k, hits[k][0], hits[k][1], float64(hits[k][0])/float64(hits[k][1]))
		}
	}
	n := 0
	fmt.Sscan(os.Getenv("ACTORS_MISSED"), &n)
	if n > 0 {
		var ks []string
		for k := range missed {
			ks = append(ks, k)
		}
		sort.Slice(ks, func(i, j int) bool { return missed[ks[i]] > missed[ks[j]] })
		for _, k := range ks[:min(40, len(ks))] {
			t.Logf("missed %s %d", k, missed[k])
		}
		want := os.Getenv("ACTORS_LANG")
		step := max(1, len(shown)/n)
		for i := 0; i < len(shown); i += step {
			if strings.HasPrefix(shown[i], want) && strings.Contains(shown[i], os.Getenv("ACTORS_CODE")) {
				t.Log(shown[i])
			}
		}
	}
}

type goldClaim struct {
	Actor, Recipient, Speaker []string
	Trigger                   string
}

func readLines(t *testing.T, file string, f func([]byte) error) {
	t.Helper()
	fh, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer fh.Close()
	sc := bufio.NewScanner(fh)
	sc.Buffer(nil, 1<<24)
	for sc.Scan() {
		if err := f(sc.Bytes()); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
	}
}
