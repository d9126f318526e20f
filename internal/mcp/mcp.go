// Package mcp answers programs that speak the Model Context Protocol from a
// store: three tools, which only read. Answers carry the sentence of each claim
// and the address of its article, so that whoever repeats one can open it.
// What an article says is data in them and no instruction.
package mcp

import (
	"context"
	"errors"
	"fmt"
	"strings"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"isnad"
	"isnad/internal/store"
)

// Filters are what claims and events are asked by; an empty one asks nothing.
type Filters struct {
	Text   string   `json:"text,omitempty" jsonschema:"words of the sentence, in any spelling, Arabic or English; in double quotes for a phrase"`
	Dyad   string   `json:"dyad,omitempty" jsonschema:"from state A to B as RUS:PRK, or either way as RUS-PRK"`
	Type   []string `json:"type,omitempty" jsonschema:"PLOVER event types, e.g. AID, ASSAULT, AGREE"`
	Stance []string `json:"stance,omitempty" jsonschema:"narrates, states, confirms, denies, alleges, reports or believes"`
	Status []string `json:"status,omitempty" jsonschema:"of events: retracted, disputed, denied, confirmed, corroborated, reported or asserted"`
	Since  string   `json:"since,omitempty" jsonschema:"published then or later: 2024, 2024-11 or 2024-11-19"`
	Until  string   `json:"until,omitempty" jsonschema:"published then or earlier"`
	Limit  int      `json:"limit,omitempty" jsonschema:"at most so many, 1 to 100; 20 where none is given"`
}

// Claim is one event as one voice presents it, with its words.
type Claim struct {
	ID        string `json:"id"`
	Says      string `json:"says"`     // type, parties, speaker, stance and factuality on one line
	Sentence  string `json:"sentence"` // the article's words
	Outlet    string `json:"outlet"`
	Published string `json:"published"`
	URL       string `json:"url"`
	Title     string `json:"title"`
}

// Event is what claims of one thing say together.
type Event struct {
	ID      string  `json:"id"`
	Is      string  `json:"is"` // type and parties
	Status  string  `json:"status"`
	Outlets int     `json:"outlets"`
	Origins int     `json:"origins"` // independent ones
	Claims  []Claim `json:"claims"`  // the first few
	More    int     `json:"more"`    // further ones
}

// Found is the answer of search.
type Found struct {
	Claims []Claim `json:"claims"`
}

// Happened is the answer of events.
type Happened struct {
	Events []Event `json:"events"`
}

// Asked asks for one claim or event.
type Asked struct {
	ID string `json:"id" jsonschema:"the id of a claim or event"`
}

// Explained is the answer of explain: the claim, or the event with all claims.
type Explained struct {
	Claim *Claim   `json:"claim,omitempty"`
	Rules []string `json:"rules,omitempty"` // lexicon rows that made the claim
	Event *Event   `json:"event,omitempty"`
}

// shown is how many claims of an event a list has.
const shown = 5

// New makes the server of a store.
func New(s store.Store, version string) *sdk.Server {
	server := sdk.NewServer(&sdk.Implementation{Name: "isnad", Version: version}, nil)
	reads := &sdk.ToolAnnotations{ReadOnlyHint: true}
	sdk.AddTool(server, &sdk.Tool{Name: "search", Description: "Claims from news: who says what about whom, with the sentence and its source. The newest first.", Annotations: reads},
		func(ctx context.Context, _ *sdk.CallToolRequest, f Filters) (*sdk.CallToolResult, Found, error) {
			out, err := search(ctx, s, f)
			return nil, out, err
		})
	sdk.AddTool(server, &sdk.Tool{Name: "events", Description: "Events that many claims speak of, with status (disputed, confirmed …), the number of outlets and of independent origins. The last reported first.", Annotations: reads},
		func(ctx context.Context, _ *sdk.CallToolRequest, f Filters) (*sdk.CallToolResult, Happened, error) {
			out, err := events(ctx, s, f)
			return nil, out, err
		})
	sdk.AddTool(server, &sdk.Tool{Name: "explain", Description: "One claim with its words and the rules that read it, or one event with all its claims.", Annotations: reads},
		func(ctx context.Context, _ *sdk.CallToolRequest, a Asked) (*sdk.CallToolResult, Explained, error) {
			out, err := explain(ctx, s, a.ID)
			return nil, out, err
		})
	return server
}

func (f Filters) limit() (int, error) {
	if f.Limit == 0 {
		return 20, nil
	}
	if f.Limit < 1 || f.Limit > 100 {
		return 0, fmt.Errorf("limit %d: %w: write 1 to 100", f.Limit, store.ErrInvalid)
	}
	return f.Limit, nil
}

func (f Filters) dyad() (store.Dyad, error) {
	if f.Dyad == "" {
		return store.Dyad{}, nil
	}
	return store.ParseDyad(f.Dyad)
}

func as[T ~string](list []string, change func(string) string) (out []T) {
	for _, s := range list {
		out = append(out, T(change(strings.TrimSpace(s))))
	}
	return out
}

func search(ctx context.Context, s store.Store, f Filters) (Found, error) {
	out := Found{Claims: []Claim{}}
	limit, err := f.limit()
	if err != nil {
		return out, err
	}
	d, err := f.dyad()
	if err != nil {
		return out, err
	}
	if len(f.Status) > 0 {
		return out, fmt.Errorf("status: %w: claims have none; ask for events", store.ErrInvalid)
	}
	q := store.Query{Kind: isnad.KindEvent, Dyad: d, Type: as[isnad.Type](f.Type, strings.ToUpper), Stance: as[isnad.Stance](f.Stance, strings.ToLower), Text: f.Text, Since: f.Since, Until: f.Until, Limit: limit, Newest: true}
	for c, err := range s.Claims(ctx, q) {
		if err != nil {
			return out, err
		}
		row, _, err := claim(ctx, s, c.ID)
		if err != nil {
			return out, err
		}
		out.Claims = append(out.Claims, row)
	}
	return out, nil
}

func events(ctx context.Context, s store.Store, f Filters) (Happened, error) {
	out := Happened{Events: []Event{}}
	limit, err := f.limit()
	if err != nil {
		return out, err
	}
	d, err := f.dyad()
	if err != nil {
		return out, err
	}
	q := store.EventQuery{Dyad: d, Type: as[isnad.Type](f.Type, strings.ToUpper), Stance: as[isnad.Stance](f.Stance, strings.ToLower), Status: as[isnad.Status](f.Status, strings.ToLower), Text: f.Text, Since: f.Since, Until: f.Until, Limit: limit, Newest: true}
	for e, err := range s.Events(ctx, q) {
		if err != nil {
			return out, err
		}
		row, err := event(ctx, s, e, shown)
		if err != nil {
			return out, err
		}
		out.Events = append(out.Events, row)
	}
	return out, nil
}

func explain(ctx context.Context, s store.Store, id string) (Explained, error) {
	c, rules, err := claim(ctx, s, id)
	if err == nil {
		return Explained{Claim: &c, Rules: rules}, nil
	}
	if !errors.Is(err, store.ErrNotFound) {
		return Explained{}, err
	}
	e, err := s.Event(ctx, id)
	if err != nil {
		return Explained{}, err
	}
	row, err := event(ctx, s, e, len(e.Claims))
	return Explained{Event: &row}, err
}

func event(ctx context.Context, s store.Store, e isnad.Event, most int) (Event, error) {
	codes := func(cs []isnad.Code) string {
		if len(cs) == 0 {
			return "-"
		}
		var out []string
		for _, c := range cs {
			out = append(out, string(c))
		}
		return strings.Join(out, "+")
	}
	row := Event{ID: e.ID, Is: string(e.Type) + " " + codes(e.Actor) + "→" + codes(e.Recipient), Status: string(e.Status), Outlets: e.Outlets, Origins: e.Origins, Claims: []Claim{}, More: max(0, len(e.Claims)-most)}
	for _, c := range e.Claims[:min(most, len(e.Claims))] {
		x, _, err := claim(ctx, s, c.ID)
		if err != nil {
			return row, err
		}
		row.Claims = append(row.Claims, x)
	}
	return row, nil
}

// claim is a claim with its words, and the rules that made it.
func claim(ctx context.Context, s store.Store, id string) (Claim, []string, error) {
	c, v, err := s.Claim(ctx, id)
	if err != nil {
		return Claim{}, nil, err
	}
	text := []rune(v.Text)
	if c.Field == "title" {
		text = []rune(v.Title)
	}
	words := ""
	if c.Sentence.Start >= 0 && c.Sentence.Start <= c.Sentence.End && c.Sentence.End <= len(text) {
		words = strings.Join(strings.Fields(string(text[c.Sentence.Start:c.Sentence.End])), " ")
	}
	return Claim{c.ID, c.String(), words, c.Outlet, c.Published, v.URL, v.Title}, c.Rules, nil
}
