package rollup_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"isnad"
	"isnad/internal/escalation"
	"isnad/internal/intensity"
	"isnad/internal/rollup"
	"isnad/lexicon"
)

func method(t testing.TB) *escalation.Method {
	t.Helper()
	lex, err := lexicon.Load("")
	if err != nil {
		t.Fatal(err)
	}
	m, err := intensity.Load(lex)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

var start = isnad.Day("2012-01-01")

// generate makes the events of a day. States are drawn with the skew of news: the
// n-th with a weight of 1/n (Zipf), of 200.
func generate(r *rand.Rand, codes []isnad.Code, day, n int) []escalation.Happening {
	draw := func() isnad.Code {
		return codes[min(len(codes)-1, int(math.Exp(r.Float64()*math.Log(float64(len(codes)))))-1)]
	}
	out := make([]escalation.Happening, n)
	for i := range out {
		out[i] = escalation.Happening{Event: fmt.Sprintf("e%d-%d", day, i), Type: isnad.Types[r.IntN(len(isnad.Types))], Day: day, Factuality: isnad.Actual,
			Status: isnad.Statuses[r.IntN(len(isnad.Statuses))], Actor: []isnad.Code{draw()}, Recipient: []isnad.Code{draw()},
			Origins: []string{"o" + strconv.Itoa(r.IntN(40))}, Langs: []isnad.Lang{isnad.Arabic}}
	}
	return out
}

func states(n int) []isnad.Code {
	out := make([]isnad.Code, n)
	for i := range out {
		out[i] = isnad.Code(fmt.Sprintf("S%02X", i))
	}
	return out
}

// What the file holds is what the series says, whichever days came first and
// however often; a day put anew replaces itself, and another method empties all.
func TestSameAsSeries(t *testing.T) {
	ctx, m := t.Context(), method(t)
	path := filepath.Join(t.TempDir(), "r.db")
	r, err := rollup.Open(ctx, path, m)
	if err != nil {
		t.Fatal(err)
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	codes := states(6)
	vol := escalation.Volume{}
	var hs []escalation.Happening
	var days []int
	for d := range 30 {
		vol.Add(start+d, isnad.Arabic, 50+d)
		hs = append(hs, generate(rnd, codes, start+d, 40)...)
		days = append(days, start+d)
	}
	slices.Reverse(days)
	for _, put := range [][]int{days[:10], days, days[5:6]} {
		if err := r.Put(ctx, put, hs, vol, 7); err != nil {
			t.Fatal(err)
		}
	}
	for _, dyad := range escalation.Dyads(hs) {
		rows, err := r.Series(ctx, dyad.String(), start, start+29)
		if err != nil {
			t.Fatal(err)
		}
		got := map[int]rollup.Row{}
		for _, x := range rows {
			got[x.Day] = x
		}
		s := m.Series(dyad, hs, vol)
		for _, line := range []escalation.Line{escalation.Acts, escalation.Words, escalation.Cooperation, escalation.Disputed} {
			for d, want := range s.Sums(escalation.Day, start, start+29, line) {
				x := got[start+d]
				have := map[escalation.Line]escalation.Points{escalation.Acts: x.Acts, escalation.Words: x.Words, escalation.Cooperation: x.Cooperation, escalation.Disputed: x.Disputed}[line]
				if have != *want {
					t.Fatalf("%s %s day %d: %s in the file, %s by the series", dyad, line, d, have, want)
				}
			}
		}
	}
	top, err := r.Highest(ctx, start+3, 3)
	if err != nil || len(top) != 3 || top[0].Acts < top[1].Acts || top[1].Acts < top[2].Acts {
		t.Errorf("highest %+v, %v", top, err)
	}
	if c, err := r.Cursor(ctx); c != 7 || err != nil {
		t.Errorf("cursor %d, %v", c, err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	r, err = rollup.Open(ctx, path, m.Leave(escalation.Without{Status: true}))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if rows, _ := r.Highest(ctx, start+3, 3); len(rows) != 0 {
		t.Errorf("another method finds %d rows", len(rows))
	}
}

// BenchmarkTenYears fills ten years and asks for the busiest dyad's series and for
// a day's ranking. ISNAD_BENCH_EVENTS says how many events there are in all
// (default 100000).
func BenchmarkTenYears(b *testing.B) {
	ctx, m := b.Context(), method(b)
	events := 100_000
	if n, err := strconv.Atoi(os.Getenv("ISNAD_BENCH_EVENTS")); err == nil {
		events = n
	}
	r, err := rollup.Open(ctx, filepath.Join(b.TempDir(), "r.db"), m)
	if err != nil {
		b.Fatal(err)
	}
	defer r.Close()
	rnd := rand.New(rand.NewPCG(1, 2))
	codes := states(200)
	const days = 3652
	began := time.Now()
	for d := 0; d < days; d += 30 {
		vol := escalation.Volume{}
		var hs []escalation.Happening
		var put []int
		for x := d; x < min(days, d+30); x++ {
			vol.Add(start+x, isnad.Arabic, 5000)
			hs = append(hs, generate(rnd, codes, start+x, events/days)...)
			put = append(put, start+x)
		}
		if err := r.Put(ctx, put, hs, vol, 0); err != nil {
			b.Fatal(err)
		}
	}
	filled := time.Since(began)
	b.Run("fill", func(b *testing.B) {
		b.ReportMetric(float64(events)/filled.Seconds(), "events/s")
		b.ReportMetric(0, "ns/op")
	})
	b.Run("series", func(b *testing.B) {
		for b.Loop() {
			if rows, err := r.Series(ctx, "S00:S01", start, start+days); err != nil || len(rows) == 0 {
				b.Fatal(len(rows), err)
			}
		}
	})
	b.Run("ranking", func(b *testing.B) {
		for b.Loop() {
			if rows, err := r.Highest(ctx, start+days/2, 100); err != nil || len(rows) == 0 {
				b.Fatal(len(rows), err)
			}
		}
	})
	b.Run("day", func(b *testing.B) {
		vol := escalation.Volume{}
		vol.Add(start+7, isnad.Arabic, 5000)
		hs := generate(rnd, codes, start+7, events/days)
		for b.Loop() {
			if err := r.Put(ctx, []int{start + 7}, hs, vol, 0); err != nil {
				b.Fatal(err)
			}
		}
	})
}
