// Package store is the contract for what isnad keeps: articles in all their
// versions, the claims read from each, how far an ingest has come, and what people found of the
// claims. It holds
// the words of a question (Query) and no database; package sqlite implements
// it, and storetest holds every implementation to it.
//
// Same input, same bytes out: what a query returns depends on the articles and
// claims put in and never on the order, the batches or the number of workers
// that brought them. Results are ordered by content (published, article id,
// place in the article, claim id). Revisions and times of arrival are outside
// this rule.
package store

import (
	"context"
	"errors"
	"iter"

	"isnad"
)

// Errors of every implementation, matched with errors.Is.
var (
	// ErrNotFound: no article, version, claim or input of that name.
	ErrNotFound = errors.New("not found")
	// ErrInvalid: a reading or a query that breaks the contract; nothing was written.
	ErrInvalid = errors.New("invalid")
	// ErrNoStore: there is no store at that place and none was to be made.
	ErrNoStore = errors.New("no store")
	// ErrForeign: the file is something else than a store of isnad.
	ErrForeign = errors.New("not a store of isnad")
	// ErrReadOnly: the store, or the folder its journal stands in, may not be written to.
	ErrReadOnly = errors.New("read-only")
	// ErrFull: there is no room left where the store stands; nothing of the last write was kept.
	ErrFull = errors.New("no room left")
	// ErrNewer: the store was written by a later isnad, whose tables this one does not know.
	ErrNewer = errors.New("written by a newer isnad")
)

// Store keeps articles and claims. It is safe for use by many goroutines, and
// readers are never held up by a writer. Implemented by sqlite.Store; a
// PostgreSQL implementation is to follow under the same suite (storetest.Run).
type Store interface {
	// Put keeps readings in one transaction: all of them with all their claims,
	// or, on an error, none. A version that the store has already keeps its row
	// and has its claims replaced where another reader read it.
	Put(ctx context.Context, readings ...Reading) (Added, error)

	// Known says for each digest whether that version is kept with claims of
	// this reader, or coded by others, so that an ingest run again skips it.
	Known(ctx context.Context, reader string, digests ...string) ([]bool, error)

	// Article returns the latest version that carries this article id.
	Article(ctx context.Context, id string) (Version, error)

	// Versions returns all versions of the article of this id, oldest first,
	// those under other ids of the same URL among them.
	Versions(ctx context.Context, id string) ([]Version, error)

	// Articles yields articles in their version as of the query, by published
	// and id. A yielded error ends the sequence.
	Articles(ctx context.Context, q ArticleQuery) iter.Seq2[Version, error]

	// Claims yields the claims of the articles' versions as of the query, by
	// published, article id, field (title first), trigger and claim id.
	Claims(ctx context.Context, q Query) iter.Seq2[isnad.Claim, error]

	// Search returns a page of the articles that answer a search, in their latest
	// version, with counts over all of them.
	Search(ctx context.Context, q SearchQuery) (Found, error)

	// ClaimsOf returns the claims of one version, title first, in order of trigger.
	ClaimsOf(ctx context.Context, digest string) ([]isnad.Claim, error)

	// Claim returns a claim by its id with the version it was read from: the
	// latest where several have it. A beginning of the id is enough where no
	// other claim begins so; ErrInvalid where some do.
	Claim(ctx context.Context, id string) (isnad.Claim, Version, error)

	// Stale yields the versions that another reader than this one read, those coded by
	// others left out: the work list of reread. It may be ranged over while Put is called.
	Stale(ctx context.Context, reader string) iter.Seq2[Version, error]

	// Link has the ledger take up what has changed since it last did, in one
	// transaction that holds the store's lock: all of it or, on an error, nothing.
	// Two that link at once do it one after the other. What it writes depends on the
	// articles and claims kept, whatever was linked before and however often.
	Link(ctx context.Context, l Ledger) (Linked, error)

	// Unlinked counts the blocks that wait for Link.
	Unlinked(ctx context.Context) (int, error)

	// Events yields the events as they were linked last, in the order of
	// CompareEvents.
	Events(ctx context.Context, q EventQuery) iter.Seq2[isnad.Event, error]

	// Event returns an event by its id, by the id that any of its claims would give
	// it, by an id that it had, or by a beginning of its own where no other begins so.
	Event(ctx context.Context, id string) (isnad.Event, error)

	// Entries yields all claims as a ledger takes them, of the articles' versions as
	// of a time ("" for now), in no order.
	Entries(ctx context.Context, asOf string) iter.Seq2[isnad.Entry, error]

	// Changes yields the feed of changes after a cursor, oldest first.
	Changes(ctx context.Context, after int64) iter.Seq2[Change, error]

	// Withdraw takes an article back, in all its versions: its claims count no more
	// from then on (RFC 3339), and a tombstone stands for it.
	Withdraw(ctx context.Context, article, at, reason string) error

	// Tombstones lists the withdrawn articles, by id.
	Tombstones(ctx context.Context) ([]Tombstone, error)

	// Input tells how far the ingest of one input came; ErrNotFound if it never ended.
	Input(ctx context.Context, name string) (Input, error)

	// PutInput records that an input was ingested to its end.
	PutInput(ctx context.Context, in Input) error

	// Feeds lists the feeds, by address.
	Feeds(ctx context.Context) ([]Feed, error)

	// PutFeed keeps a feed, in the place of the one with its address.
	PutFeed(ctx context.Context, f Feed) error

	// RemoveFeed forgets a feed, not its articles; ErrNotFound if there is none.
	RemoveFeed(ctx context.Context, url string) error

	// Outlets lists the outlets of the articles in their latest version, by name.
	Outlets(ctx context.Context) ([]Outlet, error)

	// Status counts what is kept.
	Status(ctx context.Context) (Status, error)

	// Revision is that of Status alone, which costs nothing: whoever keeps answers
	// asks it whether they still hold.
	Revision(ctx context.Context) (int64, error)

	Reviews
	Accounts

	Close() error
}

// Reading is one article with all that one reader read from it. The reader is
// named by program version and lexicon hash, e.g. "isnad-0.1+3f9c2a71b0de".
type Reading struct {
	Article   isnad.Article
	Claims    []isnad.Claim
	Facts     isnad.Facts // what the ledger needs besides; may be empty
	Sentences int         // of title and text, for the summary
	Reader    string
	Coded     bool // by others than isnad: no ingest and no reread takes their place
}

// Added says what Put changed.
type Added struct {
	Articles int // versions that were new
	Reread   int // versions that were kept and got the claims of another reader
	Same     int // versions that were kept as they are
	Claims   int // claims written
}

// Plus adds up.
func (a Added) Plus(b Added) Added {
	return Added{a.Articles + b.Articles, a.Reread + b.Reread, a.Same + b.Same, a.Claims + b.Claims}
}

// Version is one version of an article as it is kept.
//
// Articles of one id, or of one URL that names a page and not a site, are
// versions of one article. They are numbered by what they say and not by when
// they came: by time of fetching where the article tells one, then published,
// then digest.
type Version struct {
	isnad.Article
	Digest    string // names this version; see Digest
	Number    int    // 1 is the oldest
	Current   bool   // no later version is kept
	Known     string // since when it could be known, RFC 3339 in UTC, "" where that is unknown; see Query.AsOf
	Reader    string // who read it
	Sentences int
	Claims    int
}

// Input is a file, folder or address that was ingested to its end, so that the
// next run can pass over it without opening it.
type Input struct {
	Name        string // absolute path or URL
	Fingerprint string // sizes and times of its files; another fingerprint means that it changed
	Reader      string
	Articles    int
	Failures    []string // what could not be read in it, each as it was named
}

// Outlet is who printed articles, and how many in their latest version.
type Outlet struct {
	Name     string
	Articles int
}

// Status counts what is kept.
type Status struct {
	Place       string // file or address of the store
	Schema      int    // number of migrations done
	Revision    int64  // counts the transactions that changed something
	Bytes       int64
	Articles    int // in their latest version
	Versions    int
	Claims      int // of latest versions
	Assessments int
	Outlets     int
	From, To    string         // published, first and last, "" where there is none
	Readers     map[string]int // versions by reader
	Inputs      int
}

// Feed is an address that news is taken from again and again, and how it does.
// Times are RFC 3339 in UTC, "" for never.
type Feed struct {
	URL          string `json:"url"`
	Outlet       string `json:"outlet"` // of its articles, "" where the feed's title says it
	Title        string `json:"title"`  // as the feed has it
	ETag         string `json:"etag"`   // of the last answer, for the next question
	LastModified string `json:"last_modified"`
	Checked      string `json:"checked"`   // asked last
	Succeeded    string `json:"succeeded"` // answered last
	Changed      string `json:"changed"`   // had a new article last
	Next         string `json:"next"`      // not asked before
	Failures     int    `json:"failures"`  // since it last answered
	Error        string `json:"error"`     // why it did not answer, or some article could not be had
	Moved        string `json:"moved"`     // the address that it had before, "" where it has not moved
	Gone         bool   `json:"gone"`      // it said that it won't come back, and is asked no more
	Articles     int    `json:"articles"`  // taken from it
}
