package engine_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"isnad"
	"isnad/internal/annotate"
	"isnad/internal/coder"
	"isnad/internal/doctext"
	"isnad/internal/morph"
	"isnad/internal/orth"
	"isnad/internal/token"
	"isnad/internal/values"
	"isnad/lexicon"
)

// walked is the sentence that docs/architecture.md follows.
const walked = "وقالت وزارة الدفاع الأوكرانية إن كوريا الشمالية أرسلت نحو 3000 جندي إلى روسيا في أكتوبر."

// TestArchitecture holds the values in docs/architecture.md: a block after
// "<!-- stage: name -->" is what that stage makes of the sentence.
func TestArchitecture(t *testing.T) {
	lex, err := lexicon.Load("")
	if err != nil {
		t.Fatal(err)
	}
	actors, err := annotate.NewActors(lex)
	if err != nil {
		t.Fatal(err)
	}
	valuer, err := values.NewValuer(lex)
	if err != nil {
		t.Fatal(err)
	}
	cod, err := coder.New(lex)
	if err != nil {
		t.Fatal(err)
	}
	words := morph.New(lex)
	a := isnad.Article{ID: "walk", Outlet: "example", Published: "2024-11-19", Lang: isnad.Arabic, Text: walked}
	cut := token.Cut(a.Text)
	sentence := cut.Sentences[0]
	mentions := actors.Find(&a, cut)
	vals := valuer.Find(&a, cut)
	text := func(from, to int) string { return a.Text[sentence.Tokens[from].Start:sentence.Tokens[to-1].End] }

	doctext.Check(t, "../docs/architecture.md", "stage", *update, func(stage string) (string, error) {
		var b strings.Builder
		switch stage {
		case "sentence":
			b.WriteString(walked)
		case "fold":
			b.WriteString(orth.Fold(walked))
		case "cut":
			for i, k := range sentence.Tokens {
				fmt.Fprintf(&b, "%2d  %3d–%-3d  %s", i, k.Start, k.End, k.Norm)
				if k.TaMarbuta {
					b.WriteString("  (ة)")
				}
				b.WriteString("\n")
			}
		case "morph":
			for _, i := range []int{0, 7, 10} {
				w := words.Arabic(sentence.Tokens[i].Norm)
				fmt.Fprintf(&b, "%-8s conjunction %v, article %v, stem %s, verb %q, form %v\n", sentence.Tokens[i].Norm, w.Conj, w.Art, w.Stem, w.Verb, w.Form)
			}
		case "mentions":
			for _, m := range mentions[0] {
				fmt.Fprintf(&b, "%2d–%-2d  %-7v %v  role %q  «%s»  from %s\n", m.From, m.To, m.Kind, m.Codes, m.Role, text(m.From, m.To), strings.Join(m.Rows, " "))
			}
		case "values":
			for _, q := range vals[0].Quantities {
				fmt.Fprintf(&b, "quantity «%s»: kind %s, %v to %v, %s, unit %s\n", text(q.From, q.To), q.Kind, q.Low, q.High, q.Approx, q.Unit)
			}
			for _, w := range vals[0].Times {
				fmt.Fprintf(&b, "time «%s»: %s to %s, %s\n", text(w.From, w.To), w.When.From, w.When.To, w.When.Precision)
			}
			for _, p := range vals[0].Places {
				fmt.Fprintf(&b, "place «%s»: %s, %s %s (%s)\n", text(p.From, p.To), p.ID, p.State, p.Relation, p.Precision)
			}
		case "events":
			for _, e := range cod.Code(&a, cut, mentions, false) {
				fmt.Fprintf(&b, "trigger %d «%s»  type %s\nactor %v  recipient %v\nspeaker %v, through the cue %d «%s»\nstance %s  factuality %s  score %.1f\n",
					e.Token, text(e.Token, e.Token+1), e.Type, e.Actor, e.Recipient, e.Speaker, e.Cue, cue(sentence, a.Text, e.Cue), e.Stance, e.Factuality, e.Score)
			}
		case "claim":
			for _, c := range theReader(t).Read(a).Claims {
				out, err := json.MarshalIndent(c, "", "  ")
				if err != nil {
					return "", err
				}
				b.WriteString(c.String() + "\n" + string(out) + "\n")
			}
		default:
			return "", fmt.Errorf("no stage %q", stage)
		}
		return b.String(), nil
	})
}

func cue(s token.Sentence, text string, i int) string {
	if i < 0 {
		return ""
	}
	return text[s.Tokens[i].Start:s.Tokens[i].End]
}
