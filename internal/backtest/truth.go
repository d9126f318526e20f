package backtest

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"

	"isnad"
)

// pair is an ordered pair of states.
type pair struct{ from, to isnad.Code }

// cell is a pair in a year or month.
type cell struct {
	pair
	at string // "2012" or "2012-03"
}

// hostility is the highest hostility that the first state of a pair reached
// against the second in a year (COW MID 5.0: 1 none, 2 threat, 3 display, 4 use of
// force, 5 war), up to 2014.
func hostility(dir string, code map[string]isnad.Code) (map[cell]int, error) {
	out := map[cell]int{}
	err := rows(filepath.Join(dir, "truth", "cow_mid5_directed_dyad_dispute_year.tsv.gz"), func(get func(string) string) error {
		a, b := code[get("ccode1")], code[get("ccode2")]
		level, err := strconv.Atoi(get("hostlev1"))
		if err != nil || a == "" || b == "" {
			return nil
		}
		c := cell{pair{a, b}, get("year")}
		out[c] = max(out[c], level)
		return nil
	})
	return out, err
}

// conflicts are the pairs of governments that fought in a year (UCDP/PRIO Armed
// Conflict 25.1, interstate), both ways.
func conflicts(dir string, code map[string]isnad.Code) (map[cell]int, []string, error) {
	out := map[cell]int{}
	var list []string
	err := rows(filepath.Join(dir, "truth", "ucdp_prio_acd_25_1_to2021.tsv.gz"), func(get func(string) string) error {
		if get("type_of_conflict") != "2" || get("year") < "2003" {
			return nil
		}
		split := func(c string) []isnad.Code {
			var out []isnad.Code
			for _, col := range []string{c, c + "_2nd"} {
				for s := range splitCodes(get(col)) {
					if x := code[s]; x != "" {
						out = append(out, x)
					}
				}
			}
			return out
		}
		for _, a := range split("gwno_a") {
			for _, b := range split("gwno_b") {
				out[cell{pair{a, b}, get("year")}] = 4
				out[cell{pair{b, a}, get("year")}] = 4
			}
		}
		list = append(list, fmt.Sprintf("%s %s – %s", get("year"), get("side_a"), get("side_b")))
		return nil
	})
	slices.Sort(list)
	return out, list, err
}

// disputed are the dyad-months in which two states stood on opposite sides of a
// militarised dispute that came to the use of force (COW MID 5.0), both ways.
func disputed(dir string, code map[string]isnad.Code) (map[cell]bool, error) {
	type side struct {
		code     isnad.Code
		a        string
		from, to string
		level    int
	}
	sides := map[string][]side{}
	err := rows(filepath.Join(dir, "truth", "cow_midb_5_0.tsv.gz"), func(get func(string) string) error {
		c := code[get("ccode")]
		if c == "" || get("endyear") < "2002" {
			return nil
		}
		date := func(y, m string) string {
			n, _ := strconv.Atoi(m)
			return fmt.Sprintf("%s-%02d", y, max(1, n))
		}
		level, _ := strconv.Atoi(get("hostlev"))
		sides[get("dispnum")] = append(sides[get("dispnum")], side{c, get("sidea"), date(get("styear"), get("stmon")), date(get("endyear"), get("endmon")), level})
		return nil
	})
	out := map[cell]bool{}
	for _, ss := range sides {
		for _, x := range ss {
			for _, y := range ss {
				if x.a == y.a || max(x.level, y.level) < 4 {
					continue
				}
				from, to := max(x.from, y.from), min(x.to, y.to)
				if from > to {
					continue
				}
				for _, m := range months(from, to) {
					out[cell{pair{x.code, y.code}, m}] = true
				}
			}
		}
	}
	return out, err
}

// launches counts North Korea's missile launches by month (CNS/NTI).
func launches(dir string) (map[string]int, error) {
	out := map[string]int{}
	err := rows(filepath.Join(dir, "truth", "dprk_missile_tests_to2021.tsv.gz"), func(get func(string) string) error {
		if d := get("date_utc"); len(d) >= 7 {
			out[d[:7]]++
		}
		return nil
	})
	return out, err
}

func splitCodes(s string) func(func(string) bool) {
	return func(yield func(string) bool) {
		start := -1
		for i := 0; i <= len(s); i++ {
			digit := i < len(s) && s[i] >= '0' && s[i] <= '9'
			switch {
			case digit && start < 0:
				start = i
			case !digit && start >= 0:
				if !yield(s[start:i]) {
					return
				}
				start = -1
			}
		}
	}
}

func comparePairs(a, b pair) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) }
