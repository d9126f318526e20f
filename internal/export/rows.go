package export

import (
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"isnad"
)

// claimRow is a claim as a row of CSV, Parquet, GeoJSON and GraphML. Lists are
// joined by "+", their parts keep their order; an empty text is an empty list or
// an unknown value. Title and Sentence are empty unless texts are asked for.
type claimRow struct {
	ID            string   `parquet:"id" holds:"the claim; isnad explain opens it"`
	Kind          string   `parquet:"kind" holds:"event or assessment"`
	Article       string   `parquet:"article" holds:"the article's id"`
	URL           string   `parquet:"url" holds:"the article's address"`
	Outlet        string   `parquet:"outlet" holds:"who printed it"`
	Published     string   `parquet:"published" holds:"the article's date, with as much as is known"`
	Lang          string   `parquet:"lang" holds:"the article's language"`
	Field         string   `parquet:"field" holds:"title or text: what the offsets point into"`
	Type          string   `parquet:"type" holds:"event type"`
	Plover        string   `parquet:"plover" holds:"type under PLOVER's manual, empty where it has no event for it"`
	Mode          string   `parquet:"mode" holds:"modes"`
	Contexts      string   `parquet:"contexts" holds:"contexts"`
	Actor         string   `parquet:"actor" holds:"codes of who does it"`
	ActorRole     string   `parquet:"actor_role" holds:"role of each actor, - where unknown"`
	ActorID       string   `parquet:"actor_id" holds:"entity of each actor, - where unknown"`
	ActorName     string   `parquet:"actor_name" holds:"the words of the text"`
	Recipient     string   `parquet:"recipient" holds:"codes of to whom"`
	RecipientRole string   `parquet:"recipient_role" holds:"likewise"`
	RecipientID   string   `parquet:"recipient_id" holds:"likewise"`
	RecipientName string   `parquet:"recipient_name" holds:"likewise"`
	Speaker       string   `parquet:"speaker" holds:"codes of whose word it is"`
	SpeakerRole   string   `parquet:"speaker_role" holds:"likewise"`
	SpeakerName   string   `parquet:"speaker_name" holds:"likewise"`
	Stance        string   `parquet:"stance" holds:"how the speaker stands to it"`
	Denies        string   `parquet:"denies" holds:"what a denial denies"`
	Factuality    string   `parquet:"factuality" holds:"whether it is told as having happened"`
	Chain         string   `parquet:"chain" holds:"voices, outermost first: codes, a space, stance; > between voices"`
	Trigger       string   `parquet:"trigger" holds:"the words that carry the event"`
	TriggerStart  int64    `parquet:"trigger_start" holds:"code points, from 0"`
	TriggerEnd    int64    `parquet:"trigger_end" holds:"code points, exclusive"`
	SentenceStart int64    `parquet:"sentence_start" holds:"code points, from 0"`
	SentenceEnd   int64    `parquet:"sentence_end" holds:"code points, exclusive"`
	From          string   `parquet:"from" holds:"first day of the event, YYYY-MM-DD"`
	To            string   `parquet:"to" holds:"last day"`
	Precision     string   `parquet:"precision" holds:"day, week, month, year"`
	Place         string   `parquet:"place" holds:"places, the words of the text"`
	PlaceState    string   `parquet:"place_state" holds:"state of the first place"`
	PlaceKind     string   `parquet:"place_precision" holds:"how exact the first place is: site, city, region, part, sea, state"`
	Lat           *float64 `parquet:"lat,optional" holds:"degrees north of the first place, WGS 84; empty where it is a whole state"`
	Lon           *float64 `parquet:"lon,optional" holds:"degrees east"`
	Quantities    string   `parquet:"quantities" holds:"kind=low..high approx unit, ; between; an open end is empty"`
	Confidence    float64  `parquet:"confidence" holds:"0 to 1"`
	Reader        string   `parquet:"reader" holds:"who read it: program and lexicon, or a coder"`
	Rules         string   `parquet:"rules" holds:"lexicon rows and rules that made it"`
	Title         string   `parquet:"title" holds:"the headline; with --with-text only"`
	Sentence      string   `parquet:"words" holds:"the sentence; with --with-text only"`
}

func (k *coding) claimRow(c Claim, text bool) claimRow {
	r := claimRow{ID: c.ID, Kind: c.Kind, Article: c.Claim.Article, URL: c.Article.URL, Outlet: c.Outlet, Published: c.Published, Lang: string(c.Article.Lang), Field: c.Field,
		Type: string(c.Type), Mode: plus(c.Mode), Contexts: plus(c.Contexts), Stance: string(c.Stance), Denies: string(c.Denies), Factuality: string(c.Factuality),
		Trigger: c.Trigger.Text, TriggerStart: int64(c.Trigger.Start), TriggerEnd: int64(c.Trigger.End),
		SentenceStart: int64(c.Claim.Sentence.Start), SentenceEnd: int64(c.Claim.Sentence.End), From: c.When.From, To: c.When.To, Precision: c.When.Precision,
		Confidence: c.Confidence, Reader: c.Reader, Rules: plus(c.Rules), Quantities: quantities(c.Quantities)}
	if c.Kind == isnad.KindEvent {
		r.Plover = string(k.plover.Type(c.Claim))
	}
	r.Actor, r.ActorRole, r.ActorID, r.ActorName = parties(c.Actor)
	r.Recipient, r.RecipientRole, r.RecipientID, r.RecipientName = parties(c.Recipient)
	r.Speaker, r.SpeakerRole, _, r.SpeakerName = parties(c.Speaker)
	var voices []string
	for _, v := range c.Chain {
		voices = append(voices, isnad.Codes(v.Speaker)+" "+string(v.Stance))
	}
	r.Chain = strings.Join(voices, " > ")
	r.Place, r.PlaceState, r.PlaceKind, r.Lat, r.Lon = places(c.Places)
	if text {
		r.Title, r.Sentence = c.Article.Title, words(c.Article, c.Claim)
	}
	return r
}

// eventRow is an event as a row, as claimRow is of a claim.
type eventRow struct {
	ID          string   `parquet:"id" holds:"the event; isnad explain opens it"`
	Type        string   `parquet:"type" holds:"event type"`
	Mode        string   `parquet:"mode" holds:"modes"`
	Contexts    string   `parquet:"contexts" holds:"contexts"`
	Actor       string   `parquet:"actor" holds:"codes of who does it, by its claims"`
	Recipient   string   `parquet:"recipient" holds:"codes of to whom"`
	From        string   `parquet:"from" holds:"first day of the event"`
	To          string   `parquet:"to" holds:"last day"`
	Precision   string   `parquet:"precision" holds:"day, week, month, year"`
	Place       string   `parquet:"place" holds:"places, most named first"`
	PlaceState  string   `parquet:"place_state" holds:"state of the first place"`
	PlaceKind   string   `parquet:"place_precision" holds:"how exact the first place is"`
	Lat         *float64 `parquet:"lat,optional" holds:"degrees north of the first place; empty where it is a whole state"`
	Lon         *float64 `parquet:"lon,optional" holds:"degrees east"`
	Status      string   `parquet:"status" holds:"how well it stands"`
	StatusSince string   `parquet:"status_since" holds:"publication of the claim that brought the status"`
	Outlets     int64    `parquet:"outlets" holds:"number of outlets"`
	Origins     int64    `parquet:"origins" holds:"number of independent origins"`
	Claims      int64    `parquet:"claims" holds:"number of claims"`
	Denials     int64    `parquet:"denials" holds:"number of claims that deny that it happened"`
	ClaimIDs    string   `parquet:"claim_ids" holds:"its claims, in order of publication"`
	Contested   string   `parquet:"contested" holds:"values on which its claims differ"`
	Links       string   `parquet:"links" holds:"kind, a space, event; ; between"`
	First       string   `parquet:"first" holds:"publication of its first claim"`
	URL         string   `parquet:"url" holds:"address of the first article"`
	Outlet      string   `parquet:"outlet" holds:"outlet of the first article"`
	Title       string   `parquet:"title" holds:"headline of the first article; with --with-text only"`
	Sentence    string   `parquet:"words" holds:"sentence of the first claim; with --with-text only"`
}

func newEventRow(e Event, text bool) eventRow {
	r := eventRow{ID: e.ID, Type: string(e.Type), Mode: plus(e.Mode), Contexts: plus(e.Contexts), Actor: plus(e.Actor), Recipient: plus(e.Recipient),
		From: e.When.From, To: e.When.To, Precision: e.When.Precision, Status: string(e.Status), StatusSince: e.StatusSince,
		Outlets: int64(e.Outlets), Origins: int64(e.Origins), Claims: int64(len(e.Claims)), First: e.Claims[0].Published, URL: e.Claims[0].URL, Outlet: e.Claims[0].Outlet}
	r.Place, r.PlaceState, r.PlaceKind, r.Lat, r.Lon = places(e.Places)
	var ids, contested, links []string
	for _, c := range e.Claims {
		ids = append(ids, c.ID)
		if c.Denies == isnad.DeniesEvent {
			r.Denials++
		}
	}
	for _, c := range e.Contested {
		contested = append(contested, c.What)
	}
	for _, l := range e.Links {
		links = append(links, string(l.Kind)+" "+l.Event)
	}
	r.ClaimIDs, r.Contested, r.Links = plus(ids), plus(contested), strings.Join(links, ";")
	if text {
		r.Title, r.Sentence = e.Article.Title, words(e.Article, e.Whole[0])
	}
	return r
}

func plus[T ~string](list []T) string {
	s := make([]string, len(list))
	for i, v := range list {
		s[i] = string(v)
	}
	return strings.Join(s, "+")
}

// parties are the codes, roles, ids and words of actors, each list as long as
// the others.
func parties(as []isnad.Actor) (codes, roles, ids, names string) {
	dash := func(s string) string {
		if s == "" {
			return "-"
		}
		return s
	}
	var c, r, i, n []string
	for _, a := range as {
		c, r, i, n = append(c, string(a.Code)), append(r, dash(string(a.Role))), append(i, dash(a.ID)), append(n, dash(strings.ReplaceAll(a.Name, "+", " ")))
	}
	return plus(c), plus(r), plus(i), plus(n)
}

// places are the names of places, and where the first of them is. A whole state
// gets no point: a pin in its middle would be read as a place.
func places(ps []isnad.Place) (names, state, precision string, lat, lon *float64) {
	var all []string
	for _, p := range ps {
		all = append(all, p.Name)
	}
	if len(ps) > 0 {
		p := ps[0]
		state, precision = string(p.State), p.Precision
		if pointed(p) {
			lat, lon = &p.Lat, &p.Lon
		}
	}
	return plus(all), state, precision, lat, lon
}

// pointed says that a place is finer than a state and has coordinates.
func pointed(p isnad.Place) bool {
	return p.Precision != "state" && p.Precision != "" && (p.Lat != 0 || p.Lon != 0)
}

func quantities(qs []isnad.Quantity) string {
	var out []string
	for _, q := range qs {
		high := number(q.High)
		if q.Approx == "min" || math.IsInf(q.High, 0) {
			high = ""
		}
		out = append(out, q.Kind+"="+number(q.Low)+".."+high+" "+q.Approx+" "+q.Unit)
	}
	return strings.Join(out, ";")
}

func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// words are the sentence of a claim, on one line.
func words(a isnad.Article, c isnad.Claim) string {
	text := []rune(a.Text)
	if c.Field == "title" {
		text = []rune(a.Title)
	}
	if c.Sentence.Start < 0 || c.Sentence.End > len(text) || c.Sentence.Start > c.Sentence.End {
		return ""
	}
	return strings.Join(strings.Fields(string(text[c.Sentence.Start:c.Sentence.End])), " ")
}

// columnsOf lists the columns of a row type.
func columnsOf[T any]() []Column {
	var out []Column
	for f := range reflect.TypeFor[T]().Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("parquet"), ",")
		kind := map[reflect.Kind]string{reflect.String: "string", reflect.Int64: "integer", reflect.Float64: "float", reflect.Pointer: "float"}[f.Type.Kind()]
		out = append(out, Column{name, kind, f.Tag.Get("holds")})
	}
	return out
}

// cells are the values of a row as text; an absent number is "".
func cells(r any) []string {
	v := reflect.ValueOf(r)
	out := make([]string, v.NumField())
	for i := range out {
		switch f := v.Field(i); f.Kind() {
		case reflect.Int64:
			out[i] = strconv.FormatInt(f.Int(), 10)
		case reflect.Float64:
			out[i] = number(f.Float())
		case reflect.Pointer:
			if !f.IsNil() {
				out[i] = number(f.Elem().Float())
			}
		default:
			out[i] = f.String()
		}
	}
	return out
}

// properties are a row as a JSON object in the order of its columns, without
// those named.
func properties(r any, columns []Column, without ...string) ([]byte, error) {
	v := reflect.ValueOf(r)
	b := []byte{'{'}
	for i, c := range columns {
		if slices.Contains(without, c.Name) {
			continue
		}
		value, err := json.Marshal(v.Field(i).Interface())
		if err != nil {
			return nil, err
		}
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = append(append(strconv.AppendQuote(b, c.Name), ':'), value...)
	}
	return append(b, '}'), nil
}
