// Package extract reads bytes into articles: it recognises what an input is by
// its content (a page, a text copied from a browser, rows of articles, an
// archive), finds the article in a page without what stands around it, and
// understands the encodings and dates that Arabic news comes in.
//
// Nothing is dropped in silence: what cannot be read is an error that names
// the file and the line or entry and says what to do, and the rest goes on.
package extract

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"isnad"
	"isnad/lexicon"
)

// The kinds of failure, for errors.Is. The error that wraps one names the
// place and the remedy.
var (
	ErrNoArticle = errors.New("no article text found")
	ErrEmpty     = errors.New("nothing in it")
	ErrEncoding  = errors.New("unreadable characters")
	ErrTooLarge  = errors.New("too large")
	ErrFormat    = errors.New("not a format isnad reads")
	ErrDate      = errors.New("no such date")
)

// Unnamed is the outlet of an article that does not say who printed it.
const Unnamed = "(unnamed)"

// Limits bound what one input may take of the memory. A zero field means its
// default.
type Limits struct {
	Page    int64 // bytes of one page or text, unpacked; default 16 MiB
	Row     int64 // bytes of one row of JSONL or one element of a JSON array; default 16 MiB
	Entry   int64 // unpacked bytes of one archive entry of rows; default 4 GiB
	Entries int   // entries of one archive; default 1,000,000
	Ratio   int64 // unpacked to packed bytes of an entry over 1 MiB; default 200 (Arabic JSON packs 3 to 4 times)
	Depth   int   // archives inside archives; default 2
}

// Options are what a Reader needs to know.
type Options struct {
	Lexicon *lexicon.Lexicon  // tables months and debris; required
	Outlet  string            // outlet of articles that do not name theirs
	Map     map[string]string // columns of rows by the article's field they hold, e.g. "title": "headline" (CheckMap)
	Note    func(error)       // told of a text that was read by a guess; nil: nobody is
	Now     time.Time         // what counts as the future; zero means the time of reading
	Limits  Limits
}

// Reader reads inputs. It is safe for use by many goroutines.
type Reader struct {
	opt    Options
	dates  *Calendar
	debris *debris
}

// New prepares a reader: the tables are compiled once (about 1 ms).
func New(o Options) (*Reader, error) {
	if o.Lexicon == nil {
		return nil, errors.New("extract: no lexicon; set Options.Lexicon (lexicon.Load)")
	}
	l := &o.Limits
	setDefault(&l.Page, 16<<20)
	setDefault(&l.Row, 16<<20)
	setDefault(&l.Entry, 4<<30)
	setDefault(&l.Entries, 1_000_000)
	setDefault(&l.Ratio, 200)
	setDefault(&l.Depth, 2)
	cal, err := NewCalendar(o.Lexicon)
	if err != nil {
		return nil, err
	}
	return &Reader{opt: o, dates: cal, debris: newDebris(o.Lexicon)}, nil
}

func setDefault[T int | int64](v *T, def T) {
	if *v <= 0 {
		*v = def
	}
}

func (r *Reader) now() time.Time {
	if r.opt.Now.IsZero() {
		return time.Now()
	}
	return r.opt.Now
}

// complete fills what follows from the other fields: the outlet, the language,
// the hash of the text, and the id where none was given. A generated id is "a"
// and the first 16 hex digits of the SHA-256 of outlet, url and text, split by
// NUL bytes: the same article gets the same id wherever it is read.
func (r *Reader) complete(a *isnad.Article) {
	if a.Outlet == "" {
		a.Outlet = r.opt.Outlet
	}
	if a.Outlet == "" {
		a.Outlet = Unnamed
	}
	if a.Lang == "" {
		a.Lang = DetectLang(a.Text)
	}
	sum := sha256.Sum256([]byte(a.Text))
	a.SHA256 = hex.EncodeToString(sum[:])
	if a.ID == "" {
		sum = sha256.Sum256([]byte(a.Outlet + "\x00" + a.URL + "\x00" + a.Text))
		a.ID = "a" + hex.EncodeToString(sum[:])[:16]
	}
}
