package isnad

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// MarshalJSON writes the claim as every command, page and export does: all
// fields present, in the order of the struct, empty lists as [] and never null.
// Letters stay letters (no \u003c), so that equal claims are equal bytes
// whoever wrote them.
func (c Claim) MarshalJSON() ([]byte, error) {
	type plain Claim // without this method
	p := plain(c)
	p.Mode, p.Contexts, p.Rules = list(p.Mode), list(p.Contexts), list(p.Rules)
	p.Actor, p.Recipient, p.Speaker = list(p.Actor), list(p.Recipient), list(p.Speaker)
	p.Places, p.Quantities = list(p.Places), list(p.Quantities)
	p.Chain = slices.Clone(list(p.Chain))
	for i := range p.Chain {
		p.Chain[i].Speaker = list(p.Chain[i].Speaker)
	}
	return encode(p)
}

// list makes a missing list an empty one.
func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// MarshalJSON writes the article's own fields and then, in order of name, the
// fields that its row had beside them. A field of the row that is called as one
// of the article's own never replaces it.
func (a Article) MarshalJSON() ([]byte, error) {
	type plain Article
	own, err := encode(plain(a))
	if err != nil || len(a.Extra) == 0 {
		return own, err
	}
	b := bytes.NewBuffer(own[:len(own)-1]) // without the closing brace
	for _, name := range slices.Sorted(maps.Keys(a.Extra)) {
		if slices.Contains(articleFields, name) {
			continue
		}
		key, err := encode(name)
		if err != nil {
			return nil, err
		}
		b.WriteByte(',')
		b.Write(key)
		b.WriteByte(':')
		if err := json.Compact(b, a.Extra[name]); err != nil {
			return nil, fmt.Errorf("write article %s: field %s is no JSON: %w", a.ID, name, err)
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// UnmarshalJSON reads what MarshalJSON writes, keeping unknown fields in Extra.
func (a *Article) UnmarshalJSON(data []byte) error {
	type plain Article
	var p plain
	if err := json.Unmarshal(data, &p); err != nil {
		return err
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(data, &all); err != nil {
		return err
	}
	maps.DeleteFunc(all, func(name string, _ json.RawMessage) bool { return slices.Contains(articleFields, name) })
	*a = Article(p)
	if len(all) > 0 {
		a.Extra = all
	}
	return nil
}

// articleFields are the JSON names of the article's own fields.
var articleFields = func() (names []string) {
	for f := range reflect.TypeFor[Article]().Fields() {
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "-" {
			names = append(names, name)
		}
	}
	return names
}()

// encode is json.Marshal without the escapes meant for HTML.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// Line returns the JSON of an article, a claim or an event as one line of a JSONL file,
// with its newline.
func Line[T Article | Claim | Event](v T) ([]byte, error) {
	b, err := encode(v)
	if err != nil {
		return nil, err
	}
	return append(b, '\n'), nil
}
