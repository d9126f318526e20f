package annotate

import (
	"bufio"
	"encoding/json"
	"fmt"
	"isnad"
	"isnad/internal/token"
	"isnad/lexicon"
	"math/rand"
	"os"
	"sort"
	"strings"
	"syscall"
	"testing"
)

func TestDump(t *testing.T) {
	f := os.Getenv("DUMP")
	if f == "" {
		t.Skip()
	}
	l, err := lexicon.Load("")
	if err != nil {
		t.Fatal(err)
	}
	v, err := NewValuer(l)
	if err != nil {
		t.Fatal(err)
	}
	in, _ := os.Open(f)
	sc := bufio.NewScanner(in)
	sc.Buffer(make([]byte, 1<<24), 1<<24)
	var lines []string
	what := os.Getenv("WHAT")
	for sc.Scan() {
		var a isnad.Article
		if json.Unmarshal(sc.Bytes(), &a) != nil {
			continue
		}
		tx := token.Cut(a.Text)
		for i, vs := range v.Find(&a, tx) {
			s := tx.Sentences[i]
			ctx := func(from, to int) string {
				b := max(0, from-7)
				e := min(len(s.Tokens), to+6)
				return a.Text[s.Tokens[b].Start:s.Tokens[from].Start] + "⟦" + a.Text[s.Tokens[from].Start:s.Tokens[to-1].End] + "⟧" + a.Text[s.Tokens[to-1].End:s.Tokens[e-1].End]
			}
			if strings.Contains(what, "q") {
				for _, m := range vs.Quantities {
					lines = append(lines, m.Short()+" "+m.Unit+"\t"+ctx(m.From, m.To))
				}
			}
			if strings.Contains(what, "t") {
				for _, m := range vs.Times {
					lines = append(lines, a.Published+" "+m.Short()+"\t"+ctx(m.From, m.To))
				}
			}
			if strings.Contains(what, "p") {
				for _, m := range vs.Places {
					lines = append(lines, m.Short()+" "+m.ID+" "+m.Relation+"\t"+ctx(m.From, m.To))
				}
			}
		}
	}
	var seed int64 = 1
	var n = 60
	fmt.Sscan(os.Getenv("SEED"), &seed)
	fmt.Sscan(os.Getenv("N"), &n)
	rand.New(rand.NewSource(seed)).Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	fmt.Println(len(lines))
	for i := 0; i < n && i < len(lines); i++ {
		fmt.Println(strings.ReplaceAll(lines[i], "\n", " "))
	}
}
func TestTime(t *testing.T) {
	if os.Getenv("TIME") == "" {
		t.Skip()
	}
	l, _ := lexicon.Load("")
	r := testing.Benchmark(func(b *testing.B) {
		for b.Loop() {
			NewValuer(l)
		}
	})
	fmt.Println("new", r.NsPerOp()/1e6, "ms", r.AllocsPerOp())
	in, _ := os.ReadFile("/tmp/vals/july.jsonl")
	var arts []isnad.Article
	n := 0
	for _, x := range strings.Split(string(in), "\n") {
		var a isnad.Article
		if json.Unmarshal([]byte(x), &a) == nil {
			arts = append(arts, a)
			n += len(a.Text)
		}
	}
	v, _ := NewValuer(l)
	txs := make([]*token.Text, len(arts))
	for i := range arts {
		txs[i] = token.Cut(arts[i].Text)
	}
	r = testing.Benchmark(func(b *testing.B) {
		b.SetBytes(int64(n))
		for b.Loop() {
			for i := range arts {
				v.Find(&arts[i], txs[i])
			}
		}
	})
	fmt.Println("find", float64(n)/float64(r.NsPerOp())*1e3, "MB/s", r.AllocsPerOp(), len(arts))
}
func TestProf(t *testing.T) {
	if os.Getenv("PROF") == "" {
		t.Skip()
	}
	l, _ := lexicon.Load("")
	in, _ := os.ReadFile("/tmp/vals/july.jsonl")
	var arts []isnad.Article
	n := 0
	for _, x := range strings.Split(string(in), "\n") {
		var a isnad.Article
		if json.Unmarshal([]byte(x), &a) == nil {
			arts = append(arts, a)
			n += len(a.Text)
		}
	}
	cpu := func() float64 {
		var u syscall.Rusage
		syscall.Getrusage(syscall.RUSAGE_SELF, &u)
		return float64(u.Utime.Sec+u.Stime.Sec) + float64(u.Utime.Usec+u.Stime.Usec)/1e6
	}
	c := cpu()
	v, _ := NewValuer(l)
	v, _ = NewValuer(l)
	v, _ = NewValuer(l)
	fmt.Println("new ms", (cpu()-c)/3*1e3)
	txs := make([]*token.Text, len(arts))
	c = cpu()
	for i := range arts {
		txs[i] = token.Cut(arts[i].Text)
	}
	fmt.Println("cut MB/s", float64(n)/1e6/(cpu()-c))
	c = cpu()
	for k := 0; k < 6; k++ {
		for i := range arts {
			v.Find(&arts[i], txs[i])
		}
	}
	fmt.Println("find MB/s", 6*float64(n)/1e6/(cpu()-c), n)
}
func TestBare(t *testing.T) {
	if os.Getenv("BARE") == "" {
		t.Skip()
	}
	l, _ := lexicon.Load("")
	v, _ := NewValuer(l)
	in, _ := os.ReadFile("/tmp/vals/july.jsonl")
	c := map[string]int{}
	c2 := map[string]int{}
	for _, x := range strings.Split(string(in), "\n") {
		var a isnad.Article
		if json.Unmarshal([]byte(x), &a) != nil {
			continue
		}
		tx := token.Cut(a.Text)
		for i, vs := range v.Find(&a, tx) {
			s := tx.Sentences[i]
			for _, m := range vs.Places {
				n := s.Tokens[m.From].Norm
				if m.To == m.From+1 && (strings.HasPrefix(n, "ب") || strings.HasPrefix(n, "ل") || strings.HasPrefix(n, "و") || strings.HasPrefix(n, "ف")) {
					c[n+" "+string(m.State)+" "+m.Precision]++
				} else if m.To == m.From+1 {
					c2[n+" "+string(m.State)+" "+m.Precision]++
				} else {
					c2[strings.ReplaceAll(m.Name, "\n", " ")+" "+string(m.State)]++
				}
			}
		}
	}
	pr := func(c map[string]int) {
		ks := []string{}
		for k := range c {
			ks = append(ks, k)
		}
		sort.Slice(ks, func(i, j int) bool {
			if c[ks[i]] != c[ks[j]] {
				return c[ks[i]] > c[ks[j]]
			}
			return ks[i] < ks[j]
		})
		for _, k := range ks {
			fmt.Print(k, " ", c[k], "; ")
		}
		fmt.Println()
	}
	pr(c)
	fmt.Println("-----")
	pr(c2)
}
