// Package learn is a log-linear model over hashed sparse features: training by
// AdaGrad (Duchi, Hazan and Singer 2011), weights in eight bits, reading by one
// look-up a feature. It is a leaf and knows nothing of language.
//
// An averaged perceptron was tried beside it on triggers: type F1 lower by .01
// to .02 in cross-validation, and no probabilities to calibrate a confidence by.
package learn

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
)

// Feature is a hashed feature. Two features that meet in 32 bits share a
// weight; with 10^5 features that befalls about one in a million pairs.
type Feature uint32

// Hash makes a feature of a template number and up to three values.
func Hash(template uint32, values ...uint32) Feature {
	h := template*0x9E3779B1 + 0x85EBCA6B
	for _, v := range values {
		h ^= v
		h *= 0xC2B2AE35
		h ^= h >> 15
		h = h*5 + 0xE6546B64
	}
	h ^= h >> 16
	h *= 0x85EBCA6B
	h ^= h >> 13
	if h == 0 {
		h = 1
	}
	return Feature(h)
}

// String hashes a string for use as a value (FNV-1a, 32 bits).
func String(s string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

// maxOutputs bounds K.
const maxOutputs = 32

// Model gives each of K outputs a score: the sum of its features' weights.
//
// Key and weights of a feature stand together in a record: most features have
// weights, the tables do not fit the second-level cache, and what a look-up
// costs is the lines of memory it touches. Records are in order of key, each at
// its home or behind the one before it; some lie empty (key 0). A hash table
// with the weights in a table of their own took two lines, and was slower to
// make.
type Model struct {
	K      int
	scale  float32
	homes  uint64   // keys spread over as many records
	stride int      // words of a record
	w      []uint64 // bytes of record r from r*stride: key (four, little endian), then each weight plus bias
}

const (
	bias      = 128                // weights are stored as bytes from 0 to 255
	biases    = 0x8080808080808080 // adds bias to each signed byte of a word
	keyBytes  = 4
	lanes     = 0x00FF00FF00FF00FF
	mostWords = 8 // of a record, rounded up
)

// home is the word where the record of a key is at the earliest.
func (m *Model) home(key uint32) int { return int(uint64(key)*m.homes>>32) * m.stride }

// find returns the word where the record of a key begins. at is the key's home
// and head the word there.
func (m *Model) find(key uint32, at int, head uint64) (int, bool) {
	for uint32(head) < key && uint32(head) != 0 {
		at += m.stride
		head = m.w[at]
	}
	return at, uint32(head) == key
}

// Score adds the features' weights to out, which holds K values. Records are
// added eight bytes at a time, in 16-bit lanes of 64-bit words; up to 256 fit
// before the lanes are emptied. Key bytes are added too, and not looked at.
func (m *Model) Score(features []Feature, out []float32) {
	if m.homes == 0 {
		return
	}
	var even, odd [mostWords]uint64
	rows := 0
	empty := func() {
		for k := range out {
			b := k + keyBytes
			lane := even[b/8]
			if b%2 == 1 {
				lane = odd[b/8]
			}
			sum := int(lane >> (b % 8 / 2 * 16) & 0xFFFF)
			out[k] += float32(sum-bias*rows) * m.scale
		}
		even, odd, rows = [mostWords]uint64{}, [mostWords]uint64{}, 0
	}
	// Heads are fetched for a batch of features before any is looked at, so that
	// the waits for memory overlap: look-ups are what reading spends most on.
	var heads [64]uint64
	for len(features) > 0 {
		n := min(len(features), len(heads))
		for j, f := range features[:n] {
			heads[j] = m.w[m.home(uint32(f))]
		}
		for j, f := range features[:n] {
			at, ok := m.find(uint32(f), m.home(uint32(f)), heads[j])
			if !ok {
				continue
			}
			for w, x := range m.w[at : at+m.stride] {
				even[w%mostWords] += x & lanes
				odd[w%mostWords] += x >> 8 & lanes
			}
			rows++
		}
		if rows > 256-len(heads) {
			empty()
		}
		features = features[n:]
	}
	empty()
}

// Has reports whether the model has a weight for a feature.
func (m *Model) Has(f Feature) bool {
	if m.homes == 0 {
		return false
	}
	at := m.home(uint32(f))
	_, ok := m.find(uint32(f), at, m.w[at])
	return ok
}

// Softmax turns scores into probabilities in place.
func Softmax(s []float32) {
	most := slices.Max(s)
	var sum float32
	for i, v := range s {
		s[i] = float32(math.Exp(float64(v - most)))
		sum += s[i]
	}
	for i := range s {
		s[i] /= sum
	}
}

// magic heads the file of a model: format 1, little endian, then K, the scale
// (a weight is its byte times the scale), the number of rows, the sorted keys,
// and the rows of K signed bytes.
var magic = []byte("isnadLL1")

// ErrModel is wrapped by errors about a damaged model file.
var ErrModel = errors.New("damaged model")

// Marshal writes rows in order of key: equal weights give equal bytes.
func marshal(k int, scale float32, keys []uint32, rows map[uint32][]int8) []byte {
	var b bytes.Buffer
	b.Write(magic)
	le := func(v uint32) { _ = binary.Write(&b, binary.LittleEndian, v) }
	le(uint32(k))
	le(math.Float32bits(scale))
	le(uint32(len(keys)))
	for _, key := range keys {
		le(key)
	}
	for _, key := range keys {
		for _, v := range rows[key] {
			b.WriteByte(byte(v))
		}
	}
	return b.Bytes()
}

// Unmarshal reads what Trainer.Bytes wrote.
func Unmarshal(data []byte) (*Model, error) {
	const head = 8 + 12
	if len(data) < head || !bytes.Equal(data[:8], magic) {
		return nil, fmt.Errorf("read model: %w: no header", ErrModel)
	}
	k := int(binary.LittleEndian.Uint32(data[8:]))
	scale := math.Float32frombits(binary.LittleEndian.Uint32(data[12:]))
	n := int(binary.LittleEndian.Uint32(data[16:]))
	if k < 1 || k > maxOutputs || n < 0 || len(data) != head+n*(4+k) {
		return nil, fmt.Errorf("read model: %w: %d rows of %d do not fit %d bytes", ErrModel, n, k, len(data))
	}
	m := &Model{K: k, scale: scale, homes: uint64(n + n/2 + 1), stride: (keyBytes + k + 7) / 8}
	m.w = make([]uint64, 0, (int(m.homes)+16)*m.stride)
	last := uint32(0)
	var rec [8 * mostWords]byte
	rows := data[head+4*n:]
	for r := range n {
		key := binary.LittleEndian.Uint32(data[head+4*r:])
		if key <= last {
			return nil, fmt.Errorf("read model: %w: key %d comes after %d", ErrModel, key, last)
		}
		last = key
		for len(m.w) < m.home(key) {
			m.w = append(m.w, 0)
		}
		binary.LittleEndian.PutUint32(rec[:], key^(biases&math.MaxUint32))
		copy(rec[keyBytes:], rows[r*k:r*k+k])
		for b := 0; b < 8*m.stride; b += 8 {
			m.w = append(m.w, binary.LittleEndian.Uint64(rec[b:])^biases)
		}
	}
	// Behind the last record, and at the last home, an empty one ends the search.
	m.w = append(m.w, make([]uint64, max(m.home(math.MaxUint32)-len(m.w), 0)+m.stride)...)
	return m, nil
}
