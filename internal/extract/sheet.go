package extract

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"isnad"
)

// A sheet is CSV with commas or semicolons (RFC 4180), or TSV (tabs, quotes taken
// as they are), whose first line names its columns, one of them the text. Its
// rows are read as rows of JSONL are: columns that isnad does not know are kept.

// fields are an article's own fields that a column can be mapped to.
var fields = []string{"id", "url", "outlet", "title", "byline", "published", "lang", "text", "fetched"}

// CheckMap reports a mapping of fields that no article has.
func CheckMap(m map[string]string) error {
	for f, column := range m {
		if !slices.Contains(fields, f) || column == "" {
			return fmt.Errorf("map %s=%s: %w: write FIELD=COLUMN with one of %s", f, column, ErrFormat, strings.Join(fields, ", "))
		}
	}
	return nil
}

// names are those under which a row may have a field: the one that a mapping
// names, else those of other corpora.
func (r *Reader) names(field string) []string {
	if n := r.opt.Map[field]; n != "" {
		return []string{n}
	}
	if n := aliases[field]; n != nil {
		return n
	}
	return []string{field}
}

// sheet tells by the first line whether a text is one: the separator, 0 if not.
func (r *Reader) sheet(head string) rune {
	line, _, _ := strings.Cut(strings.TrimPrefix(head, "\ufeff"), "\n")
	for _, sep := range []rune{'\t', ',', ';'} {
		columns := header(line, sep)
		if len(columns) < 2 || !slices.ContainsFunc(r.names("text"), func(n string) bool { return slices.Contains(columns, n) }) {
			continue
		}
		known := 0
		for _, f := range fields {
			if slices.ContainsFunc(r.names(f), func(n string) bool { return slices.Contains(columns, n) }) {
				known++
			}
		}
		if known >= 2 || len(r.opt.Map) > 0 {
			return sep
		}
	}
	return 0
}

func header(line string, sep rune) []string {
	columns := strings.Split(strings.TrimRight(line, "\r\n"), string(sep))
	for i, c := range columns {
		columns[i] = strings.Trim(strings.TrimSpace(c), `"`)
	}
	return columns
}

// sheetRows reads a sheet row by row.
func (r *Reader) sheetRows(name string, in *bufio.Reader, sep rune, s sink) error {
	in.Discard(markLen(in))
	g := &gate{r: in, left: r.opt.Limits.Row}
	next := csvRows(g, sep)
	var columns []string
	n := 0
	for {
		g.left = r.opt.Limits.Row
		cells, err := next()
		if err == io.EOF {
			break
		}
		n++
		place := fmt.Sprintf("%s: row %d", name, n)
		switch {
		case errors.Is(err, errGate):
			return fmt.Errorf("read %s: %w: a row over the limit of %s; the rows after it are not read", place, ErrTooLarge, mib(r.opt.Limits.Row))
		case errors.As(err, new(*csv.ParseError)):
			return fmt.Errorf("read %s: %w: %v; the rows after it are not read: mend the quotes", place, ErrFormat, err)
		case err != nil:
			return readError(place, err)
		}
		if columns == nil {
			if columns = cells; sep != '\t' {
				for i := range columns {
					columns[i] = strings.TrimSpace(columns[i])
				}
			}
			continue
		}
		if e := s.take(r.sheetRow(place, columns, cells)); e != nil {
			return e
		}
	}
	if n < 2 {
		return fmt.Errorf("read %s: %w; give a sheet with rows", name, ErrEmpty)
	}
	return nil
}

func (r *Reader) sheetRow(place string, columns, cells []string) (isnad.Article, error) {
	if len(cells) > len(columns) {
		return isnad.Article{}, fmt.Errorf("read %s: %w: %d cells under %d columns; quote the cells that hold separators", place, ErrFormat, len(cells), len(columns))
	}
	row := map[string]string{}
	for i, c := range cells {
		if at := invalidAt([]byte(c)); at >= 0 {
			return isnad.Article{}, fmt.Errorf("read %s: %w: column %s is not UTF-8; save the file as UTF-8", place, ErrEncoding, columns[i])
		}
		row[columns[i]] = c
	}
	data, err := json.Marshal(row)
	if err != nil {
		return isnad.Article{}, err
	}
	return r.row(place, data)
}

// csvRows gives one row after the other. TSV knows no quotes.
func csvRows(in io.Reader, sep rune) func() ([]string, error) {
	if sep != '\t' {
		c := csv.NewReader(in)
		c.Comma, c.FieldsPerRecord, c.LazyQuotes = sep, -1, true
		return c.Read
	}
	br := bufio.NewReader(in)
	return func() ([]string, error) {
		line, err := br.ReadString('\n')
		if err != nil && (err != io.EOF || line == "") {
			return nil, err
		}
		return strings.Split(strings.TrimRight(line, "\r\n"), "\t"), nil
	}
}
