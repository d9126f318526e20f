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
		"وقّعت الدولتان معاهدة دفاعية تلزم المادة الرابعة منها كلتيهما بتقديم الدعم العسكري إن تعرضت لهجوم.": "step=signed kind=defence binding=obliges article=4 duty=military assistance condition=attacked",
		"وصلت إلى الميناء سفينة فيها قمح للحرب في أوكرانيا.":                                                 "stage=delivered what=food against=UKR",
		"Pyongyang sent 1,500 troops to fight against Ukraine under Article 4.":                              "stage=shipped what=troops against=UKR article=4",
		"صادق البرلمان على الاتفاقية التي تحل محل سابقتها.":                                                  "step=ratified step=replaces",
		"It commits each side to help the other if it is attacked.":                                          "binding=obliges mutual=either duty=assistance condition=attacked",
		"ورد خطأ في خبر نشرته الجريدة أمس.":                                                                  "correction=error",
		"The agency withdrew the story.": "correction=withdrawn",
		"وينتهي العمل بمعاهدة سابقة.":    "step=lapsed",
		"Nothing of the kind.":           "",
	} {
		n := utf8.RuneCountInString(text)
		c := isnad.Claim{ID: "c", Kind: isnad.KindEvent, Field: "text", Sentence: isnad.Span{End: n}, Trigger: isnad.Trigger{Span: isnad.Span{End: 3}}}
		if got := strings.Join(r.Read(isnad.Article{ID: "a", Text: text}, []isnad.Claim{c}).Tags["c"], " "); got != want {
			t.Errorf("%s\ngot  %s\nwant %s", text, got, want)
		}
	}
}

// A headline that begins with a word of correction and a sign says it of all
// claims; the same word in a headline that goes on does not.
func TestNotice(t *testing.T) {
	r := reader(t)
	for title, want := range map[string]string{
		"تصويب: عدد القتلى 15 وليس 150":  "correction=error",
		"Correction: figure of the dead": "correction=error",
		"تصحيح أسعار النفط يتواصل":       "",
		"Correction in oil prices":       "",
	} {
		c := isnad.Claim{ID: "c", Kind: isnad.KindEvent, Field: "text", Sentence: isnad.Span{End: 4}, Trigger: isnad.Trigger{Span: isnad.Span{End: 3}}}
		if got := strings.Join(r.Read(isnad.Article{ID: "a", Title: title, Text: "Kyiv."}, []isnad.Claim{c}).Tags["c"], " "); got != want {
			t.Errorf("%s: %q, want %q", title, got, want)
		}
	}
}
