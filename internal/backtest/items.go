// Package backtest sets the escalation series beside what others counted: the
// Geopolitical Risk index, militarised disputes, armed conflicts, missile launches.
// The texts that are read are Wikipedia's current-events items. All of it stands in
// a folder outside the project; the card says what was found, whatever it is.
package backtest

import (
	"bufio"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"isnad"
)

// rows calls f with each row of a table with a header, gzipped where its name ends
// so.
func rows(path string, f func(get func(column string) string) error) (err error) {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("back-test: %w", err)
	}
	defer file.Close()
	var r io.Reader = file
	if strings.HasSuffix(path, ".gz") {
		if r, err = gzip.NewReader(file); err != nil {
			return fmt.Errorf("back-test: %s: %w", path, err)
		}
	}
	return table(path, r, f)
}

func table(path string, r io.Reader, f func(get func(column string) string) error) error {
	s := bufio.NewScanner(r)
	s.Buffer(nil, 1<<24)
	var columns map[string]int
	for s.Scan() {
		if strings.HasPrefix(s.Text(), "#") {
			continue
		}
		cells := strings.Split(s.Text(), "\t")
		if columns == nil {
			columns = map[string]int{}
			for i, c := range cells {
				columns[c] = i
			}
			continue
		}
		get := func(column string) string {
			if i, ok := columns[column]; ok && i < len(cells) {
				return cells[i]
			}
			return ""
		}
		if err := f(get); err != nil {
			return fmt.Errorf("back-test: %s: %w", path, err)
		}
	}
	return s.Err()
}

// Items reads the current-events items as articles: id by day and place in the
// day, the first source as outlet (none where the item names none), all sources as
// byline.
func Items(dir string) ([]isnad.Article, error) {
	var out []isnad.Article
	place := map[string]int{}
	err := rows(filepath.Join(dir, "current_events_2002_2021.tsv.gz"), func(get func(string) string) error {
		date, sources := get("date"), get("sources")
		place[date]++
		outlet, _, _ := strings.Cut(sources, " | ")
		out = append(out, isnad.Article{ID: fmt.Sprintf("ce-%s-%03d", date, place[date]), Outlet: outlet, Byline: sources, Published: date, Lang: isnad.English, Text: get("text")})
		return nil
	})
	return out, err
}

//go:embed ccode.tsv
var ccodes string

// states are the codes of COW's state numbers.
func states() (map[string]isnad.Code, error) {
	out := map[string]isnad.Code{}
	err := table("ccode.tsv", strings.NewReader(ccodes), func(get func(string) string) error {
		out[get("ccode")] = isnad.Code(get("code"))
		return nil
	})
	return out, err
}
