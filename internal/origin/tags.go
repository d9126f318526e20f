package origin

import (
	"slices"
	"strings"

	"isnad"
	"isnad/internal/token"
)

// tags finds the words of the table pact_words in the sentence of a claim, the
// longest phrase first. After a cue of enmity the next state within four words is
// whom it is against; a word for "again" counts beside the trigger only; after «المادة» or "article" comes its number.
func (r *Reader) tags(p *positions, c isnad.Claim) []string {
	first, last := p.token(c.Sentence.Start), p.token(c.Sentence.End)
	var words []string
	trigger := 0
	for i, t := range p.tokens[first:last] {
		if t.Kind != token.Sign {
			if p.start[first+i] <= c.Trigger.Start {
				trigger = len(words)
			}
			words = append(words, t.Norm)
		}
	}
	var out []string
	add := func(tag string) {
		if !slices.Contains(out, tag) {
			out = append(out, tag)
		}
	}
	for i := 0; i < len(words); {
		e, ok := r.bare(words[i:], tag)
		if !ok {
			i++
			continue
		}
		i += e.words
		switch e.tag {
		case "against=cue":
			for j := i; j < min(i+4, len(words)); j++ {
				if s, ok := r.bare(words[j:], place); ok {
					add("against=" + s.tag)
					break
				}
			}
		case "notice=error", "notice=withdrawn": // of a headline only
		case "article=cue":
			if i == len(words) {
				break
			}
			if n, ok := r.bare(words[i:], number); ok {
				add("article=" + n.tag)
			} else if words[i][0] >= '0' && words[i][0] <= '9' {
				add("article=" + words[i])
			}
		case "again=again":
			// «غارات جديدة»: within three words of the trigger.
			if max(i-trigger, trigger-i) <= 4 {
				add(e.tag)
			}
		default:
			add(e.tag)
		}
	}
	return out
}

// notice is what a headline that begins with a word of correction and a sign says
// of all claims of its article: «تصويب: …», "Correction: …".
func (r *Reader) notice(title *token.Text) string {
	if len(title.Sentences) == 0 {
		return ""
	}
	var words []string
	tokens := title.Sentences[0].Tokens
	for _, t := range tokens[:min(len(tokens), 5)] {
		if t.Kind == token.Sign {
			break
		}
		words = append(words, t.Norm)
	}
	if len(words) == 0 || len(words) == len(tokens) {
		return ""
	}
	e, ok := r.pacts.find(words, tag)
	value, notice := strings.CutPrefix(e.tag, "notice=")
	if !ok || !notice || e.words != len(words) {
		return ""
	}
	return "correction=" + value
}

// bare finds a phrase whose first word may have a conjunction, a preposition and
// the article in front.
func (r *Reader) bare(words []string, u use) (entry, bool) {
	w := words[0]
	for _, prefix := range []string{"", "و", "ف", "ب", "ل", "ال", "وال", "وب", "ول", "بال", "لل"} {
		if rest, ok := strings.CutPrefix(w, prefix); ok && len(rest) > 4 || prefix == "" {
			if len(r.pacts[rest]) == 0 { // most words: seen by one look-up
				continue
			}
			if e, ok := r.pacts.find(append([]string{rest}, words[1:min(len(words), 6)]...), u); ok {
				return e, true
			}
		}
	}
	return entry{}, false
}
