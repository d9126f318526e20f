package stability

import (
	"regexp"
	"strings"
	"testing"

	"isnad"
)

// words reads a text by its words alone: who is named sent something, and it
// was denied where a word says so. Whatever of it is exchanged, the claims
// follow, but for a denial, whose words it takes for themselves.
func words(a isnad.Article) (out []isnad.Claim) {
	names := regexp.MustCompile(`Russian?|Moscow|North Korean?|Pyongyang|Turk(ey|ish)|Ankara|Iran(ian)?|Tehran`)
	code := map[byte]isnad.Code{'R': "RUS", 'M': "RUS", 'N': "PRK", 'P': "PRK", 'T': "TUR", 'A': "TUR", 'I': "IRN"}
	at := 0
	for line := range strings.Lines(a.Text) {
		c := isnad.Claim{Kind: isnad.KindEvent, Type: "AID", Stance: isnad.States, Trigger: isnad.Trigger{Span: isnad.Span{Start: at}}}
		at += len([]rune(line))
		for _, n := range names.FindAllString(line, -1) {
			k := code[n[0]]
			if strings.HasPrefix(n, "Teh") {
				k = "IRN"
			}
			c.Actor = append(c.Actor, isnad.Actor{Code: k})
		}
		if strings.Contains(line, "denied") {
			c.Stance, c.Denies = isnad.Denies, isnad.DeniesEvent
		} else if strings.Contains(line, "confirmed") {
			c.Stance = isnad.Confirms
		}
		if strings.Contains(line, "Reuters") {
			c.Type = "ASSAULT" // a fault that must be counted
		}
		out = append(out, c)
	}
	return out
}

func TestCounts(t *testing.T) {
	got := map[string]Count{}
	for _, c := range Counts(isnad.English, words) {
		got[c.Change] = c
	}
	n := len(Sentences(isnad.English))
	for change, want := range map[string]Count{
		"states exchanged": {Held: n, Of: n}, "other states": {Held: n, Of: n}, "other figures": {Held: 5, Of: 5},
		"agency in front": {Held: 0, Of: n}, "denial confirmed": {Held: 4, Of: 4}, "denial taken out": {Held: 4, Of: 4},
	} {
		want.Change = change
		if got[change] != want {
			t.Errorf("%+v; want %+v", got[change], want)
		}
	}
	if _, there := got["ه for ة"]; there {
		t.Error("a change that alters no text is counted")
	}
}
