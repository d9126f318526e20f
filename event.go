package isnad

// Status says how well an event stands, by the first row of the codebook's
// table that holds; it follows from the event's claims alone.
type Status string

// The statuses, in the order in which they are tried.
const (
	Retracted    Status = "retracted"    // all that asserted it have taken it back
	Disputed     Status = "disputed"     // asserted, and denied by a party to it
	OnlyDenied   Status = "denied"       // known through its denial only
	Confirmed    Status = "confirmed"    // the actor itself says so
	Corroborated Status = "corroborated" // by two or more independent origins
	Reported     Status = "reported"     // outlets or unnamed sources say so
	Asserted     Status = "asserted"     // only one side says so
)

// Statuses lists them in order.
var Statuses = []Status{Retracted, Disputed, OnlyDenied, Confirmed, Corroborated, Reported, Asserted}

// Event is one thing in the world with all that was said about it: what the
// claims of many articles are about, reconciled.
type Event struct {
	ID          string       `json:"id"` // "e" and the hash of its first claim; every later claim's is an alias
	Type        Type         `json:"type"`
	Mode        []string     `json:"mode"`
	Contexts    []string     `json:"contexts"`
	Actor       []Code       `json:"actor"` // codes that a third of its claims or more have on that side
	Recipient   []Code       `json:"recipient"`
	When        When         `json:"when"`
	Places      []Place      `json:"places"` // most named first
	Status      Status       `json:"status"`
	StatusSince string       `json:"status_since"` // published of the claim that brought it
	StatusClaim string       `json:"status_claim"` // that claim
	Outlets     int          `json:"outlets"`
	Origins     int          `json:"origins"` // independent ones that can be told apart; an unknown one counts where there is no other
	Claims      []EventClaim `json:"claims"`
	Contested   []Contested  `json:"contested"`
	Links       []Link       `json:"links"`
}

// EventClaim is a claim as its event shows it.
type EventClaim struct {
	ID         string     `json:"id"`
	Article    string     `json:"article"`
	URL        string     `json:"url"`
	Outlet     string     `json:"outlet"`
	Published  string     `json:"published"`
	Origin     string     `json:"origin"`  // id of the outlet that the report is from, its own where that is it, "" where unknown
	CopyOf     string     `json:"copy_of"` // the article with the same passage that the origin is known from, "" where it credits it itself
	Field      string     `json:"field"`
	Type       Type       `json:"type"`
	Actor      []Code     `json:"actor"`
	Recipient  []Code     `json:"recipient"`
	Speaker    []Code     `json:"speaker"`
	Stance     Stance     `json:"stance"`
	Denies     Denied     `json:"denies"`
	Factuality Factuality `json:"factuality"`
	Link       LinkKind   `json:"link"` // how it stands to what was said before, "" for the first and for a further voice
	Of         string     `json:"of"`   // the claim of the event that it stands so to
	Sentence   Span       `json:"sentence"`
	Trigger    Trigger    `json:"trigger"`
	Reader     string     `json:"reader"`
}

// Contested is a value on which the claims of an event differ.
type Contested struct {
	What   string  `json:"what"`   // the thing counted (a kind of quantity), or actor, place, date
	Values []Value `json:"values"` // by published; none is chosen
}

// Value is one party's word on a contested value.
type Value struct {
	Speaker   []Code   `json:"speaker"` // [] where an article tells it in its own voice
	Low       *float64 `json:"low"`     // null where the value is no number
	High      *float64 `json:"high"`    // null also where it is open: "at least"
	Approx    string   `json:"approx"`
	Unit      string   `json:"unit"`
	Text      string   `json:"text"`  // a value that is no number: codes, a place, a date
	Claim     string   `json:"claim"` // the first claim that gives it
	Published string   `json:"published"`
	Revises   bool     `json:"revises"`    // the speaker gave another before
	TakenBack string   `json:"taken_back"` // the claim by which all outlets that printed it took it back, "" where it stands
}

// LinkKind says how one event stands to another, or a claim to an earlier one of
// its event.
type LinkKind string

// The kinds of link.
const (
	LinkSupports   LinkKind = "supports"    // a speech act that backs the other
	LinkRepeats    LinkKind = "repeats"     // the same again, by the same voice or from the same origin
	LinkDenies     LinkKind = "denies"      // a speech act that denies the other
	LinkCorrects   LinkKind = "corrects"    // with words of correction, what its outlet printed
	LinkRetracts   LinkKind = "retracts"    // takes it back: its outlet or its speaker
	LinkRefines    LinkKind = "refines"     // the same voice with another figure, place or date
	LinkRespondsTo LinkKind = "responds to" // a speech act about the other
)

// Link leads from an event to another.
type Link struct {
	Kind  LinkKind `json:"kind"`
	Event string   `json:"event"`
}

// MarshalJSON writes all fields, empty lists as [].
func (e Event) MarshalJSON() ([]byte, error) {
	type plain Event
	p := plain(e)
	p.Mode, p.Contexts, p.Places, p.Links = list(p.Mode), list(p.Contexts), list(p.Places), list(p.Links)
	p.Actor, p.Recipient, p.Claims, p.Contested = list(p.Actor), list(p.Recipient), list(p.Claims), list(p.Contested)
	return encode(p)
}

// MarshalJSON writes all fields, empty lists as [].
func (c EventClaim) MarshalJSON() ([]byte, error) {
	type plain EventClaim
	p := plain(c)
	p.Actor, p.Recipient, p.Speaker = list(p.Actor), list(p.Recipient), list(p.Speaker)
	return encode(p)
}

// MarshalJSON writes all fields, empty lists as [].
func (v Value) MarshalJSON() ([]byte, error) {
	type plain Value
	p := plain(v)
	p.Speaker = list(p.Speaker)
	return encode(p)
}
