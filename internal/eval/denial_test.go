package eval

import (
	"strings"
	"testing"
)

func TestFalseDenials(t *testing.T) {
	articles, err := ReadArticles(strings.NewReader(`{"id":"a","lang":"en","text":"xxxxxx","sentences":[{"i":0,"start":0,"end":2},{"i":1,"start":2,"end":4},{"i":2,"start":4,"end":6}]}`), "a")
	if err != nil {
		t.Fatal(err)
	}
	read := func(rows string) Claims {
		c, err := ReadClaims(strings.NewReader(rows), "c", articles)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	gold := read(`{"id":"a","i":0,"claims":[{"type":"AID","stance":"denies"}]}` + "\n" + `{"id":"a","i":1,"claims":[{"type":"AID","stance":"states"}]}`)
	got := read(`{"id":"a","i":0,"claims":[{"type":"AID","stance":"denies"}]}` + "\n" + `{"id":"a","i":2,"claims":[{"type":"AID","stance":"denies"},{"type":"AID","stance":"denies"}]}`)
	if r := FalseDenials(articles, gold, got, ""); r != (Refusal{2, 1}) {
		t.Errorf("%+v", r)
	}
	if r := FalseDenials(articles, gold, got, "ar"); r != (Refusal{}) {
		t.Errorf("Arabic: %+v", r)
	}
}
