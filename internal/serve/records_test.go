package serve

import (
	"encoding/json"
	"strings"
	"testing"

	"isnad"
)

// Agreements, what they oblige to, and transfers: lists, pages of one, filters.
func TestRecordPages(t *testing.T) {
	s := server(t, false, quarrel()...)
	var pacts struct{ Agreements []isnad.Agreement }
	_, body := get(t, s, "/api/agreements")
	if err := json.Unmarshal([]byte(body), &pacts); err != nil || len(pacts.Agreements) == 0 {
		t.Fatal(err, body)
	}
	var sent struct{ Transfers []isnad.Transfer }
	_, body = get(t, s, "/api/transfers?what=troops")
	if err := json.Unmarshal([]byte(body), &sent); err != nil || len(sent.Transfers) == 0 {
		t.Fatal(err, body)
	}
	pact, transfer := agreementLink(pacts.Agreements[0].ID), "/transfers/"+sent.Transfers[len(sent.Transfers)-1].ID
	for _, c := range []struct {
		path   string
		status int
		en, ar []string
	}{
		{"/agreements", 200, []string{"ratified", "North Korea ↔ Russia"}, []string{"تصديق"}},
		{"/agreements?kind=defence&dyad=RUS-PRK&party=rus", 200, []string{pact}, []string{pact}},
		{"/agreements?party=USA", 200, []string{"No agreement answers this", "Take a filter away"}, []string{"لا اتفاق يطابق"}},
		{"/agreements?dyad=RUS", 400, []string{"dyad"}, nil},
		{"/agreements/none", 404, []string{"Not found"}, nil},
		{pact, 200, []string{"step by step", "ratified", "military assistance", "if it is attacked", "is attacked, says Article 4"}, []string{"خطوة خطوة", "مساعدة عسكرية", "إن هوجم"}},
		{"/obligations?if=attacked:RUS", 200, []string{"military assistance", "North Korea", "show the agreement"}, []string{"مساعدة عسكرية", "كوريا الشمالية"}},
		{"/obligations?if=attacked:USA", 200, []string{"No obligation answers this"}, nil},
		{"/obligations?if=attacked", 400, []string{"attacked:RUS"}, nil},
		{"/obligations?open=yes", 200, []string{"not told as done"}, nil},
		{"/transfers", 200, []string{"troops", "Denied by", "1,500", "at least 10,000"}, []string{"نفاه", "على الأقل 10,000"}},
		{"/transfers?dyad=RUS:PRK", 200, []string{"No transfer answers this"}, nil},
		{"/transfers?since=2024-10-19&until=2024-10-19", 200, []string{"10,000"}, nil},
		{"/transfers?since=soon", 400, []string{"is no date"}, nil},
		{"/transfers?as-of=2023", 200, []string{"No transfer answers this"}, nil},
		{"/transfers/none", 404, []string{"Not found"}, nil},
		{transfer, 200, []string{"How far it came", "How much, by whose word", "Ukraine states"}, []string{"إلى أين وصل", "تصريح أوكرانيا"}},
	} {
		for lang, want := range map[string][]string{"en": c.en, "ar": c.ar} {
			path := c.path + "?lang=" + lang
			if strings.Contains(c.path, "?") {
				path = c.path + "&lang=" + lang
			}
			status, body := get(t, s, path)
			if status != c.status {
				t.Errorf("%s: %d; want %d", path, status, c.status)
			}
			for _, w := range want {
				if !strings.Contains(strings.Join(texts(t, body, element("body")), ""), w) && !strings.Contains(body, w) {
					t.Errorf("%s lacks %q in\n%s", path, w, body)
				}
			}
			checkAccessible(t, path, body)
			checkQuotes(t, path, body)
		}
	}
}

func TestNoRecords(t *testing.T) {
	s := server(t, false)
	for path, want := range map[string]string{"/agreements": "Nothing of the kind was read", "/obligations": "Nobody was read to owe", "/transfers": "Nothing of the kind was read"} {
		if _, body := get(t, s, path+"?lang=en"); !strings.Contains(body, want) {
			t.Errorf("%s lacks %q", path, want)
		}
	}
	s.Ledger = nil
	if status, _ := get(t, s, "/transfers"); status != 404 {
		t.Errorf("without a ledger: %d", status)
	}
}
