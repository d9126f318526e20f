package suite

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"isnad"
	"isnad/internal/annotate"
	"isnad/internal/token"
	"isnad/testdata"
)

// phrase is a row of testdata/actors.tsv: who a name or phrase is.
type phrase struct {
	id, stratum  string
	lang         isnad.Lang
	outlet, date string
	text         string
	codes        [][]string // answers that hold, each a set; none where it is nobody
	role         isnad.Role // "" where not asked
	entity       string     // "" where not asked
}

// strata are the draws that the table was made of, with the number of distinct
// phrases that each was drawn from.
type strata map[string]int

// phrases reads the table.
func phrases(table string) ([]phrase, strata, error) {
	pools := strata{}
	var out []phrase
	n := 0
	for line := range strings.Lines(table) {
		n++
		c := strings.Split(strings.TrimRight(line, "\n"), "\t")
		switch {
		case c[0] == "# pool" && len(c) == 3:
			k, err := strconv.Atoi(c[2])
			if err != nil {
				return nil, nil, fmt.Errorf("actors.tsv:%d: %w; write the number of phrases", n, err)
			}
			pools[c[1]] = k
			continue
		case strings.HasPrefix(line, "#") || c[0] == "id" || c[0] == "":
			continue
		case len(c) < 6:
			return nil, nil, fmt.Errorf("actors.tsv:%d: %d cells; write id, lang, outlet, date, phrase, codes, role, entity", n, len(c))
		}
		c = append(c, "", "")
		p := phrase{id: c[0], stratum: c[0][:strings.LastIndexByte(c[0], '-')], lang: isnad.Lang(c[1]), outlet: c[2], date: c[3], text: c[4], role: isnad.Role(c[6]), entity: c[7]}
		if pools[p.stratum] == 0 {
			return nil, nil, fmt.Errorf("actors.tsv:%d: no pool %q; write the number of phrases it was drawn from", n, p.stratum)
		}
		if c[5] != "-" {
			for answer := range strings.SplitSeq(c[5], "/") {
				codes := strings.Split(answer, "|")
				slices.Sort(codes)
				p.codes = append(p.codes, codes)
			}
		}
		out = append(out, p)
	}
	return out, pools, nil
}

// answered is what the reader says of a phrase read alone.
type answered struct{ found, right, role, entity bool }

func (p *phrase) ask(a *annotate.Actors) answered {
	cut := token.Cut(p.text)
	defer cut.Release()
	var codes []string
	var role isnad.Role
	entities := map[string]bool{}
	for _, ms := range a.Find(&isnad.Article{Lang: p.lang, Outlet: p.outlet, Published: p.date, Text: p.text}, cut) {
		for _, m := range ms {
			for _, c := range m.Codes {
				codes = append(codes, string(c))
			}
			if role == "" {
				role = m.Role
			}
			entities[m.ID] = true
		}
	}
	slices.Sort(codes)
	codes = slices.Compact(codes)
	x := answered{found: len(codes) > 0}
	x.right = slices.ContainsFunc(p.codes, func(want []string) bool { return slices.Equal(want, codes) })
	x.role, x.entity = x.right && role == p.role, x.right && entities[p.entity]
	return x
}

// actors scores the table. A phrase stands for as many as its stratum was drawn
// from, so that precision is of all distinct phrases that were found, and
// recall, an estimate, of all that are somebody, found or missed. Roles and
// entities are shares of those asked.
func (s *suite) actors(context.Context) ([]Table, error) {
	finder, err := annotate.NewActors(s.Lexicon)
	if err != nil {
		return nil, err
	}
	list, pools, err := phrases(testdata.Actors)
	if err != nil {
		return nil, err
	}
	drawn := strata{}
	for _, p := range list {
		drawn[p.stratum]++
	}
	t := Table{Name: "actors"}
	for _, lang := range append([]isnad.Lang{""}, langs...) {
		var right, found, wanted float64 // phrases, weighed
		var rows, roles, rolesRight, entities, entitiesRight int
		for _, p := range list {
			if lang != "" && p.lang != lang {
				continue
			}
			rows++
			weight := float64(pools[p.stratum]) / float64(drawn[p.stratum])
			x := p.ask(finder)
			if x.found {
				found += weight
			}
			if len(p.codes) > 0 {
				wanted += weight
			}
			if x.right {
				right += weight
			}
			if p.role != "" {
				roles++
				rolesRight += b2i(x.role)
			}
			if p.entity != "" {
				entities++
				entitiesRight += b2i(x.entity)
			}
		}
		t.Rows = append(t.Rows, Row{both(lang), []Figure{ratio("P", right, found), ratio("R", right, wanted), ratio("F1", 2*right, found+wanted), count("rows", rows),
			share("role", rolesRight, roles), count("roles", roles), share("entity", entitiesRight, entities), count("entities", entities)}})
	}
	for _, stratum := range []string{"ar-found", "ar-missed", "en-found", "en-missed"} {
		var n, somebody, found, right int
		for _, p := range list {
			if p.stratum == stratum {
				x := p.ask(finder)
				n, somebody, found, right = n+1, somebody+b2i(len(p.codes) > 0), found+b2i(x.found), right+b2i(x.right)
			}
		}
		t.Rows = append(t.Rows, Row{stratum, []Figure{count("phrases", n), count("somebody", somebody), count("found", found), count("right", right)}})
	}
	return []Table{t}, nil
}

func ratio(name string, part, whole float64) Figure {
	if whole == 0 {
		return Figure{Name: name}
	}
	return Figure{Name: name, Value: part / whole}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
