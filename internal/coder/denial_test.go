package coder

import (
	"slices"
	"strings"
	"testing"

	"isnad"
	"isnad/internal/annotate"
	"isnad/internal/token"
	"isnad/lexicon"
)

// The rules of denial need no model: each sentence marks the word of its event by
// brackets.
func TestDenials(t *testing.T) {
	lex, err := lexicon.Load("")
	if err != nil {
		t.Fatal(err)
	}
	ann, err := annotate.NewActors(lex)
	if err != nil {
		t.Fatal(err)
	}
	c := newBare(lex)
	for _, x := range []struct {
		text string
		who  string // who denies the event in brackets; "" nobody
	}{
		{"نفت موسكو [تزويد] بيونغ يانغ لها بالأسلحة.", "RUS"},
		{"نفى المتحدث باسم الكرملين أن تكون كوريا الشمالية قد [أرسلت] جنودا إلى روسيا.", "RUS"},
		{"ونفت طهران [إرسال] طائرات مسيرة إلى روسيا.", "IRN"},
		{"نفت أنقرة ما ذكرته صحيفة يونانية عن [قصف] قواتها قرية سورية.", "TUR"},
		{"كذّبت طهران تقارير عن [تسليمها] صواريخ إلى موسكو.", "IRN"},
		{"فنّدت الخارجية المصرية تقارير عن [اعتقال] صحفي إيطالي في القاهرة.", "EGY"},
		{"قالت وزارة الدفاع الروسية إنه لا صحة لما تردد عن [انسحاب] قواتها من القاعدة.", "RUS"},
		{"أكدت بيونغ يانغ أنه لا أساس من الصحة لما نشر عن [إرسال] جنود إلى روسيا.", "PRK"},
		{"قالت بكين إن الحديث عن [تسليح] الجيش الروسي عار عن الصحة.", "CHN"},
		{"وتنفي روسيا وكوريا الشمالية [تبادل] السلاح بينهما.", "RUS PRK"},
		{"التقى الوزير الأردني نظيره العراقي في بغداد، نافيا [إغلاق] الحدود.", "JOR"},
		{"لا تنفي موسكو [إرسال] مستشارين إلى سوريا.", ""},
		{"لم تؤكد موسكو أو تنف [إرسال] مستشارين إلى سوريا.", ""},
		{"نفت موسكو أن تكون لم [ترسل] قمحا إلى سوريا.", ""},
		{"رفضت أنقرة [إرسال] قوات إلى ليبيا.", ""},
		{"لم [ترسل] اليابان أسلحة إلى أوكرانيا.", ""},
		{"The Kremlin denied that North Korea had [sent] troops to Russia.", "RUS"},
		{"Tehran has denied [supplying] drones to Moscow.", "IRN"},
		{"Berlin dismissed reports that it had [delivered] missiles to Ukraine.", "DEU"},
		{"Pyongyang said there was no truth to reports that it had [sent] troops to Russia.", "PRK"},
		{"Tehran said the report that it [shipped] drones to Moscow was not true.", "IRN"},
		{"Moscow did not deny that it had [sent] advisers to Syria.", ""},
		{"Moscow neither confirmed nor denied that it had [sent] advisers to Syria.", ""},
		{"Hungary denied entry to a Serb who had [attacked] a mosque.", ""},
		{"Iran rejected a French proposal to [send] inspectors.", ""},
	} {
		at := strings.Index(x.text, "[")
		text := strings.NewReplacer("[", "", "]", "").Replace(x.text)
		a := &isnad.Article{Text: text}
		cut := token.Cut(text)
		d := c.prepare(a, cut, ann.Find(a, cut))
		s := d.sentences[0]
		i := slices.IndexFunc(s.tok, func(k token.Token) bool { return k.End > at })
		links := s.links()
		got := ""
		if n := s.denied(s.denials(links, &memory{}), i, slices.Index(isnad.Types, isnad.Type("AID"))); n != nil {
			for _, code := range n.who {
				got = strings.TrimSpace(got + " " + string(code))
			}
		}
		if got != x.who {
			t.Errorf("%s: denied by %q, want %q", x.text, got, x.who)
		}
	}
}
