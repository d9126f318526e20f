package export

import (
	"encoding/json"
	"strings"
)

// Header says what a file is: who made it, with which words, from which
// question, and what it covers. Parquet, GeoJSON and GraphML hold it within;
// beside the others it is a file of its own (isnad export --out).
type Header struct {
	Program  string            `json:"program"` // "isnad-0.1"
	Lexicon  string            `json:"lexicon"` // hash of the lexicon that names and maps are from; a row's own reader is in the row
	Format   string            `json:"format"`
	Of       string            `json:"of"`                 // claims or events
	Question map[string]string `json:"question"`           // the filters, by their flags; none asks for all
	Rows     int               `json:"rows"`               // claims or events written; a pair of states makes a line of its own in gdelt and icews
	LeftOut  map[string]int    `json:"left_out,omitempty"` // by reason
	From     string            `json:"from"`               // first and last publication, as dates
	To       string            `json:"to"`
	Outlets  map[string]int    `json:"outlets"` // claims by outlet
	Codebook string            `json:"codebook"`
}

// cover counts a claim that was written.
func (h *Header) cover(outlet, published string) {
	if h.Outlets == nil {
		h.Outlets = map[string]int{}
	}
	h.Outlets[outlet]++
	day, _, _ := strings.Cut(published, "T")
	if day == "" {
		return
	}
	if h.From == "" || day < h.From {
		h.From = day
	}
	if day > h.To {
		h.To = day
	}
}

// JSON is the header as one line.
func (h Header) JSON() []byte {
	h.Codebook = "docs/codebook.md"
	if h.Question == nil {
		h.Question = map[string]string{}
	}
	if h.Outlets == nil {
		h.Outlets = map[string]int{}
	}
	b, err := json.Marshal(h)
	if err != nil {
		panic(err) // strings and numbers
	}
	return b
}
