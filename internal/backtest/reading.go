package backtest

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"isnad"
	"isnad/internal/escalation"
)

// Options are what a back-test works with. What reads, links and weighs comes in
// as functions, so that the back-test sees values only.
type Options struct {
	Dir    string // with current_events_2002_2021.tsv.gz, gpr/ and truth/
	Claims string // file that keeps the claims read; "" for none
	Reader string // name of the reader
	Read   func(isnad.Article) []isnad.Claim
	Facts  func(isnad.Article, []isnad.Claim) isnad.Facts
	Events func([]isnad.Entry) []isnad.Event
	Event  func([]isnad.Entry) isnad.Event
	Method *escalation.Method
	Until  string // last month looked at, "2021-12": later ones are kept apart
	Log    func(format string, args ...any)
}

// corpus is the items as the series see them.
type corpus struct {
	items      []isnad.Article
	happenings []escalation.Happening
	volume     escalation.Volume
	claims     int
	told       []isnad.Claim
	linked     int // events of more than one claim
}

// read reads the items, or takes their claims from the file where this reader
// read them before, and links them.
//
// A value of a month uses what was published by its end: an event told again in
// the months after is made anew of the claims of the first alone. That is the
// event that the ledger of that time had, because later days' claims are added to
// the open events and never part them.
func (o Options) read() (*corpus, error) {
	items, err := Items(o.Dir)
	if err != nil {
		return nil, err
	}
	c := &corpus{volume: escalation.Volume{}}
	for _, a := range items {
		if a.Published[:7] <= o.Until {
			c.items = append(c.items, a)
			c.volume.Add(isnad.Day(a.Published), a.Lang, 1)
		}
	}
	claims, err := o.claims(c.items)
	if err != nil {
		return nil, err
	}
	var entries []isnad.Entry
	byID := map[string]isnad.Claim{}
	for _, a := range c.items {
		cs := claims[a.ID]
		if len(cs) == 0 {
			continue
		}
		facts := o.Facts(a, cs)
		for _, x := range cs {
			entries = append(entries, isnad.Entry{Claim: x, Facts: &facts})
			byID[x.ID] = x
			c.told = append(c.told, x)
		}
	}
	c.claims = len(entries)
	o.Log("linking %d claims", c.claims)
	at := map[string]isnad.Entry{}
	for _, e := range entries {
		at[e.Claim.ID] = e
	}
	for _, e := range o.Events(entries) {
		if len(e.Claims) > 1 {
			c.linked++
			month := e.Claims[0].Published[:7]
			var then []isnad.Entry
			for _, x := range e.Claims {
				if x.Published[:7] <= month {
					then = append(then, at[x.ID])
				}
			}
			if len(then) < len(e.Claims) {
				e = o.Event(then)
			}
		}
		own := make([]isnad.Claim, len(e.Claims))
		for i, x := range e.Claims {
			own[i] = byID[x.ID]
		}
		c.happenings = append(c.happenings, escalation.Digest(e, own, func(string) isnad.Lang { return isnad.English }))
	}
	return c, nil
}

// claims returns the claims by article.
func (o Options) claims(items []isnad.Article) (map[string][]isnad.Claim, error) {
	out := map[string][]isnad.Claim{}
	if o.Claims != "" {
		switch ok, err := o.kept(out); {
		case err != nil:
			return nil, err
		case ok:
			o.Log("claims taken from %s", o.Claims)
			return out, nil
		}
	}
	clear(out)
	o.Log("reading %d items", len(items))
	for _, a := range items {
		for _, x := range o.Read(a) {
			if x.Kind == isnad.KindEvent {
				out[a.ID] = append(out[a.ID], x)
			}
		}
	}
	if o.Claims == "" {
		return out, nil
	}
	f, err := os.Create(o.Claims)
	if err != nil {
		return nil, fmt.Errorf("back-test: keep the claims: %w", err)
	}
	w := bufio.NewWriterSize(f, 1<<20)
	for _, a := range items {
		for _, x := range out[a.ID] {
			line, err := isnad.Line(x)
			if err != nil {
				return nil, err
			}
			w.Write(line)
		}
	}
	if err := errors.Join(w.Flush(), f.Close()); err != nil {
		return nil, fmt.Errorf("back-test: keep the claims in %s: %w", o.Claims, err)
	}
	return out, nil
}

// kept reads the file of claims; ok is false where there is none or another
// reader read it.
func (o Options) kept(into map[string][]isnad.Claim) (ok bool, err error) {
	f, err := os.Open(o.Claims)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("back-test: %w", err)
	}
	defer f.Close()
	d := json.NewDecoder(bufio.NewReaderSize(f, 1<<20))
	for n := 0; ; n++ {
		var x isnad.Claim
		switch err := d.Decode(&x); {
		case errors.Is(err, io.EOF):
			return n > 0, nil
		case err != nil:
			return false, fmt.Errorf("back-test: %s: claim %d: %w; remove the file to read anew", o.Claims, n+1, err)
		case x.Reader != o.Reader:
			return false, nil
		}
		into[x.Article] = append(into[x.Article], x)
	}
}
