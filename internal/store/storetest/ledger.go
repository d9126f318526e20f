package storetest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"isnad"
	"isnad/internal/store"
)

// pairLedger is a ledger whose outcome is seen at a glance: claims of one type,
// pair and trigger are one event for three days.
type pairLedger struct{ name string }

func (l pairLedger) Name() string { return "pairs" + l.name }
func (pairLedger) Window() int    { return 2 }

func key(c isnad.Claim) string {
	return isnad.Codes(c.Actor) + ">" + isnad.Codes(c.Recipient) + " " + c.Trigger.Text
}

func inOrder(es []isnad.Entry) []isnad.Entry {
	return slices.SortedFunc(slices.Values(es), func(a, b isnad.Entry) int {
		return strings.Compare(a.Claim.Published+" "+a.Claim.Article+" "+a.Claim.ID, b.Claim.Published+" "+b.Claim.Article+" "+b.Claim.ID)
	})
}

func (pairLedger) Step(open [][]isnad.Entry, fresh []isnad.Entry) (added, made [][]isnad.Entry) {
	added = make([][]isnad.Entry, len(open))
	at := map[string]int{}
	for i, es := range open {
		k := key(inOrder(es)[0].Claim)
		if j, twice := at[k]; !twice || inOrder(es)[0].Claim.Published < inOrder(open[j])[0].Claim.Published {
			at[k] = i
		}
	}
	rest := map[string][]isnad.Entry{}
	for _, e := range inOrder(fresh) {
		if i, ok := at[key(e.Claim)]; ok {
			added[i] = append(added[i], e)
			continue
		}
		rest[key(e.Claim)] = append(rest[key(e.Claim)], e)
	}
	for _, k := range slices.Sorted(maps.Keys(rest)) {
		made = append(made, rest[k])
	}
	return added, made
}

func (pairLedger) Event(es []isnad.Entry) isnad.Event {
	es = inOrder(es)
	c := es[0].Claim
	e := isnad.Event{ID: "e" + strings.TrimPrefix(c.ID, "c"), Type: c.Type, Status: isnad.Reported, StatusSince: c.Published, Outlets: len(es)}
	for _, a := range c.Actor {
		e.Actor = append(e.Actor, a.Code)
	}
	for _, a := range c.Recipient {
		e.Recipient = append(e.Recipient, a.Code)
	}
	for _, x := range es {
		e.Claims = append(e.Claims, isnad.EventClaim{ID: x.Claim.ID, Article: x.Claim.Article, URL: x.URL, Outlet: x.Claim.Outlet, Published: x.Claim.Published, Stance: x.Claim.Stance, Type: x.Claim.Type, Trigger: x.Claim.Trigger})
		e.Origins += len(x.Facts.Credits)
	}
	return e
}

func (l pairLedger) Events(all []isnad.Entry) (out []isnad.Event) {
	type block struct {
		typ isnad.Type
		day int
	}
	blocks := map[block][]isnad.Entry{}
	for _, e := range all {
		b := block{e.Claim.Type, isnad.Day(e.Claim.Published)}
		blocks[b] = append(blocks[b], e)
	}
	var events [][]isnad.Entry
	for _, b := range slices.SortedFunc(maps.Keys(blocks), func(a, b block) int {
		return strings.Compare(fmt.Sprintf("%s %06d", a.typ, a.day), fmt.Sprintf("%s %06d", b.typ, b.day))
	}) {
		var open [][]isnad.Entry
		var at []int
		for i, es := range events {
			if c := es[0].Claim; c.Type == b.typ && isnad.Day(c.Published) >= b.day-l.Window() && b.day != 0 && isnad.Day(c.Published) != 0 {
				open, at = append(open, es), append(at, i)
			}
		}
		added, made := l.Step(open, blocks[b])
		for i, es := range added {
			events[at[i]] = append(events[at[i]], es...)
		}
		events = append(events, made...)
	}
	for _, es := range events {
		out = append(out, l.Event(es))
	}
	slices.SortFunc(out, store.CompareEvents)
	return out
}

func (pairLedger) Speaks(a, b isnad.Claim) isnad.LinkKind {
	if a.Type == "ACCUSE" && b.Type != "ACCUSE" {
		return isnad.LinkRespondsTo
	}
	return ""
}

// attack is a claim of an assault, told by a word.
func attack(id, trigger string) isnad.Claim {
	return isnad.Claim{ID: id, Type: "ASSAULT", Actor: actors("RUS"), Recipient: actors("UKR"), Trigger: isnad.Trigger{Text: trigger, Span: isnad.Span{End: 1}}, Stance: isnad.Narrates}
}

func article(id, day string) isnad.Article {
	return isnad.Article{ID: id, URL: "https://example.org/" + id, Published: day, Text: "text of " + id}
}

func mustLink(t testing.TB, s store.Store, l store.Ledger) store.Linked {
	t.Helper()
	done, err := s.Link(t.Context(), l)
	if err != nil {
		t.Fatalf("Link: %v", err)
	}
	return done
}

// events writes what answers a query, an event a line: its id and claims.
func events(t interface {
	Fatalf(string, ...any)
}, s store.Store, tb testing.TB, q store.EventQuery) []string {
	out := []string{}
	for e, err := range s.Events(tb.Context(), q) {
		if err != nil {
			t.Fatalf("Events(%+v): %v", q, err)
		}
		out = append(out, line(e))
	}
	return out
}

func line(e isnad.Event) string {
	s := e.ID + ":"
	for _, c := range e.Claims {
		s += " " + c.ID
	}
	for _, l := range e.Links {
		s += " " + string(l.Kind) + " " + l.Event
	}
	return s + fmt.Sprintf(" (%d credits)", e.Origins)
}

func testLink(t *testing.T, open Open) {
	s := open(t)
	first := reading(article("a", "2024-11-19"), attack("c1", "shelled"))
	first.Facts = isnad.Facts{Article: "a", Credits: []isnad.Credit{{Kind: isnad.CreditByline, Outlet: "afp"}}, Runs: []uint32{1}, Gist: []isnad.Word{{Hash: 7, Weight: 1.5}}, Around: map[string][]isnad.Word{"c1": {{Hash: 9, Weight: 2}}}}
	mustPut(t, s, first, reading(article("b", "2024-11-20"), attack("c2", "shelled"), isnad.Claim{ID: "c3", Type: "ACCUSE", Actor: actors("UKR"), Trigger: isnad.Trigger{Text: "blamed", Span: isnad.Span{End: 1}}}))
	if n, err := s.Unlinked(t.Context()); err != nil || n != 3 {
		t.Errorf("%d blocks wait, %v; want 3", n, err)
	}
	if done := mustLink(t, s, pairLedger{}); done.Made != 2 {
		t.Errorf("linked %+v; want two events", done)
	}
	before, err := s.Revision(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"e1: c1 c2 (1 credits)", "e3: c3 responds to e1 (0 credits)"}
	if d := cmp.Diff(want, events(t, s, t, store.EventQuery{})); d != "" {
		t.Error(d)
	}
	if done := mustLink(t, s, pairLedger{}); done != (store.Linked{}) {
		t.Errorf("linked again: %+v; there was nothing to do", done)
	}
	if n, err := s.Revision(t.Context()); err != nil || n != before {
		t.Errorf("revision %d, %v after nothing was linked; before %d", n, err, before)
	}
	// An earlier report comes in later: the event gets its id, the old one leads to it.
	mustPut(t, s, reading(article("z", "2024-11-18"), attack("c0", "shelled")))
	if before, err = s.Revision(t.Context()); err != nil {
		t.Fatal(err)
	}
	mustLink(t, s, pairLedger{})
	if n, err := s.Revision(t.Context()); err != nil || n <= before {
		t.Errorf("revision %d, %v after events changed; before %d", n, err, before)
	}
	for _, id := range []string{"e0", "e1", "e2"} {
		if e, err := s.Event(t.Context(), id); err != nil || e.ID != "e0" || len(e.Claims) != 3 {
			t.Errorf("event %s is %s of %d claims, %v; want e0 of 3", id, e.ID, len(e.Claims), err)
		}
	}
	_, err = s.Event(t.Context(), "e9")
	wantErr(t, err, store.ErrNotFound)
	var feed []string
	for c, err := range s.Changes(t.Context(), 2) {
		if err != nil {
			t.Fatal(err)
		}
		feed = append(feed, strings.TrimSpace(c.Kind+" "+c.ID+" "+c.Into))
	}
	slices.Sort(feed)
	if d := cmp.Diff([]string{"gone e1 e0", "made e0"}, feed); d != "" {
		t.Error("changes after the first two:", d)
	}
	// Another ledger links everything anew.
	if done := mustLink(t, s, pairLedger{"2"}); done.Blocks < 4 {
		t.Errorf("another ledger took up %d blocks; want all", done.Blocks)
	}
}

func testEventFilters(t *testing.T, open Open) {
	s := open(t)
	b := article("b", "2024-11-25")
	b.Outlet = "outlet b"
	mustPut(t, s, reading(article("a", "2024-11-19"), attack("c1", "shelled"), isnad.Claim{ID: "c2", Type: "AID", Actor: actors("PRK"), Recipient: actors("RUS"), Stance: isnad.Denies, Trigger: isnad.Trigger{Text: "sent", Span: isnad.Span{End: 1}}}),
		reading(b, attack("c3", "struck")))
	mustLink(t, s, pairLedger{})
	for name, c := range map[string]struct {
		q    store.EventQuery
		want string
	}{
		"all":       {store.EventQuery{}, "e1 e2 e3"},
		"newest":    {store.EventQuery{Newest: true, Limit: 1}, "e3"},
		"type":      {store.EventQuery{Type: []isnad.Type{"AID"}}, "e2"},
		"stance":    {store.EventQuery{Stance: []isnad.Stance{isnad.Denies}}, "e2"},
		"dyad":      {store.EventQuery{Dyad: store.Dyad{From: "RUS", To: "UKR"}}, "e1 e3"},
		"either":    {store.EventQuery{Dyad: store.Dyad{From: "RUS", To: "PRK", Either: true}}, "e2"},
		"actor":     {store.EventQuery{Actor: []isnad.Code{"PRK"}}, "e2"},
		"since":     {store.EventQuery{Since: "2024-11-20"}, "e3"},
		"until":     {store.EventQuery{Until: "2024-11-20"}, "e1 e2"},
		"both":      {store.EventQuery{Since: "2024-11-20", Until: "2024-11-24"}, ""},
		"article":   {store.EventQuery{Article: "b"}, "e3"},
		"outlet":    {store.EventQuery{Outlet: []string{"outlet b", "none"}}, "e3"},
		"text":      {store.EventQuery{Text: "text b"}, "e3"},
		"after":     {store.EventQuery{After: store.Cursor{Published: "2024-11-19", Article: "a", Claim: "e1"}}, "e2 e3"},
		"before":    {store.EventQuery{Newest: true, After: store.Cursor{Published: "2024-11-25", Article: "b", Claim: "e3"}}, "e2 e1"},
		"after one": {store.EventQuery{After: store.Cursor{Published: "2024-11-19", Article: "a", Claim: "e1"}, Limit: 1}, "e2"},
		"no status": {store.EventQuery{Status: []isnad.Status{isnad.Disputed}}, ""},
	} {
		var got []string
		for e, err := range s.Events(t.Context(), c.q) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, e.ID)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %s", name, got, c.want)
		}
	}
	for _, err := range s.Events(t.Context(), store.EventQuery{Type: []isnad.Type{"WAR"}}) {
		wantErr(t, err, store.ErrInvalid)
	}
}

// A withdrawn article counts no more and leaves a tombstone; what was known
// before knows it still. A new version takes the place of what the old one said.
func testWithdraw(t *testing.T, open Open) {
	s := open(t)
	mustPut(t, s, reading(article("a", "2024-11-19"), attack("c1", "shelled")), reading(article("b", "2024-11-19"), attack("c2", "shelled")))
	mustLink(t, s, pairLedger{})
	if err := s.Withdraw(t.Context(), "a", "2024-11-21T00:00:00Z", "retracted by its outlet"); err != nil {
		t.Fatal(err)
	}
	mustLink(t, s, pairLedger{})
	if d := cmp.Diff([]string{"e2: c2 (0 credits)"}, events(t, s, t, store.EventQuery{})); d != "" {
		t.Error(d)
	}
	if got := ids(t, s, store.Query{}); fmt.Sprint(got) != "[c2]" {
		t.Errorf("claims %v; want those of b", got)
	}
	// The same text again does not bring it back.
	mustPut(t, s, reading(article("a", "2024-11-19"), attack("c1", "shelled")))
	mustLink(t, s, pairLedger{})
	if got := events(t, s, t, store.EventQuery{}); len(got) != 1 {
		t.Errorf("came back: %v", got)
	}
	stones, err := s.Tombstones(t.Context())
	if err != nil || len(stones) != 1 || stones[0].Article != "a" || stones[0].Reason != "retracted by its outlet" || stones[0].Withdrawn != "2024-11-21T00:00:00Z" {
		t.Errorf("tombstones %+v, %v", stones, err)
	}
	for asOf, want := range map[string]int{"2024-11-20": 2, "2024-11-22": 1, "": 1} {
		n := 0
		for _, err := range s.Entries(t.Context(), asOf) {
			if err != nil {
				t.Fatal(err)
			}
			n++
		}
		if n != want {
			t.Errorf("as of %q: %d claims, want %d", asOf, n, want)
		}
	}
	wantErr(t, s.Withdraw(t.Context(), "nobody", "2024-11-21T00:00:00Z", ""), store.ErrNotFound)
	wantErr(t, s.Withdraw(t.Context(), "b", "soon", ""), store.ErrInvalid)

	corrected := article("b", "2024-11-19")
	corrected.Text, corrected.Fetched = "corrected", "2024-11-20T08:00:00Z"
	mustPut(t, s, reading(corrected, attack("c4", "missed")))
	mustLink(t, s, pairLedger{})
	if d := cmp.Diff([]string{"e4: c4 (0 credits)"}, events(t, s, t, store.EventQuery{})); d != "" {
		t.Error(d)
	}
}

// Whatever the order, the batches and the times of linking, the events are those
// of the whole ledger at once.
func testLinkArrival(t *testing.T, open Open) {
	rapid.Check(t, func(rt *rapid.T) {
		s := open(t)
		n := rapid.IntRange(1, 14).Draw(rt, "articles")
		var rs []store.Reading
		for i := range n {
			id := fmt.Sprintf("%02d", i)
			a := article(rapid.SampledFrom([]string{"p", "q", id}).Draw(rt, "id"), fmt.Sprintf("2024-11-1%d", rapid.IntRange(0, 9).Draw(rt, "day")))
			a.Text += id
			a.URL = ""
			a.Fetched = a.Published + fmt.Sprintf("T08:%s:00Z", id)
			var cs []isnad.Claim
			for j := range rapid.IntRange(0, 3).Draw(rt, "claims") {
				cs = append(cs, attack(fmt.Sprintf("c%s%d", id, j), rapid.SampledFrom([]string{"shelled", "struck"}).Draw(rt, "word")))
			}
			rs = append(rs, reading(a, cs...))
		}
		for _, i := range rapid.Permutation(slices.Collect(seq(n))).Draw(rt, "order") {
			mustPut(t, s, rs[i])
			if rapid.Bool().Draw(rt, "link") {
				mustLink(t, s, pairLedger{})
			}
		}
		mustLink(t, s, pairLedger{})
		var all []isnad.Entry
		for e, err := range s.Entries(t.Context(), "") {
			if err != nil {
				rt.Fatal(err)
			}
			all = append(all, e)
		}
		want := []string{}
		for _, e := range (pairLedger{}).Events(all) {
			want = append(want, line(e))
		}
		if d := cmp.Diff(want, events(rt, s, t, store.EventQuery{})); d != "" {
			rt.Fatal(d)
		}
	})
}

func seq(n int) func(func(int) bool) {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}
