// Package isnad is the vocabulary of the program: the values that every stage
// reads or writes, and nothing else. It imports the standard library only.
//
// A claim is one event as one voice presents it in one sentence. Articles are
// read into claims (package engine), claims are kept (internal/store), and
// everything that is shown or exported opens back to the words they were read
// from. What each field means for someone who cites it is in docs/codebook.md.
package isnad

import "encoding/json"

// Code names the state an actor belongs to or acts for: an ISO 3166-1 alpha-3
// code, e.g. "PRK", or one of the codes of docs/codebook.md for others:
// XKX, EUU, UNO, NATO, ARL, GCC, AFU, IGO, ISIS, NGO, MED, UNK.
type Code string

// Unknown is the code of an actor that belongs to no state or cannot be
// resolved ("several states", "gunmen"). It is never the empty string.
const Unknown Code = "UNK"

// Role is what an actor is within its state, in PLOVER's sector codes, e.g.
// "GOV", "MIL", "REB" (lexicon/data/roles.tsv). Empty where unknown.
type Role string

// Type is one of PLOVER's sixteen event types, e.g. "AID".
type Type string

// Types lists the event types in PLOVER's order: verbal cooperation, material
// cooperation, verbal conflict, material conflict (PLOVER manual 2.0, ch. 3).
var Types = []Type{"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT",
	"REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}

// Stance says how a speaker stands to an event.
type Stance string

// The stances, as docs/codebook.md defines them.
const (
	Narrates Stance = "narrates" // the article's own voice; the speaker is empty
	States   Stance = "states"   // said as fact
	Confirms Stance = "confirms" // acknowledges what was said elsewhere
	Denies   Stance = "denies"   // says that it is not so
	Alleges  Stance = "alleges"  // claims it against someone's interest
	Reports  Stance = "reports"  // media, documents, unnamed sources relay it
	Believes Stance = "believes" // a hedged judgement
)

// Stances lists the stances in the order scores are printed.
var Stances = []Stance{Narrates, States, Confirms, Denies, Alleges, Reports, Believes}

// Factuality says whether the event is presented as having happened.
type Factuality string

// The factualities, as docs/codebook.md defines them.
const (
	Actual      Factuality = "actual"
	Planned     Factuality = "planned"
	Possible    Factuality = "possible"
	Conditional Factuality = "conditional"
	Negated     Factuality = "negated"
)

// Factualities lists the factualities in the order scores are printed.
var Factualities = []Factuality{Actual, Planned, Possible, Conditional, Negated}

// Denied says what a denial denies: the event itself, or only a value of it.
type Denied string

// What can be denied.
const (
	DeniesEvent    Denied = "event"
	DeniesActor    Denied = "actor"
	DeniesQuantity Denied = "quantity"
	DeniesPurpose  Denied = "purpose"
)

// Lang is an ISO 639-1 language code; isnad reads "ar" and "en".
type Lang string

// The languages isnad reads.
const (
	Arabic  Lang = "ar"
	English Lang = "en"
)

// Span is a half-open range of Unicode code points into a field of an article.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Article is one text of one outlet in one version.
type Article struct {
	ID        string `json:"id"`        // as given, else a hash of outlet, url and text
	URL       string `json:"url"`       // where it was printed, may be empty
	Outlet    string `json:"outlet"`    // newspaper, agency or channel that printed it, e.g. "aawsat"
	Title     string `json:"title"`     // headline
	Byline    string `json:"byline"`    // author line; often names the agency
	Published string `json:"published"` // ISO 8601 with as much as is known: "2018", "2023-12", "2024-11-19", "2024-11-19T14:31:00+02:00"
	Lang      Lang   `json:"lang"`      // main language of the text
	Text      string `json:"text"`      // never altered once extracted; all offsets point into it
	Fetched   string `json:"fetched,omitempty"`
	SHA256    string `json:"sha256"` // of the text's bytes, hexadecimal

	// Extra holds the fields of a JSONL row that isnad does not know; they are kept.
	Extra map[string]json.RawMessage `json:"-"`
}

// Actor is one party of a claim: who does it, to whom, or whose word it is.
type Actor struct {
	Code Code   `json:"code"`
	Role Role   `json:"role"` // "" where unknown
	ID   string `json:"id"`   // the entity's lexicon id where known, e.g. "rus_vladimir_putin"
	Name string `json:"name"` // the words of the text, e.g. «موسكو»
	Span        // where those words stand; an actor carried over from earlier text points there
}

// Voice is one link of the chain through which a claim comes, outermost first.
type Voice struct {
	Speaker []Actor `json:"speaker"`
	Stance  Stance  `json:"stance"`
	Cue     Span    `json:"cue"` // the word that attributes: قال, "said", «وفقا لـ»
}

// Trigger is the word or short phrase that carries the event.
type Trigger struct {
	Span
	Text string `json:"text"`
}

// Place is where it happened, as the sentence says.
type Place struct {
	ID        string  `json:"id"`   // gazetteer id
	Name      string  `json:"name"` // the words of the text
	State     Code    `json:"state"`
	Lat       float64 `json:"lat"` // degrees north, WGS 84
	Lon       float64 `json:"lon"` // degrees east
	Precision string  `json:"precision"`
	Span
}

// When is the time of an event as dates, inclusive.
type When struct {
	From      string `json:"from"` // "2006-01-02", "" where unknown
	To        string `json:"to"`
	Precision string `json:"precision"` // day, week, month, year, "" where unknown
}

// Quantity is a number of something, as a range.
type Quantity struct {
	Kind   string  `json:"kind"` // what is counted: troops, killed, wounded, money, arms … (lexicon/data/units.tsv)
	Low    float64 `json:"low"`
	High   float64 `json:"high"`   // +Inf is written as 0 with Approx "min"
	Approx string  `json:"approx"` // exact, about, min (at least), max (at most), range, band (dozens)
	Unit   string  `json:"unit"`
	Span
}

// Kinds of a claim row.
const (
	KindEvent      = "event"
	KindAssessment = "assessment"
)

// Claim is one event as one voice presents it in one sentence. An assessment
// is a claim of Kind "assessment": a judgement with a holder (Speaker) about an
// object (Recipient), and no Type.
type Claim struct {
	ID         string     `json:"id"` // hash of article id, field, trigger, type, parties, speaker and stance
	Kind       string     `json:"kind"`
	Article    string     `json:"article"`
	Outlet     string     `json:"outlet"`
	Published  string     `json:"published"`
	Field      string     `json:"field"` // "text" or "title": what the offsets point into
	Sentence   Span       `json:"sentence"`
	Type       Type       `json:"type"`
	Mode       []string   `json:"mode"`
	Contexts   []string   `json:"contexts"`
	Actor      []Actor    `json:"actor"`
	Recipient  []Actor    `json:"recipient"`
	Speaker    []Actor    `json:"speaker"`
	Stance     Stance     `json:"stance"`
	Denies     Denied     `json:"denies"` // "" unless the stance is denies
	Factuality Factuality `json:"factuality"`
	Chain      []Voice    `json:"chain"`
	Trigger    Trigger    `json:"trigger"`
	Places     []Place    `json:"places"`
	When       When       `json:"when"`
	Quantities []Quantity `json:"quantities"`
	Confidence float64    `json:"confidence"` // 0 to 1: the share of such claims that held-back annotation agrees with
	Reader     string     `json:"reader"`     // who read it: program and lexicon version, or a coder's name
	Rules      []string   `json:"rules"`      // lexicon rows and rules that made it, "table:id" or "rule:name"
}
