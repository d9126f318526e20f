package eval

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"isnad"
)

// ErrFormat: a line that is not what the file should hold.
var ErrFormat = errors.New("wrong format")

// Sentence is one listed sentence: its number and its code points of the text.
type Sentence struct {
	I     int `json:"i"`
	Start int `json:"start"`
	End   int `json:"end"`
}

// Articles are the articles of a gold set with their listed sentences.
type Articles struct {
	list []*article
	byID map[string]*article
}

type article struct {
	isnad.Article
	runes     []rune
	sentences []Sentence
}

// All returns the articles in order, as a reader is to read them.
func (as *Articles) All() []isnad.Article {
	out := make([]isnad.Article, len(as.list))
	for i, a := range as.list {
		out[i] = a.Article
	}
	return out
}

// Claims are claims by article and sentence.
type Claims map[key][]claim

type key struct {
	article string
	i       int
}

// ReadArticles reads rows of id, lang, text and sentences. name is for errors.
func ReadArticles(r io.Reader, name string) (*Articles, error) {
	out := &Articles{byID: map[string]*article{}}
	err := lines(r, name, func(line []byte) error {
		a := &article{}
		if err := json.Unmarshal(line, &a.Article); err != nil {
			return err
		}
		sentences := a.Extra["sentences"]
		if a.ID == "" || sentences == nil {
			return errors.New("a row needs id, lang, text and sentences; is this the articles file of a gold set?")
		}
		if err := json.Unmarshal(sentences, &a.sentences); err != nil {
			return err
		}
		a.runes = []rune(a.Text)
		for _, s := range a.sentences {
			if s.Start < 0 || s.End < s.Start || s.End > len(a.runes) {
				return fmt.Errorf("sentence %d goes from %d to %d in a text of %d code points", s.I, s.Start, s.End, len(a.runes))
			}
		}
		if old := out.byID[a.ID]; old != nil {
			*old = *a // as a Python dict: the place of the first, the value of the last
			return nil
		}
		out.byID[a.ID] = a
		out.list = append(out.list, a)
		return nil
	})
	return out, err
}

// parties reads ["RUS", …] and [{"code": "RUS"}, …] into a sorted set.
type parties []string

func (p *parties) UnmarshalJSON(data []byte) error {
	var items []json.RawMessage
	if err := json.Unmarshal(data, &items); err != nil {
		return err
	}
	for _, item := range items {
		var code string
		if len(item) > 0 && item[0] == '{' {
			var a struct{ Code string }
			if err := json.Unmarshal(item, &a); err != nil {
				return err
			}
			code = a.Code
		} else if err := json.Unmarshal(item, &code); err != nil {
			return err
		}
		*p = append(*p, orUnknown(code))
	}
	*p = set(*p)
	return nil
}

func orUnknown(code string) string {
	if code == "" {
		return string(isnad.Unknown)
	}
	return code
}

func set(codes []string) []string {
	slices.Sort(codes)
	return slices.Compact(codes)
}

// row is a claim of either kind of file.
type row struct {
	Type                      *string
	Actor, Recipient, Speaker parties
	Stance, Factuality        *string
}

func (r row) claim() (claim, error) {
	if r.Type == nil {
		return claim{}, errors.New("a claim has no type")
	}
	c := claim{*r.Type, r.Actor, r.Recipient, r.Speaker, "narrates", "actual"}
	if r.Stance != nil {
		c.stance = *r.Stance
	}
	if r.Factuality != nil {
		c.factuality = *r.Factuality
	}
	return c, nil
}

// ReadClaims reads claims, either in gold's shape (a sentence a line: id, i,
// claims) or as "isnad read --format jsonl" prints them. Of the latter, those of
// titles, assessments, and claims outside the listed sentences are left out.
func ReadClaims(r io.Reader, name string, articles *Articles) (Claims, error) {
	out := Claims{}
	by, err := ReadReaders(r, name, articles)
	for _, reader := range slices.Sorted(maps.Keys(by)) {
		for k, cs := range by[reader] {
			out[k] = append(out[k], cs...)
		}
	}
	return out, err
}

// ReadReaders reads claims as ReadClaims does, apart by the reader that the rows
// name, "" where they name none.
func ReadReaders(r io.Reader, name string, articles *Articles) (map[string]Claims, error) {
	by := map[string]Claims{}
	of := func(reader string) Claims {
		if by[reader] == nil {
			by[reader] = Claims{}
		}
		return by[reader]
	}
	err := lines(r, name, func(line []byte) error {
		var x struct {
			ID      string
			I       *int
			Claims  *[]row
			Article string
			Field   *string
			Kind    *string
			Trigger json.RawMessage
			Reader  string
			row
		}
		if err := json.Unmarshal(line, &x); err != nil {
			return err
		}
		if x.Claims != nil {
			if x.I == nil {
				return errors.New("a row with claims needs i, the number of its sentence")
			}
			for _, r := range *x.Claims {
				c, err := r.claim()
				if err != nil {
					return err
				}
				out := of(x.Reader)
				out[key{x.ID, *x.I}] = append(out[key{x.ID, *x.I}], c)
			}
			return nil
		}
		if x.Article == "" {
			return errors.New(`a row needs "claims" (gold) or "article" (a claim)`)
		}
		if (x.Field != nil && *x.Field != "text") || (x.Kind != nil && *x.Kind != isnad.KindEvent) || articles.byID[x.Article] == nil {
			return nil
		}
		var at struct{ Start *int }
		if err := json.Unmarshal(x.Trigger, &at); err != nil || at.Start == nil {
			return errors.New("a claim needs its trigger as {\"start\", \"end\"}")
		}
		c, err := x.row.claim()
		if err != nil {
			return err
		}
		of(x.Reader).add(articles, x.Article, *at.Start, c)
		return nil
	})
	return by, err
}

// Of takes claims as they come from the engine, by the same rules as ReadClaims.
func Of(claims []isnad.Claim, articles *Articles) Claims {
	out := Claims{}
	codes := func(as []isnad.Actor) (cs []string) {
		for _, a := range as {
			cs = append(cs, orUnknown(string(a.Code)))
		}
		return set(cs)
	}
	for _, c := range claims {
		if c.Field == "text" && c.Kind == isnad.KindEvent {
			out.add(articles, c.Article, c.Trigger.Start, claim{string(c.Type), codes(c.Actor), codes(c.Recipient), codes(c.Speaker), string(c.Stance), string(c.Factuality)})
		}
	}
	return out
}

// add puts a claim to the first listed sentence that its trigger begins in.
func (cs Claims) add(articles *Articles, id string, at int, c claim) {
	a := articles.byID[id]
	if a == nil {
		return
	}
	for _, s := range a.sentences {
		if s.Start <= at && at < s.End {
			cs[key{id, s.I}] = append(cs[key{id, s.I}], c)
			return
		}
	}
}

// lines calls f for each line that is not blank and says where an error is.
func lines(r io.Reader, name string, f func([]byte) error) error {
	br := bufio.NewReaderSize(r, 1<<16)
	for n := 1; ; n++ {
		line, err := br.ReadBytes('\n')
		if err != nil && err != io.EOF {
			return fmt.Errorf("read %s: %w", name, err)
		}
		if len(bytes.TrimSpace(line)) > 0 {
			if ferr := f(line); ferr != nil {
				return fmt.Errorf("read %s:%d: %w: %w", name, n, ErrFormat, ferr)
			}
		}
		if err == io.EOF {
			return nil
		}
	}
}
