package isnad

// Facts are what the ledger needs of an article beside its claims: whom it
// credits for the report, which runs of words it may share with others, and
// which words tell what it is about. They are read from the article alone
// (internal/origin), so that the ledger itself sees no text.
type Facts struct {
	Article string            `json:"article"`
	Credits []Credit          `json:"credits"` // byline first, then in order of the text
	Runs    []uint32          `json:"runs"`    // a sample of its runs of seven words, hashed, ascending
	Gist    []Word            `json:"gist"`    // of headline and first words, ascending by hash
	Around  map[string][]Word `json:"around"`  // of the sentence of each claim, by claim id; nearer the trigger weighs more

	// Tags are what the sentence of a claim says of agreements, obligations and
	// transfers, by claim id: "step=signed", "what=arms", "against=UKR" (the groups
	// of the lexicon's table pact_words), each once, in the order of the text.
	Tags map[string][]string `json:"tags"`
}

// Word is a word without its inflection, as a hash, with how much it tells:
// the logarithm of how rare it is, times how near it stands to what counts.
type Word struct {
	Hash   uint32  `json:"hash"`
	Weight float32 `json:"weight"`
}

// CreditKind says in which way an article credits somebody.
type CreditKind string

// The kinds of credit, strongest first.
const (
	CreditByline        CreditKind = "byline"        // an agency in the author line: «واشنطن - أ ف ب»
	CreditDateline      CreditKind = "dateline"      // before the first words: "(Reuters) –"
	CreditSignature     CreditKind = "signature"     // after the last words
	CreditTold          CreditKind = "told"          // somebody spoke to it: «قال لوكالة فرانس برس»
	CreditAttributed    CreditKind = "attributed"    // the text has it from there: «نقلاً عن», "according to"
	CreditCorrespondent CreditKind = "correspondent" // a person of the outlet's own in the author line
	CreditAgencies      CreditKind = "agencies"      // «وكالات»: somebody else, unnamed
)

// Credit is one place where an article says whom it has the report from.
type Credit struct {
	Kind   CreditKind `json:"kind"`
	Outlet string     `json:"outlet"` // id of the lexicon's table outlets; "" for a person and for unnamed agencies
	Field  string     `json:"field"`  // byline, title or text: what the span points into
	Span
	Text string `json:"text"` // the words
}

// Entry is a claim as the ledger takes it: with what its article's text tells
// besides, and the article's address.
type Entry struct {
	Claim Claim
	Facts *Facts // shared by the entries of an article
	URL   string
}
