package coder

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"isnad"
	"isnad/internal/annotate"
	"isnad/internal/token"
	"isnad/lexicon"
)

// bare is a coder without models, and what finds who is named.
var bare = sync.OnceValues(func() (*Coder, *annotate.Actors) {
	lex, err := lexicon.Load("")
	if err != nil {
		panic(err)
	}
	ann, err := annotate.NewActors(lex)
	if err != nil {
		panic(err)
	}
	return newBare(lex), ann
})

// marked is the last sentence of a text, and the token that stands in brackets in it.
func marked(t *testing.T, text string) (*sentence, int) {
	t.Helper()
	c, ann := bare()
	at := strings.Index(text, "[")
	text = strings.NewReplacer("[", "", "]", "").Replace(text)
	a := &isnad.Article{Text: text}
	cut := token.Cut(text)
	d := c.prepare(a, cut, ann.Find(a, cut))
	s := d.sentences[len(d.sentences)-1]
	i := slices.IndexFunc(s.tok, func(k token.Token) bool { return k.End > at })
	if at < 0 || i < 0 {
		t.Fatalf("%q: no token in brackets", text)
	}
	return s, i
}

// What a belief, evidence or a confirmation is of needs no model.
func TestVouchings(t *testing.T) {
	aid := slices.Index(isnad.Types, "AID")
	for _, x := range []struct{ text, want string }{
		{"ويُعتقد أن أنقرة [تسلمت] شحنة قمح من كييف.", "UNK believes"},
		{"يعتقد أن أنقرة [تسلمت] شحنة قمح من كييف.", "UNK believes"},
		{"يعتقد خبراء أن أنقرة [تسلمت] شحنة قمح من كييف.", ""},
		{"ويعتقد البعض أن أنقرة [تسلمت] شحنة قمح من كييف.", ""},
		{"لا يُعتقد أن أنقرة [تسلمت] شحنة قمح من كييف.", ""},
		{"أكدت وزارة الخارجية البولندية وجود أدلة على [إرسال] روسيا أسلحة إلى مالي.", "POL confirms"},
		{"قالت بولندا إن لديها أدلة على [إرسال] روسيا أسلحة إلى مالي.", "POL confirms"},
		{"قالت بولندا إنه لا أدلة على [إرسال] روسيا أسلحة إلى مالي.", "nobody"},
		{"نفت بولندا وجود أدلة على [إرسال] روسيا أسلحة إلى مالي.", ""},
		{"أكد الجيش المصري [قصف] مواقع في سيناء.", "EGY confirms"},
		{"أكدت مصادر [قصف] مواقع في سيناء.", ""},
		{"لم يؤكد الجيش المصري [قصف] مواقع في سيناء.", ""},
		{"أكد الجيش المصري ضرورة [قصف] مواقع في سيناء.", ""},
		{"أكد الرئيس المصري خلال [قصف] سيناء أن بلاده صامدة.", ""},
		{"Cairo is believed to have [sent] grain to Khartoum.", "UNK believes"},
		{"Analysts believe that Cairo [sent] grain to Khartoum.", ""},
		{"Poland has evidence that Russia [sent] arms to Mali.", "POL confirms"},
		{"Poland said there was no evidence that Russia [sent] arms to Mali.", "nobody"},
	} {
		s, i := marked(t, x.text)
		got := ""
		if v := s.vouched(s.vouchings(s.links(), nil), i, aid); v != nil {
			if got = fmt.Sprintf("%s %s", strings.Trim(fmt.Sprint(v.who), "[]"), v.stance); v.none {
				got = "nobody"
			}
		}
		if got != x.want {
			t.Errorf("%s\nvouched for by %q; want %q", x.text, got, x.want)
		}
	}
}

func TestBuildups(t *testing.T) {
	for _, x := range []struct{ text, who string }{
		{"تواصل باكستان [تعزيز] ترسانتها.", "PAK"},
		{"[عززت] باكستان قدراتها الصاروخية.", "PAK"},
		{"تسعى باكستان إلى [توسيع] برنامجها النووي.", "PAK"},
		{"دعت الهند إلى وقف [توسيع] باكستان برنامجها النووي.", ""},
		{"[عززت] باكستان قدراتها السياحية.", ""},
		{"[عززت] واشنطن قدرات باكستان الدفاعية.", ""},
		{"حصلت باكستان على دعم [لتوسيع] برنامجها النووي.", ""},
		{"Pakistan is [expanding] its nuclear arsenal.", "PAK"},
		{"Pakistan will not [expand] its nuclear arsenal.", ""},
		{"Pakistan is [expanding] its tourism programme.", ""},
	} {
		s, i := marked(t, x.text)
		who := ""
		for _, b := range s.buildups() {
			if b.i == i {
				who = strings.Trim(fmt.Sprint(b.owner), "[]")
			}
		}
		if who != x.who {
			t.Errorf("%s\nbuilt up by %q; want %q", x.text, who, x.who)
		}
	}
}

func TestOrders(t *testing.T) {
	for _, x := range []struct {
		text  string
		order bool
	}{
		{"أصدر الرئيس الكيني توجيهاته [بإرسال] قمح إلى الصومال.", true},
		{"أمر الرئيس الكيني [بإرسال] قمح إلى الصومال.", true},
		{"قال الرئيس الكيني إن الأمر لا يتعلق [بإرسال] قمح إلى الصومال.", false},
		{"لم يصدر الرئيس الكيني أوامر [بإرسال] قمح إلى الصومال.", false},
		{"The Kenyan president ordered the [sending] of wheat to Somalia.", true},
		{"Kenya acted in order to [send] wheat to Somalia.", false},
	} {
		s, i := marked(t, x.text)
		if _, ok := s.ordered(i); ok != x.order {
			t.Errorf("%s\nordered: %v; want %v", x.text, ok, x.order)
		}
	}
}

// A parliament's consent is its own; the other side is named after «مع» or was
// party to the pact.
func TestConsent(t *testing.T) {
	told := &memory{told: []told{{"AGREE", []isnad.Code{"KEN", "UGA"}, []isnad.Code{"KEN", "UGA"}}}}
	for _, x := range []struct{ text, want string }{
		{"[صادق] البرلمان الكيني على معاهدة الحدود مع إثيوبيا.", "KEN>ETH"},
		{"[صادق] البرلمان الكيني على المعاهدة.", "KEN>UGA"},
		{"[صادق] البرلمان الكيني على قانون الضرائب.", ""},
		{"The Kenyan parliament [ratified] the treaty with Ethiopia.", "KEN>ETH"},
		{"The Kenyan parliament [ratified] the treaty.", "KEN>UGA"},
	} {
		s, i := marked(t, x.text)
		got := ""
		if a, r, ok := s.consent(i, told); ok {
			got = fmt.Sprintf("%s>%s", strings.Trim(fmt.Sprint(a), "[]"), strings.Trim(fmt.Sprint(r), "[]"))
		}
		if got != x.want {
			t.Errorf("%s\nconsent %q; want %q", x.text, got, x.want)
		}
	}
}
