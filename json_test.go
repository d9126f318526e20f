package isnad_test

import (
	"encoding/json"
	"strings"
	"testing"

	"isnad"
)

func TestClaimJSON(t *testing.T) {
	got, err := isnad.Line(isnad.Claim{ID: "1", Trigger: isnad.Trigger{Text: "a<b>&"}, Chain: []isnad.Voice{{}}})
	if err != nil {
		t.Fatal(err)
	}
	want := `{"id":"1","kind":"","article":"","outlet":"","published":"","field":"","sentence":{"start":0,"end":0},"type":"","mode":[],"contexts":[],` +
		`"actor":[],"recipient":[],"speaker":[],"stance":"","denies":"","factuality":"","chain":[{"speaker":[],"stance":"","cue":{"start":0,"end":0}}],` +
		`"trigger":{"start":0,"end":0,"text":"a<b>&"},"places":[],"when":{"from":"","to":"","precision":""},"quantities":[],"confidence":0,"reader":"","rules":[]}` + "\n"
	if string(got) != want {
		t.Errorf("got  %swant %s", got, want)
	}
}

func TestArticleJSON(t *testing.T) {
	in := `{"zeta":[1, 2],"id":"a","text":"نص","alpha":{"b":null},"title":"t"}`
	var a isnad.Article
	if err := json.Unmarshal([]byte(in), &a); err != nil {
		t.Fatal(err)
	}
	a.Extra["text"] = json.RawMessage(`"never"`)
	got, err := isnad.Line(a)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"id":"a","url":"","outlet":"","title":"t","byline":"","published":"","lang":"","text":"نص","sha256":"","alpha":{"b":null},"zeta":[1,2]}` + "\n"
	if string(got) != want {
		t.Errorf("got  %swant %s", got, want)
	}
	a.Extra = map[string]json.RawMessage{"x": json.RawMessage(`{`)}
	if _, err := isnad.Line(a); err == nil || !strings.Contains(err.Error(), "field x is no JSON") {
		t.Error(err)
	}
}
