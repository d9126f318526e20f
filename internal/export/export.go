// Package export writes claims and events in the formats that others read:
// isnad's own rows (JSON Lines, CSV, Parquet), maps (GeoJSON), networks
// (GraphML), and the columns of GDELT, ICEWS, POLECAT and ACLED.
//
// Rows come one by one and go out one by one: an export of any size takes the
// memory of one row (of one row group in Parquet). Each carries the id of the
// claim or event that opens to its words. The same store gives the same bytes:
// no time of writing stands anywhere.
//
// The other data sets have no place for a stance, a status or a factuality. What
// they would take for a deed that was done is left out of them and counted by
// reason (Header.LeftOut): denials, and what PLOVER's manual knows no event for.
// docs/codebook.md says what every column holds.
package export

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"isnad"
	"isnad/lexicon"
)

// ErrFormat is wrapped where there is no such format, or none of such rows.
var ErrFormat = errors.New("no such export")

// The units of an export.
const (
	Claims = "claims"
	Events = "events"
)

// Format is a way of writing, with the units it can hold; the first is the usual one.
type Format struct {
	Name string
	Of   []string
	New  func(io.Writer, *coding, Options) (sink, error)
}

// Formats lists the formats in the order of the documentation.
var Formats = []Format{
	{"jsonl", []string{Claims, Events}, newJSONL},
	{"csv", []string{Claims, Events}, newCSV},
	{"parquet", []string{Claims, Events}, newParquet},
	{"gdelt", []string{Events}, newGDELT},
	{"polecat", []string{Claims}, newPOLECAT},
	{"icews", []string{Claims}, newICEWS},
	{"acled", []string{Events}, newACLED},
	{"geojson", []string{Events, Claims}, newGeoJSON},
	{"graphml", []string{Events, Claims}, newGraphML},
}

// Find returns the format of a name and the unit it will hold: the one asked
// for, or the format's usual one for "".
func Find(name, of string) (Format, string, error) {
	i := slices.IndexFunc(Formats, func(f Format) bool { return f.Name == name })
	if i < 0 {
		var names []string
		for _, f := range Formats {
			names = append(names, f.Name)
		}
		return Format{}, "", fmt.Errorf("%w: %q; write one of %s", ErrFormat, name, strings.Join(names, ", "))
	}
	f := Formats[i]
	if of == "" {
		of = f.Of[0]
	}
	if !slices.Contains(f.Of, of) {
		return Format{}, "", fmt.Errorf("%w: %s holds %s, not %q", ErrFormat, name, strings.Join(f.Of, " or "), of)
	}
	return f, of, nil
}

// Options are what an export is made with.
type Options struct {
	Lexicon *lexicon.Lexicon
	Of      string // Claims or Events
	Text    bool   // with headlines and sentences
	Header  Header // what is known before the first row
}

// Claim is a claim with the article it was read from.
type Claim struct {
	isnad.Claim
	Article isnad.Article
}

// Event is an event with its claims whole, in the order in which it lists them,
// and the article of the first.
type Event struct {
	isnad.Event
	Whole   []isnad.Claim
	Article isnad.Article
}

// sink is a format at work. Implemented by jsonl, table, parquetFile, geo, graph
// and delimited.
type sink interface {
	claim(Claim) error
	event(Event) error
	end(Header) error
}

// leftOut is the reason for which a row is not written.
type leftOut string

func (l leftOut) Error() string { return string(l) }

// Export writes one file.
type Export struct {
	sink   sink
	header Header
}

// New begins an export. The format must hold the unit (Find).
func New(w io.Writer, f Format, o Options) (*Export, error) {
	k, err := newCoding(o.Lexicon)
	if err != nil {
		return nil, err
	}
	o.Header.Format, o.Header.Of = f.Name, o.Of
	o.Header.Lexicon = o.Lexicon.Hash()
	s, err := f.New(w, k, o)
	if err != nil {
		return nil, fmt.Errorf("export %s: %w", f.Name, err)
	}
	return &Export{s, o.Header}, nil
}

// Claim writes a claim.
func (x *Export) Claim(c Claim) error {
	return x.count(x.sink.claim(c), func(h *Header) { h.cover(c.Outlet, c.Published) })
}

// Event writes an event. One without claims is none.
func (x *Export) Event(e Event) error {
	if len(e.Claims) == 0 || len(e.Whole) == 0 {
		return x.count(leftOut("without claims"), nil)
	}
	return x.count(x.sink.event(e), func(h *Header) {
		for _, c := range e.Claims {
			h.cover(c.Outlet, c.Published)
		}
	})
}

func (x *Export) count(err error, cover func(*Header)) error {
	var why leftOut
	switch {
	case errors.As(err, &why):
		if x.header.LeftOut == nil {
			x.header.LeftOut = map[string]int{}
		}
		x.header.LeftOut[string(why)]++
	case err != nil:
		return fmt.Errorf("export %s: %w", x.header.Format, err)
	default:
		x.header.Rows++
		cover(&x.header)
	}
	return nil
}

// End writes what stands behind the rows, and returns the header.
func (x *Export) End() (Header, error) {
	if err := x.sink.end(x.header); err != nil {
		return x.header, fmt.Errorf("export %s: %w", x.header.Format, err)
	}
	return x.header, nil
}
