package token

import "hash/maphash"

// Table finds what is known of words by Token.Hash. Every stage asks its own
// tables of every word, and most words are asked again and again: an answer
// costs one line of memory. A Go map keyed by the word hashes it anew and
// compares it: twice the time.
//
// Words are not compared: of a million words, two share one of 2^64 hashes once
// in 30 million runs, and the seed, new in each run, keeps texts from being
// written to do so.
type Table[V any] struct {
	slots []slot[V] // open addressing, at most half full
	count int
}

type slot[V any] struct {
	hash  uint64 // 0: free
	value V
}

var seed = maphash.MakeSeed()

// Hash is the key of a folded word.
func Hash(norm string) uint64 { return maphash.String(seed, norm) | 1 }

// MakeTable makes a table with room for n words; it grows beyond.
func MakeTable[V any](n int) Table[V] {
	size := 16
	for size < 2*n {
		size *= 2
	}
	return Table[V]{slots: make([]slot[V], size)}
}

// Get returns the value of a word, the zero value where there is none.
func (t *Table[V]) Get(hash uint64) (v V) {
	if len(t.slots) == 0 {
		return v
	}
	mask := len(t.slots) - 1
	for i := int(hash>>32) & mask; ; i = (i + 1) & mask {
		if s := &t.slots[i]; s.hash == hash || s.hash == 0 {
			return s.value
		}
	}
}

// Set gives a word a value.
func (t *Table[V]) Set(hash uint64, v V) {
	if 2*(t.count+1) > len(t.slots) {
		old := t.slots
		*t = MakeTable[V](len(old))
		for _, s := range old {
			if s.hash != 0 {
				t.Set(s.hash, s.value)
			}
		}
	}
	mask := len(t.slots) - 1
	i := int(hash>>32) & mask
	for t.slots[i].hash != 0 && t.slots[i].hash != hash {
		i = (i + 1) & mask
	}
	if t.slots[i].hash == 0 {
		t.count++
	}
	t.slots[i] = slot[V]{hash, v}
}

// Len counts the words of a table.
func (t *Table[V]) Len() int { return t.count }

// Clone copies a table.
func (t *Table[V]) Clone() *Table[V] {
	c := *t
	c.slots = append([]slot[V](nil), t.slots...)
	return &c
}
