// Package stability counts how far claims change just as their text does:
// states exchanged, other figures, spelling, quotation marks, an agency in
// front, a denial confirmed or taken out. The sentences are our own.
package stability

import (
	"fmt"
	"regexp"
	"strings"

	"isnad"
)

// Count is how many of the texts that a change alters change their claims in
// just that way.
type Count struct {
	Change   string
	Held, Of int
}

// Figures that are exchanged for others, and the words that turn a denial into
// a confirmation.
var (
	figures       = map[string]string{"1500": "2300", "1,500": "2,300", "23": "31", "300": "450", "40": "65", "12": "18", "4": "7"}
	figure        = regexp.MustCompile(`[0-9][0-9,]*`)
	confirmations = strings.NewReplacer("نفته", "أكدته", "نفت", "أكدت", "نفى", "أكد", "denied", "confirmed")
)

func otherFigures(s string) string {
	return figure.ReplaceAllStringFunc(s, func(d string) string {
		n := strings.TrimRight(d, ",")
		if f, ok := figures[n]; ok {
			return f + d[len(n):]
		}
		return d
	})
}

// Counts tries every change on every text of a language, "together" last.
func Counts(lang isnad.Lang, read Read) []Count {
	t := trial{lang: lang, read: read}
	t.exchange("states exchanged", prk, rus)
	t.exchange("other states", tur, irn)
	t.figures()
	t.spelling("ه for ة", strings.NewReplacer("ة", "ه").Replace)
	t.spelling("grouped digits", strings.NewReplacer("1500", "1,500", "1,500", "1500").Replace)
	t.spelling("straight quotations", strings.NewReplacer("«", `"`, "»", `"`, "“", `"`, "”", `"`).Replace)
	t.spelling("agency in front", func(s string) string {
		if lang == isnad.English {
			return "GENEVA (Reuters) - " + s
		}
		return "جنيف - رويترز: " + s
	})
	t.confirmed()
	t.takenOut()
	all := Count{Change: "together"}
	for _, c := range t.counts {
		all.Held, all.Of = all.Held+c.Held, all.Of+c.Of
	}
	return append(t.counts, all)
}

type trial struct {
	lang   isnad.Lang
	read   Read
	counts []Count
}

// add notes a change; one that alters no text of the language is left out.
func (t *trial) add(change string, held []bool) {
	c := Count{Change: change, Of: len(held)}
	for _, ok := range held {
		if ok {
			c.Held++
		}
	}
	if c.Of > 0 {
		t.counts = append(t.counts, c)
	}
}

func (t *trial) readings(text string) []reading { return t.read.readings(t.lang, text, nil) }

func equal(x, y []reading) bool { return shown(x) == shown(y) }

// exchange names other states: the same claims of those.
func (t *trial) exchange(change string, a, b side) {
	var held []bool
	of := map[isnad.Code]isnad.Code{rus.code: a.code, prk.code: b.code}
	for _, s := range structures[t.lang] {
		held = append(held, equal(t.read.readings(t.lang, form(s, t.lang, rus, prk), of), t.readings(form(s, t.lang, a, b))))
	}
	t.add(change, held)
}

// figures writes other numbers: the same claims with those quantities.
func (t *trial) figures() {
	var held []bool
	for _, base := range Sentences(t.lang) {
		changed := otherFigures(base)
		if changed == base {
			continue
		}
		want := t.readings(base)
		for _, r := range want {
			for i := range r.quantities {
				for _, v := range []*float64{&r.quantities[i].Low, &r.quantities[i].High} {
					if f, ok := figures[fmt.Sprint(*v)]; ok {
						fmt.Sscan(f, v)
					}
				}
			}
		}
		held = append(held, equal(want, t.readings(changed)))
	}
	t.add("other figures", held)
}

// spelling changes nothing that is said: the claims stay the same.
func (t *trial) spelling(change string, c func(string) string) {
	var held []bool
	for _, base := range Sentences(t.lang) {
		if changed := c(base); changed != base {
			held = append(held, equal(t.readings(base), t.readings(changed)))
		}
	}
	t.add(change, held)
}

// confirmed turns a denial into a confirmation: the same claims, confirmed.
func (t *trial) confirmed() {
	var held []bool
	for _, base := range Sentences(t.lang) {
		changed := confirmations.Replace(base)
		if changed == base {
			continue
		}
		want, denied := t.readings(base), false
		for i, r := range want {
			if r.stance == string(isnad.Denies) {
				denied = true
				want[i].stance, want[i].denies = string(isnad.Confirms), ""
			}
		}
		held = append(held, denied && equal(want, t.readings(changed)))
	}
	t.add("denial confirmed", held)
}

// takenOut takes the sentence of a denial out of the article: the claims of the
// others stay.
func (t *trial) takenOut() {
	var held []bool
	list := Sentences(t.lang)
	for k, s := range list {
		if confirmations.Replace(s) == s {
			continue
		}
		before, after := strings.Join(list[:k], "\n"), strings.Join(list[k+1:], "\n")
		from := len([]rune(before)) + 1
		var want []reading
		for _, r := range t.readings(Article(t.lang)) {
			if r.at < from || r.at >= from+len([]rune(s)) {
				want = append(want, r)
			}
		}
		held = append(held, equal(want, t.readings(before+"\n"+after)))
	}
	t.add("denial taken out", held)
}
