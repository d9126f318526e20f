package learn

import (
	"math"
	"slices"
)

// Trainer holds weights while they are learned.
type Trainer struct {
	Least  int8 // rows whose weights all lie below this many units (of 127) are left out
	K      int
	Rate   float64 // AdaGrad's step
	Start  float64 // AdaGrad's accumulator before the first update; at nearly 0 a feature's first gradient, however small, moves it by a whole step
	L2     float64 // shrinkage a touched weight undergoes in each update
	index  map[Feature]int32
	w, g2  []float64
	sum    []float64 // of weights over epochs, for averaging
	epochs int
}

// NewTrainer makes room for the features that occur at least cutoff times.
func NewTrainer(k, cutoff int, count func(yield func([]Feature))) *Trainer {
	n := map[Feature]int32{}
	count(func(fs []Feature) {
		for _, f := range fs {
			n[f]++
		}
	})
	var keys []Feature
	for f, c := range n {
		if int(c) >= cutoff {
			keys = append(keys, f)
		}
	}
	slices.Sort(keys)
	t := &Trainer{K: k, Rate: 0.1, Start: 1, Least: 1, L2: 1e-6, index: make(map[Feature]int32, len(keys))}
	for i, f := range keys {
		t.index[f] = int32(i)
	}
	t.w = make([]float64, len(keys)*k)
	t.g2 = make([]float64, len(keys)*k)
	t.sum = make([]float64, len(keys)*k)
	return t
}

// Rows turns features into rows of weights, dropping those without.
func (t *Trainer) Rows(fs []Feature) []int32 {
	rows := make([]int32, 0, len(fs))
	for _, f := range fs {
		if i, ok := t.index[f]; ok {
			rows = append(rows, i)
		}
	}
	return rows
}

// Score adds the rows' weights to out.
func (t *Trainer) Score(rows []int32, out []float64) {
	for _, r := range rows {
		w := t.w[int(r)*t.K : int(r)*t.K+t.K]
		for k, v := range w {
			out[k] += v
		}
	}
}

// Update moves the rows' weights against a gradient over the K outputs.
func (t *Trainer) Update(rows []int32, grad []float64) {
	for _, r := range rows {
		at := int(r) * t.K
		for k, g := range grad {
			if g == 0 {
				continue
			}
			g += t.L2 * t.w[at+k]
			t.g2[at+k] += g * g
			t.w[at+k] -= t.Rate * g / math.Sqrt(t.g2[at+k]+t.Start)
		}
	}
}

// EndEpoch adds the weights to the average.
func (t *Trainer) EndEpoch() {
	for i, v := range t.w {
		t.sum[i] += v
	}
	t.epochs++
}

// Finish replaces the weights by their average over epochs.
func (t *Trainer) Finish() {
	if t.epochs == 0 {
		return
	}
	for i := range t.w {
		t.w[i] = t.sum[i] / float64(t.epochs)
	}
}

// Bytes writes the model in eight bits; weights that round to nothing go.
func (t *Trainer) Bytes() []byte {
	most := 1e-9
	for _, v := range t.w {
		most = max(most, math.Abs(v))
	}
	scale := float32(most / 127)
	rows := map[uint32][]int8{}
	var keys []uint32
	for f, i := range t.index {
		row := make([]int8, t.K)
		keep := false
		for k := range row {
			row[k] = int8(math.Round(t.w[int(i)*t.K+k] / float64(scale)))
			keep = keep || row[k] >= t.Least || row[k] <= -t.Least
		}
		if keep {
			rows[uint32(f)] = row
			keys = append(keys, uint32(f))
		}
	}
	slices.Sort(keys)
	return marshal(t.K, scale, keys, rows)
}

// Model returns the learned weights as a reader sees them.
func (t *Trainer) Model() *Model {
	m, err := Unmarshal(t.Bytes())
	if err != nil {
		panic(err) // Bytes wrote it
	}
	return m
}

// SoftmaxGrad turns scores into the gradient of the log loss of a right
// answer, and returns the loss in nats.
func SoftmaxGrad(s []float64, right int) float64 {
	most := slices.Max(s)
	sum := 0.0
	for i, v := range s {
		s[i] = math.Exp(v - most)
		sum += s[i]
	}
	for i := range s {
		s[i] /= sum
	}
	loss := -math.Log(s[right] + 1e-12)
	s[right]--
	return loss
}

// Order returns a fixed shuffle of 0..n-1 for an epoch: the same on every
// machine and Go version (a linear congruential generator, Knuth's MMIX).
func Order(n, epoch int) []int {
	o := make([]int, n)
	for i := range o {
		o[i] = i
	}
	x := uint64(epoch+1) * 0x9E3779B97F4A7C15
	for i := n - 1; i > 0; i-- {
		x = x*6364136223846793005 + 1442695040888963407
		j := int((x >> 33) % uint64(i+1))
		o[i], o[j] = o[j], o[i]
	}
	return o
}
