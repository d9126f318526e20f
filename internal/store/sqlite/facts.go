package sqlite

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"maps"
	"math"
	"slices"

	"isnad"
)

// packFacts writes facts as two cells: credits and tags as JSON, which people read, and
// the words and runs as numbers, four bytes each, little-endian:
//
//	count, runs… · count, (hash, weight)… of the gist · count of claims, each: length of id, id, count, (hash, weight)…
//
// As JSON the words of 15,042 articles would be 50 MB, so they are 14.
func packFacts(f isnad.Facts) (credits string, words []byte, err error) {
	c, err := json.Marshal(said{f.Credits, f.Tags})
	if err != nil {
		return "", nil, err
	}
	put := binary.LittleEndian.AppendUint32
	bag := func(b []byte, ws []isnad.Word) []byte {
		b = put(b, uint32(len(ws)))
		for _, w := range ws {
			b = put(put(b, w.Hash), math.Float32bits(w.Weight))
		}
		return b
	}
	b := put(nil, uint32(len(f.Runs)))
	for _, r := range f.Runs {
		b = put(b, r)
	}
	b = bag(b, f.Gist)
	b = put(b, uint32(len(f.Around)))
	for _, id := range slices.Sorted(maps.Keys(f.Around)) {
		b = append(put(b, uint32(len(id))), id...)
		b = bag(b, f.Around[id])
	}
	return string(c), b, nil
}

// said is what people read of facts.
type said struct {
	Credits []isnad.Credit      `json:"credits"`
	Tags    map[string][]string `json:"tags"`
}

var errFacts = errors.New("the words of an article are damaged; isnad reread writes them anew")

func unpackFacts(article, credits string, b []byte) (*isnad.Facts, error) {
	var read said
	if err := json.Unmarshal([]byte(credits), &read); err != nil {
		return nil, err
	}
	f := &isnad.Facts{Article: article, Credits: read.Credits, Tags: read.Tags}
	bad := false
	take := func() uint32 {
		if len(b) < 4 {
			bad = true
			return 0
		}
		v := binary.LittleEndian.Uint32(b)
		b = b[4:]
		return v
	}
	count := func(size int) int {
		n := int(take())
		if n > len(b)/size {
			bad = true
			return 0
		}
		return n
	}
	bag := func() []isnad.Word {
		ws := make([]isnad.Word, count(8))
		for i := range ws {
			ws[i] = isnad.Word{Hash: take(), Weight: math.Float32frombits(take())}
		}
		return ws
	}
	f.Runs = make([]uint32, count(4))
	for i := range f.Runs {
		f.Runs[i] = take()
	}
	f.Gist = bag()
	n := count(8)
	f.Around = make(map[string][]isnad.Word, n)
	for range n {
		size := count(1)
		id := string(b[:size])
		b = b[size:]
		f.Around[id] = bag()
	}
	if bad || len(b) > 0 {
		return nil, errFacts
	}
	return f, nil
}
