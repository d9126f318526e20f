package mcp

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"isnad"
	"isnad/internal/orth"
	"isnad/internal/store"
	"isnad/internal/store/sqlite"
)

// A client of the protocol finds a denial with its words and source.
func TestTools(t *testing.T) {
	ctx := t.Context()
	s, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "m.db"), sqlite.Options{Create: true, Fold: orth.Fold})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	text := "نفت موسكو ذلك."
	c := isnad.Claim{ID: "c1", Kind: isnad.KindEvent, Article: "a", Outlet: "o", Published: "2024-11-19", Field: "text", Sentence: isnad.Span{End: len([]rune(text))}, Type: "AID",
		Actor: []isnad.Actor{{Code: "RUS", Role: "GOV"}}, Recipient: []isnad.Actor{{Code: "PRK", Role: "GOV"}}, Speaker: []isnad.Actor{{Code: "RUS"}}, Stance: isnad.Denies, Denies: isnad.DeniesEvent,
		Factuality: isnad.Actual, Trigger: isnad.Trigger{Span: isnad.Span{End: 3}, Text: "نفت"}, Confidence: 0.5, Reader: "isnad-test", Rules: []string{"cues_ar:deny"}}
	if _, err := s.Put(ctx, store.Reading{Article: isnad.Article{ID: "a", Outlet: "o", URL: "https://o.example/a", Published: "2024-11-19", Lang: "ar", Text: text}, Claims: []isnad.Claim{c}, Sentences: 1, Reader: "isnad-test"}); err != nil {
		t.Fatal(err)
	}
	ours, theirs := sdk.NewInMemoryTransports()
	server, err := New(s, "test").Connect(ctx, ours, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	client, err := sdk.NewClient(&sdk.Implementation{Name: "test"}, nil).Connect(ctx, theirs, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	tools, err := client.ListTools(ctx, nil)
	if err != nil || len(tools.Tools) != 3 {
		t.Fatalf("%+v %v", tools, err)
	}
	call := func(name string, args map[string]any) (string, bool) {
		r, err := client.CallTool(ctx, &sdk.CallToolParams{Name: name, Arguments: args})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		b, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		return string(b), r.IsError
	}
	for _, x := range []struct {
		tool string
		args map[string]any
		want string
		bad  bool
	}{
		{"search", map[string]any{"dyad": "rus-prk", "stance": []string{"denies"}}, "https://o.example/a", false},
		{"search", map[string]any{"text": "موسكو"}, text, false},
		{"search", map[string]any{"dyad": "RUS:USA"}, `"claims":[]`, false},
		{"search", map[string]any{"dyad": "RUS"}, "write two codes", true},
		{"search", map[string]any{"type": []string{"WAR"}}, "no type is called", true},
		{"search", map[string]any{"limit": 1000}, "1 to 100", true},
		{"events", map[string]any{}, `"events":[]`, false}, // nothing is linked
		{"explain", map[string]any{"id": "c1"}, "cues_ar:deny", false},
		{"explain", map[string]any{"id": "none"}, "not found", true},
	} {
		if got, isErr := call(x.tool, x.args); isErr != x.bad || !strings.Contains(got, x.want) {
			t.Errorf("%s %v: %s", x.tool, x.args, got)
		}
	}
}
