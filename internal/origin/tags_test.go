package origin

import (
	"strings"
	"testing"
	"unicode/utf8"

	"isnad"
)

func TestTags(t *testing.T) {
	r := reader(t)
	for text, want := range map[string]string{
		"وقّعت الدولتان معاهدة دفاعية تلزم المادة الرابعة منها كلتيهما بتقديم الدعم العسكري إن تعرضت لهجوم.": "step=signed kind=defence article=4 duty=military assistance condition=attacked",
		"وصلت إلى الميناء سفينة فيها قمح للحرب في أوكرانيا.":                                                 "stage=delivered what=food against=UKR",
		"Pyongyang sent 1,500 troops to fight against Ukraine under Article 4.":                              "stage=shipped what=troops against=UKR article=4",
		"صادق البرلمان على الاتفاقية التي تحل محل سابقتها.":                                                  "step=ratified step=replaces",
		"Nothing of the kind.": "",
	} {
		n := utf8.RuneCountInString(text)
		c := isnad.Claim{ID: "c", Kind: isnad.KindEvent, Field: "text", Sentence: isnad.Span{End: n}, Trigger: isnad.Trigger{Span: isnad.Span{End: 3}}}
		if got := strings.Join(r.Read(isnad.Article{ID: "a", Text: text}, []isnad.Claim{c}).Tags["c"], " "); got != want {
			t.Errorf("%s\ngot  %s\nwant %s", text, got, want)
		}
	}
}
