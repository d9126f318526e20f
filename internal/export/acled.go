package export

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"isnad"
)

// newACLED writes the 31 columns of an ACLED file: CSV with a header, dates as
// YYYY-MM-DD. ACLED's actors have no direction; here actor1 is who does it. Of an
// event's killed it has one number: the lowest that a claim gives, as ACLED's
// rule is where sources differ, and 0 where none gives one. (UCDP keeps low, best
// and high; isnad's own rows keep each figure with who says so.) An event that
// is known by state only has no place in it, nor one that is only planned.
func newACLED(w io.Writer, k *coding, o Options) (sink, error) {
	d, err := newDelimited(w, "acled", true, true)
	if err != nil {
		return nil, err
	}
	d.events = func(e Event, next func() record) error { return k.acled(e, o.Text, next()) }
	return d, nil
}

func (k *coding) acled(e Event, text bool, r record) error {
	c, _, err := k.lead(e)
	if err != nil {
		return err
	}
	if c.Factuality != isnad.Actual {
		return leftOut("not told as done")
	}
	victim := ""
	if len(c.Recipient) > 0 {
		victim = k.sectors[string(c.Recipient[0].Role)]["is"]
	}
	kind := best(k.tables["acled"], row{"type": string(c.Type), "mode": "", "victim": victim})
	for _, m := range c.Mode {
		if x := best(k.tables["acled"], row{"type": string(c.Type), "mode": m, "victim": victim}); x["mode"] == m {
			kind = x
			break
		}
	}
	if kind == nil {
		return leftOut("of a type that ACLED does not record")
	}
	when, ok := day(e.When, e.Claims[0].Published)
	if !ok {
		return hasNoDay
	}
	at, ok := first(e.Places)
	if !ok || !pointed(at) {
		return hasNoPlace
	}
	r.set("event_id_cnty", string(at.State)+e.ID)
	r.set("event_date", iso(when))
	r.set("year", strconv.Itoa(when.Year()))
	precision := map[string]string{"day": "1", "": "1", "week": "2"}[e.When.Precision]
	if precision == "" {
		precision = "3"
	}
	r.set("time_precision", precision)
	r.set("disorder_type", kind["disorder_type"])
	r.set("event_type", kind["event_type"])
	r.set("sub_event_type", kind["sub_event_type"])
	var inter []string
	for i, as := range sides(c.Actor, c.Recipient) {
		n := strconv.Itoa(i + 1)
		if len(as) == 0 {
			continue
		}
		r.set("actor"+n, k.name(as[0]))
		r.set("assoc_actor_"+n, list(as[1:], k.name))
		word := k.sectors[string(as[0].Role)]["acled"]
		if word == "" && k.state(as[0].Code) {
			word = k.sectors["GOV"]["acled"]
		}
		r.set("inter"+n, word)
		inter = append(inter, word)
	}
	r.set("interaction", strings.Join(inter, "-"))
	if victim == "civilian" && kind["disorder_type"] == "Political violence" {
		r.set("civilian_targeting", "Civilian targeting")
	}
	r.set("iso", k.countries[string(at.State)]["numeric"])
	r.set("country", k.codeName(at.State))
	geo := "1"
	if at.Precision == "region" || at.Precision == "part" || at.Precision == "sea" {
		r.set("admin1", at.Name)
		geo = "3"
	}
	r.set("location", at.Name)
	r.set("latitude", number(at.Lat))
	r.set("longitude", number(at.Lon))
	r.set("geo_precision", geo)
	var outlets []string
	for _, x := range e.Claims {
		if !slices.Contains(outlets, x.Outlet) {
			outlets = append(outlets, x.Outlet)
		}
	}
	r.set("source", strings.Join(outlets, "; "))
	r.set("source_scale", strconv.Itoa(e.Origins)+" independent origins")
	notes := c.String() + " · " + string(e.Status)
	if text && c.Article == e.Article.ID {
		notes += ": " + words(e.Article, c)
	}
	r.set("notes", notes)
	r.set("fatalities", strconv.FormatInt(killed(e.Whole), 10))
	r.set("tags", strings.Join(append([]string{"isnad=" + e.ID, "status=" + string(e.Status)}, e.Contexts...), "; "))
	if t, ok := moment(e.StatusSince); ok {
		r.set("timestamp", strconv.FormatInt(t.Unix(), 10))
	}
	return r.emit()
}

// sides are the two lists of actors. Of those who act together the first stands
// on one side and the others on the other.
func sides(actor, recipient []isnad.Actor) [2][]isnad.Actor {
	from, to := once(actor), once(recipient)
	if len(from) > 1 && slices.EqualFunc(from, to, same) {
		from, to = from[:1], to[1:]
	}
	return [2][]isnad.Actor{from, to}
}

// killed is the lowest number of killed that a claim gives, 0 for none.
func killed(cs []isnad.Claim) int64 {
	low := int64(0)
	for _, c := range cs {
		for _, q := range c.Quantities {
			if n := int64(q.Low); q.Kind == "killed" && n > 0 && (low == 0 || n < low) {
				low = n
			}
		}
	}
	return low
}
