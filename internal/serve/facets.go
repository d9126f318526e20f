package serve

import (
	"net/url"
	"strings"

	"isnad"
	"isnad/internal/store"
)

// facetView is what can be chosen of one field, with how many articles each would find.
type facetView struct {
	Name   string
	Word   string
	Values []choiceView // the first few, and those that are chosen
	More   []choiceView
}

// choiceView is a value to choose, or, where it is chosen, to take off.
type choiceView struct {
	Value  quote
	Family family // of a type, else ""
	N      int
	On     bool
	Link   string
}

const (
	choices     = 8
	moreChoices = 40
)

// facetParam is the parameter of a facet's filter.
var facetParam = map[string]string{"type": "type", "stance": "stance", "actor": "actor", "outlet": "outlet", "lang": "language", "month": "month"}

// facet puts a facet into words. A month stands in the address as its two ends.
func (n namer) facet(f store.Facet, values url.Values) facetView {
	name := facetParam[f.Name]
	p := params{values: values}
	v := facetView{Name: f.Name, Word: say(n.lang, "facet."+f.Name)}
	for _, c := range f.Values {
		if c.Value == "" {
			continue // an article without an outlet can't be asked for
		}
		x := choiceView{Value: n.value(name, c.Value), N: c.Articles}
		switch f.Name {
		case "month":
			x.On = p.text("since") == c.Value && p.text("until") == c.Value
			x.Link = monthLink(values, c.Value, x.On)
		default:
			x.On = has(p, name, c.Value)
			x.Link = searchToggle(values, name, c.Value)
		}
		if f.Name == "type" {
			x.Family = familyOf(isnad.Claim{Type: isnad.Type(c.Value)})
		}
		switch {
		case x.On || len(v.Values) < choices:
			v.Values = append(v.Values, x)
		case len(v.More) < moreChoices:
			v.More = append(v.More, x)
		}
	}
	return v
}

func has(p params, name, value string) bool {
	list := p.list(name)
	if name == "outlet" {
		list = p.outlets()
	}
	for _, v := range list {
		if strings.EqualFold(v, value) {
			return true
		}
	}
	return false
}

func monthLink(values url.Values, month string, on bool) string {
	if on {
		month = ""
	}
	u := url.URL{Path: "/search", RawQuery: values.Encode()}
	for _, name := range []string{"since", "until"} {
		next, err := url.Parse(with(&u, name, month))
		if err != nil {
			return "/search"
		}
		u = *next
	}
	return with(&u, "from", "")
}
