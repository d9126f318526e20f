package isnad

// Agreement is a pact between parties as a record: what it is, and its life.
type Agreement struct {
	ID          string       `json:"id"`       // "g" and the hash of its first claim
	Kind        string       `json:"kind"`     // defence, non-aggression, neutrality, consultation, ceasefire … (lexicon/data/pact_words.tsv); "" where no word tells
	Parties     []Code       `json:"parties"`  // ascending
	Name        string       `json:"name"`     // "" where no table knows it
	Articles    int          `json:"articles"` // how many it has, 0 where unknown
	Life        []PactStep   `json:"life"`     // by date
	Obligations []Obligation `json:"obligations"`
	Replaces    []string     `json:"replaces"` // ids of agreements of the same parties; empty also where it replaces one that is not known here
	Status      string       `json:"status"`   // its last step
}

// PactStep is one step of an agreement's life.
type PactStep struct {
	Step   string   `json:"step"` // proposed, negotiated, initialled, signed, ratified, in force, suspended, breached, ended, replaces, agreed
	By     []Code   `json:"by"`   // who takes it
	On     string   `json:"on"`   // the day as its claims give it, else that of the first report
	Claims []string `json:"claims"`
}

// Obligation is who owes whom what.
type Obligation struct {
	ID        string   `json:"id"`        // "o" and the hash of its first claim
	Agreement string   `json:"agreement"` // the id of the pact that it follows from, "" where none is known
	Article   string   `json:"article"`   // of the pact, e.g. "4"
	Debtor    []Code   `json:"debtor"`
	Creditor  []Code   `json:"creditor"`
	Duty      string   `json:"duty"`
	Trigger   string   `json:"trigger"` // the condition, e.g. "attacked"; "" where there is none
	Due       string   `json:"due"`     // by when
	Done      bool     `json:"done"`    // an act of that kind is told as having happened since
	Claims    []string `json:"claims"`
}

// Transfer is something that goes from one party to another.
type Transfer struct {
	ID       string          `json:"id"` // "t" and the hash of its first claim
	From     []Code          `json:"from"`
	To       []Code          `json:"to"`
	Against  []Code          `json:"against"`
	What     string          `json:"what"` // troops, arms, ammunition, food, money …
	Quantity []Amount        `json:"quantity"`
	Stage    string          `json:"stage"`  // the farthest that is told as having happened or planned
	Stages   []TransferStage `json:"stages"` // in order: sought, offered, promised, agreed, shipped, delivered, used
	DeniedBy []Code          `json:"denied_by"`
	Status   Status          `json:"status"` // of its events, the first of the table that any has
	Events   []string        `json:"events"`
}

// Amount is how much, by whose word.
type Amount struct {
	Low     float64  `json:"low"`
	High    *float64 `json:"high"` // null where open
	Approx  string   `json:"approx"`
	Unit    string   `json:"unit"`
	Speaker []Code   `json:"speaker"`
	Claim   string   `json:"claim"`

	// TakenBack is the claim by which all outlets that printed it took it back, "" where it stands.
	TakenBack string `json:"taken_back"`
}

// TransferStage is one stage with the claims that tell it.
type TransferStage struct {
	Stage  string   `json:"stage"`
	On     string   `json:"on"`
	Claims []string `json:"claims"`
}

// MarshalJSON writes all fields, empty lists as [].
func (a Agreement) MarshalJSON() ([]byte, error) {
	type plain Agreement
	p := plain(a)
	p.Parties, p.Life, p.Obligations, p.Replaces = list(p.Parties), list(p.Life), list(p.Obligations), list(p.Replaces)
	return encode(p)
}

// MarshalJSON writes all fields, empty lists as [].
func (s PactStep) MarshalJSON() ([]byte, error) {
	type plain PactStep
	p := plain(s)
	p.By, p.Claims = list(p.By), list(p.Claims)
	return encode(p)
}

// MarshalJSON writes all fields, empty lists as [].
func (o Obligation) MarshalJSON() ([]byte, error) {
	type plain Obligation
	p := plain(o)
	p.Debtor, p.Creditor, p.Claims = list(p.Debtor), list(p.Creditor), list(p.Claims)
	return encode(p)
}

// MarshalJSON writes all fields, empty lists as [].
func (t Transfer) MarshalJSON() ([]byte, error) {
	type plain Transfer
	p := plain(t)
	p.From, p.To, p.Against, p.Quantity, p.Stages = list(p.From), list(p.To), list(p.Against), list(p.Quantity), list(p.Stages)
	p.DeniedBy, p.Events = list(p.DeniedBy), list(p.Events)
	return encode(p)
}

// MarshalJSON writes all fields, empty lists as [].
func (a Amount) MarshalJSON() ([]byte, error) {
	type plain Amount
	p := plain(a)
	p.Speaker = list(p.Speaker)
	return encode(p)
}
