package export

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"isnad"
)

// newGDELT writes the 61 columns of a GDELT 2.0 event table: tabs, no header, no
// quoting. An event makes a row for each pair of parties. The country of a place
// is FIPS 10-4, that of an actor CAMEO's three letters; one taken for the other
// turns Germany into Gambia. The event id stands behind the address of the first
// report, where a browser passes over it.
func newGDELT(w io.Writer, k *coding, _ Options) (sink, error) {
	d, err := newDelimited(w, "gdelt", false, false)
	if err != nil {
		return nil, err
	}
	d.events = func(e Event, next func() record) error { return k.gdelt(e, next) }
	return d, nil
}

// lede is how many code points of a text are its lead.
const lede = 400

func (k *coding) gdelt(e Event, next func() record) error {
	c, deed, err := k.lead(e)
	if err != nil {
		return err
	}
	when, ok := day(e.When, e.Claims[0].Published)
	if !ok {
		return hasNoDay
	}
	ps := pairs(c.Actor, c.Recipient)
	if len(ps) == 0 {
		ps = []pair{{}}
	}
	articles := map[string]bool{}
	root := "0"
	for _, x := range e.Claims {
		articles[x.Article] = true
		if x.Field == "title" || x.Sentence.Start < lede {
			root = "1"
		}
	}
	for _, p := range ps {
		r := next()
		id := e.ID
		for i, a := range []*isnad.Actor{p.from, p.to} {
			if a != nil {
				k.gdeltActor(r, "Actor"+strconv.Itoa(i+1), *a)
				id += " " + string(a.Code) + string(a.Role) + a.ID
			}
		}
		code := deed.cameo["code"]
		r.set("GlobalEventID", strconv.FormatInt(idNumber(id), 10))
		r.set("Day", when.Format("20060102"))
		r.set("MonthYear", when.Format("200601"))
		r.set("Year", when.Format("2006"))
		r.set("FractionDate", fmt.Sprintf("%.4f", float64(when.Year())+float64(when.YearDay()-1)/365))
		r.set("IsRootEvent", root)
		r.set("EventCode", code)
		r.set("EventBaseCode", code[:min(3, len(code))])
		r.set("EventRootCode", code[:2])
		r.set("QuadClass", deed.cameo["quad"])
		r.set("GoldsteinScale", deed.cameo["goldstein"])
		r.set("NumMentions", strconv.Itoa(len(e.Claims)))
		r.set("NumSources", strconv.Itoa(e.Outlets))
		r.set("NumArticles", strconv.Itoa(len(articles)))
		for _, side := range []string{"Actor1Geo", "Actor2Geo", "ActionGeo"} {
			r.set(side+"_Type", "0")
		}
		if at, ok := first(e.Places); ok {
			k.gdeltPlace(r, at)
		}
		if t, ok := moment(e.Claims[0].Published); ok {
			r.set("DATEADDED", t.Format("20060102150405"))
		} else {
			r.set("DATEADDED", when.Format("20060102")+"000000")
		}
		r.set("SOURCEURL", anchored(e.Claims[0].URL, e.ID))
		if err := r.emit(); err != nil {
			return err
		}
	}
	return nil
}

func (k *coding) gdeltActor(r record, side string, a isnad.Actor) {
	role := k.sectors[string(a.Role)]["cameo"]
	r.set(side+"Name", strings.ToUpper(k.codeName(a.Code)))
	r.set(side+"Type1Code", role)
	if k.state(a.Code) {
		country := k.cameoCountry(a.Code)
		r.set(side+"Code", country+role)
		r.set(side+"CountryCode", country)
		return
	}
	body := k.bodies[string(a.Code)]
	r.set(side+"Code", body["cameo"])
	r.set(side+"KnownGroupCode", body["gdelt"])
	if len(body["cameo"]) >= 3 {
		r.set(side+"Type1Code", body["cameo"][:3])
	}
	if a.Code == isnad.Unknown && a.Name != "" {
		r.set(side+"Name", strings.ToUpper(a.Name))
		r.set(side+"Code", role)
		r.set(side+"Type1Code", role)
	}
}

// cameoCountry is a state's code in CAMEO: the ISO code but for three old ones.
func (k *coding) cameoCountry(c isnad.Code) string {
	if x := k.countries[string(c)]["cameo"]; x != "" {
		return x
	}
	return string(c)
}

func (k *coding) gdeltPlace(r record, p isnad.Place) {
	kind := "4"
	switch p.Precision {
	case "state":
		kind = "1"
	case "region", "part":
		kind = "5"
	}
	fips := k.countries[string(p.State)]["fips"]
	r.set("ActionGeo_Type", kind)
	r.set("ActionGeo_FullName", p.Name)
	r.set("ActionGeo_CountryCode", fips)
	r.set("ActionGeo_ADM1Code", fips)
	if pointed(p) {
		r.set("ActionGeo_Lat", number(p.Lat))
		r.set("ActionGeo_Long", number(p.Lon))
	}
}

// anchored is the address of a report with the id of what it is exported for.
func anchored(address, id string) string {
	if address == "" {
		return "isnad:" + id
	}
	address, _, _ = strings.Cut(address, "#")
	return address + "#isnad=" + id
}

// iso writes a day as YYYY-MM-DD.
func iso(t time.Time) string { return t.Format("2006-01-02") }
