package learn

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// trained learns to tell two outputs by their first feature.
func trained(t testing.TB, epochs int) *Trainer {
	t.Helper()
	type example struct {
		fs    []Feature
		right int
	}
	var all []example
	for i := range 200 {
		k := i % 2
		all = append(all, example{[]Feature{Hash(1, uint32(k)), Hash(2, uint32(i%7)), Hash(3)}, k})
	}
	tr := NewTrainer(2, 1, func(yield func([]Feature)) {
		for _, e := range all {
			yield(e.fs)
		}
	})
	for epoch := range epochs {
		for _, i := range Order(len(all), epoch) {
			rows := tr.Rows(all[i].fs)
			s := make([]float64, 2)
			tr.Score(rows, s)
			SoftmaxGrad(s, all[i].right)
			tr.Update(rows, s)
		}
		tr.EndEpoch()
	}
	tr.Finish()
	return tr
}

func TestLearns(t *testing.T) {
	m := trained(t, 5).Model()
	for k := range 2 {
		out := make([]float32, 2)
		m.Score([]Feature{Hash(1, uint32(k)), Hash(3), Hash(99)}, out)
		Softmax(out)
		if out[k] < .8 {
			t.Errorf("output %d has probability %.2f where it is right", k, out[k])
		}
	}
	if !m.Has(Hash(1, 0)) || m.Has(Hash(99)) {
		t.Error("Has does not tell known features from others")
	}
}

func TestSameTrainingSameBytes(t *testing.T) {
	if !bytes.Equal(trained(t, 3).Bytes(), trained(t, 3).Bytes()) {
		t.Error("two trainings on the same examples give different bytes")
	}
}

func TestRareFeaturesAreLeftOut(t *testing.T) {
	tr := NewTrainer(1, 2, func(yield func([]Feature)) {
		yield([]Feature{1, 2})
		yield([]Feature{2})
	})
	if rows := tr.Rows([]Feature{1, 2}); len(rows) != 1 {
		t.Errorf("%d rows, want that of the feature seen twice", len(rows))
	}
}

// A model reads back as it was written: each weight within half a step.
func TestModelRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(1, 20).Draw(t, "k")
		keys := rapid.SliceOfNDistinct(rapid.Uint32Range(1, math.MaxUint32), 0, 40, rapid.ID).Draw(t, "keys")
		slices.Sort(keys)
		scale := float32(rapid.Float64Range(1e-3, 10).Draw(t, "scale"))
		rows := map[uint32][]int8{}
		for _, key := range keys {
			rows[key] = rapid.SliceOfN(rapid.Int8(), k, k).Draw(t, "row")
		}
		m, err := Unmarshal(marshal(k, scale, keys, rows))
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range keys {
			if !m.Has(Feature(key)) {
				t.Fatalf("feature %d is gone", key)
			}
			out := make([]float32, k)
			m.Score([]Feature{Feature(key)}, out)
			for i, v := range rows[key] {
				if out[i] != float32(v)*scale {
					t.Fatalf("feature %d output %d reads %v, written %v", key, i, out[i], float32(v)*scale)
				}
			}
		}
	})
}

func TestDamagedModels(t *testing.T) {
	good := trained(t, 1).Bytes()
	le := func(at int, v uint32) []byte {
		b := slices.Clone(good)
		binary.LittleEndian.PutUint32(b[at:], v)
		return b
	}
	for name, b := range map[string][]byte{
		"empty":              nil,
		"another file":       []byte("GIF89a and then some more bytes"),
		"cut short":          good[:len(good)-1],
		"head only":          good[:20],
		"a byte too many":    append(slices.Clone(good), 0),
		"no outputs":         le(8, 0),
		"keys out of order":  le(20, math.MaxUint32),
		"too many outputs":   le(8, 1<<20),
		"more rows than fit": le(16, 1<<31),
	} {
		if _, err := Unmarshal(b); !errors.Is(err, ErrModel) {
			t.Errorf("%s: got %v, want an error that wraps ErrModel", name, err)
		}
	}
}

// Whatever the bytes, a model that reads can be asked without panic or endless search.
func FuzzUnmarshal(f *testing.F) {
	f.Add(trained(f, 1).Bytes())
	f.Add([]byte("isnadLL1"))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := Unmarshal(b)
		if err != nil {
			return
		}
		out := make([]float32, m.K)
		m.Score([]Feature{0, 1, 42, math.MaxUint32}, out)
	})
}

func TestSoftmax(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.SliceOfN(rapid.Float32Range(-80, 80), 1, 20).Draw(t, "s")
		best := slices.Index(s, slices.Max(s))
		Softmax(s)
		var sum float64
		for _, v := range s {
			if v < 0 || v > 1 || v > s[best] {
				t.Fatalf("%v is no distribution with its peak at %d", s, best)
			}
			sum += float64(v)
		}
		if math.Abs(sum-1) > 1e-4 {
			t.Fatalf("%v adds up to %v", s, sum)
		}
	})
}

func TestOrderIsAShuffle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, epoch := rapid.IntRange(0, 200).Draw(t, "n"), rapid.IntRange(0, 50).Draw(t, "epoch")
		o := Order(n, epoch)
		if !slices.Equal(o, Order(n, epoch)) {
			t.Fatal("two calls give two orders")
		}
		slices.Sort(o)
		for i, v := range o {
			if i != v {
				t.Fatalf("%d is missing", i)
			}
		}
	})
}

// Vectors are the same for the same sentences and leave rare words out.
func TestVectorsAreReproducible(t *testing.T) {
	var sentences [][]string
	for i := range 300 {
		sentences = append(sentences, []string{"w" + string(rune('a'+i%9)), "w" + string(rune('a'+i%5)), "w" + string(rune('a'+i%4))})
	}
	sentences = append(sentences, []string{"once"})
	words, vectors := Vectors(sentences, 8, 5, 3)
	again, same := Vectors(sentences, 8, 5, 3)
	if !slices.Equal(words, again) || !slices.EqualFunc(vectors, same, slices.Equal[[]float32]) {
		t.Error("two runs over the same sentences differ")
	}
	if len(words) != 9 || slices.Contains(words, "once") {
		t.Errorf("words %v", words)
	}
}

func TestClustersPartByAngle(t *testing.T) {
	of := Clusters([][]float32{{1, 0}, {0, 1}, {5, .1}, {.1, 7}, {.9, .2}}, 2, 10)
	if of[0] != of[2] || of[0] != of[4] || of[1] != of[3] || of[0] == of[1] {
		t.Errorf("clusters %v", of)
	}
	if got := Clusters([][]float32{{1, 0}}, 5, 2); len(got) != 1 {
		t.Errorf("more clusters asked for than vectors: %v", got)
	}
}
