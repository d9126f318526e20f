package ledger

import (
	"cmp"
	"container/heap"
	"runtime"
	"slices"
	"sync"
)

// pairs calls f for every two mentions that share words enough to be compared:
// only through those can they be of one event. An index of rare words finds
// them, so that a block of n mentions does not cost n² comparisons.
func pairs(old, fresh []*mention, rare, needed float32, f func(i, j int)) {
	all := append(slices.Clone(old), fresh...)
	index := map[uint32][]int32{}
	score := make([]float32, len(all))
	for j, m := range all {
		words := keys(m, rare)
		if j >= len(old) {
			var hit []int32
			for _, w := range words {
				for _, i := range index[w.Hash] {
					if score[i] == 0 {
						hit = append(hit, i)
					}
					score[i] += w.Weight
				}
			}
			slices.Sort(hit)
			for _, i := range hit {
				if score[i] >= needed {
					f(int(i), j)
				}
				score[i] = 0
			}
		}
		for _, w := range words {
			index[w.Hash] = append(index[w.Hash], int32(j))
		}
	}
}

// alike compares the pairs on all processors and hands on, in their order, what
// reaches least.
func (l *Ledger) alike(of func(i, j int) float64, old, fresh []*mention, rare, needed float32, f func(i, j int, like float64)) {
	var list [][2]int32
	pairs(old, fresh, rare, needed, func(i, j int) { list = append(list, [2]int32{int32(i), int32(j)}) })
	likes := make([]float64, len(list))
	const chunk = 2048
	var wg sync.WaitGroup
	free := make(chan struct{}, runtime.GOMAXPROCS(0))
	for at := 0; at < len(list); at += chunk {
		free <- struct{}{}
		wg.Go(func() {
			defer func() { <-free }()
			for k := at; k < min(at+chunk, len(list)); k++ {
				likes[k] = of(int(list[k][0]), int(list[k][1]))
			}
		})
	}
	wg.Wait()
	for k, p := range likes {
		f(int(list[k][0]), int(list[k][1]), p)
	}
}

// keys are the rare words of a mention: of its sentence and its article's beginning.
func keys(m *mention, rare float32) []word {
	var out []word
	add := func(v *vector) {
		for _, w := range v.words {
			if w.Weight >= rare {
				out = append(out, word{w.Hash, min(w.Weight, 7)})
			}
		}
	}
	add(&m.words)
	add(&m.gist)
	slices.SortFunc(out, func(a, b word) int { return cmp.Or(cmp.Compare(a.Hash, b.Hash), cmp.Compare(b.Weight, a.Weight)) })
	return slices.CompactFunc(out, func(a, b word) bool { return a.Hash == b.Hash })
}

type word struct {
	Hash   uint32
	Weight float32
}

// groups joins n things into groups: the two groups whose things are on average
// likest become one, as long as that average reaches the threshold. like holds
// the likeness of pairs i < j, 0 to 1; a pair that it lacks has 0. The average
// keeps a chain of likenesses from making one group of two days of war, which
// the nearest pair alone did. Equal averages are taken in order of the things.
func groups(n int, like map[[2]int]float64, threshold float64) [][]int {
	g := &grouping{sum: make([]map[int]float64, n), members: make([][]int, n), threshold: threshold}
	for i := range n {
		g.sum[i], g.members[i] = map[int]float64{}, []int{i}
	}
	edges := make([][2]int, 0, len(like))
	for e := range like {
		edges = append(edges, e)
	}
	slices.SortFunc(edges, func(a, b [2]int) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	for _, e := range edges {
		g.sum[e[0]][e[1]], g.sum[e[1]][e[0]] = like[e], like[e]
		g.offer(e[0], e[1])
	}
	for g.queue.Len() > 0 {
		top := heap.Pop(&g.queue).(join)
		if g.members[top.a] != nil && g.members[top.b] != nil {
			g.merge(top.a, top.b)
		}
	}
	var out [][]int
	for _, m := range g.members {
		if m != nil {
			slices.Sort(m)
			out = append(out, m)
		}
	}
	slices.SortFunc(out, func(a, b []int) int { return cmp.Compare(a[0], b[0]) })
	return out
}

type grouping struct {
	sum       []map[int]float64 // between two groups, over all their pairs
	members   [][]int           // nil for a group that became part of another
	threshold float64
	queue     queue
}

func (g *grouping) offer(a, b int) {
	mean := g.sum[a][b] / float64(len(g.members[a])*len(g.members[b]))
	if mean >= g.threshold {
		x, y := g.members[a][0], g.members[b][0]
		heap.Push(&g.queue, join{mean, min(x, y), max(x, y), a, b})
	}
}

// merge makes a new group of two and offers it with each neighbour.
func (g *grouping) merge(a, b int) {
	c := len(g.members)
	m := append(g.members[a], g.members[b]...)
	if g.members[b][0] < g.members[a][0] {
		m = append(g.members[b], g.members[a]...)
	}
	sum := g.sum[a]
	for x, s := range g.sum[b] {
		sum[x] += s
	}
	delete(sum, a)
	delete(sum, b)
	g.members[a], g.members[b], g.sum[a], g.sum[b] = nil, nil, nil, nil
	g.members, g.sum = append(g.members, m), append(g.sum, sum)
	near := make([]int, 0, len(sum))
	for x := range sum {
		near = append(near, x)
	}
	slices.Sort(near)
	for _, x := range near {
		delete(g.sum[x], a)
		delete(g.sum[x], b)
		g.sum[x][c] = sum[x]
		g.offer(c, x)
	}
}

// join is two groups that may become one.
type join struct {
	mean  float64
	first int // smallest member of the two
	other int
	a, b  int
}

type queue []join

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	a, b := q[i], q[j]
	return cmp.Or(cmp.Compare(b.mean, a.mean), cmp.Compare(a.first, b.first), cmp.Compare(a.other, b.other), cmp.Compare(a.a, b.a)) < 0
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)   { *q = append(*q, x.(join)) }
func (q *queue) Pop() any {
	old := *q
	x := old[len(old)-1]
	*q = old[:len(old)-1]
	return x
}
