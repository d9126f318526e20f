package extract

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"isnad"
)

// A row is one JSON object with one article in it. Other corpora call the
// fields otherwise; the first name that is there and not empty counts, and
// fields that are not used are kept in Extra.
//
// date_extracted (SaudiNewsNet) is when a crawler saw the article, not when it
// was printed: its day is the latest day of publication and stands in for it,
// the full time goes into Fetched.
var aliases = map[string][]string{
	"text":      {"text", "content", "body"},
	"outlet":    {"outlet", "source"},
	"byline":    {"byline", "author"},
	"published": {"published", "date"},
}

// row reads a row. place names it in errors: "file:line" or "file: row n". An
// article with a date that cannot be is returned with none, and with an error.
// The text is what the row holds, to the byte: offsets point into it.
func (r *Reader) row(place string, data []byte) (isnad.Article, error) {
	var a isnad.Article
	var fields map[string]json.RawMessage
	if i := invalidAt(data); i >= 0 { // encoding/json would put U+FFFD there without a word
		return a, fmt.Errorf("read %s: %w: byte 0x%02x at offset %d of the row is not UTF-8; save the file as UTF-8 (iconv -f WINDOWS-1256 -t UTF-8)", place, ErrEncoding, data[i], i)
	}
	if err := json.Unmarshal(data, &fields); err != nil || fields == nil {
		if err == nil || !bytes.HasPrefix(bytes.TrimSpace(data), []byte("{")) {
			return a, fmt.Errorf("read %s: %w: the row is no JSON object; write {\"title\": …, \"text\": …}", place, ErrFormat)
		}
		return a, fmt.Errorf("read %s: %w: %v; write one JSON object a line", place, ErrFormat, err)
	}
	var bad error
	get := func(name string) string {
		for _, n := range r.names(name) {
			raw, ok := fields[n]
			if !ok {
				continue
			}
			s, err := scalar(raw)
			if err == nil && name == "text" && s != "" && bytes.TrimSpace(raw)[0] != '"' {
				err = fmt.Errorf("holds %s, no text; write a string", cut(s, 40))
			}
			if err != nil && bad == nil {
				bad = fmt.Errorf("read %s: %w: field %s %v", place, ErrFormat, n, err)
			}
			if s != "" {
				delete(fields, n)
				return s
			}
			if n == name || string(raw) == "null" || err == nil {
				delete(fields, n) // empty: nothing to keep
			}
		}
		return ""
	}
	a.ID, a.URL, a.Outlet, a.Title, a.Byline = get("id"), get("url"), get("outlet"), get("title"), get("byline")
	a.Lang, a.Text, a.Fetched = isnad.Lang(get("lang")), get("text"), get("fetched")
	date, crawled := get("published"), get("date_extracted")
	get("sha256")
	if bad != nil {
		return isnad.Article{}, bad
	}
	if strings.TrimSpace(a.Text) == "" {
		what := ""
		if a.ID != "" {
			what = " " + a.ID
		} else if a.URL != "" {
			what = " " + cut(a.URL, 80)
		}
		return isnad.Article{}, fmt.Errorf("read %s: %w: row%s has no text; give it a field text (or content, body)", place, ErrNoArticle, what)
	}
	if len(fields) > 0 {
		a.Extra = fields
	}
	var dateErr error
	if crawled != "" {
		if iso, err := r.date(crawled); err == nil {
			if a.Fetched == "" {
				a.Fetched = iso
			}
			a.Published = iso[:min(len(iso), len("2006-01-02"))]
		} else {
			dateErr = err
		}
	}
	if date != "" {
		a.Published = ""
		if a.Published, dateErr = r.date(date); dateErr != nil {
			a.Published = ""
		}
	}
	r.complete(&a)
	if dateErr != nil {
		return a, fmt.Errorf("read %s: %w; the article is read without a date", place, dateErr)
	}
	return a, nil
}

// date reads a given date and refuses one in the future.
func (r *Reader) date(s string) (string, error) {
	iso, err := r.dates.Parse(s)
	if err != nil {
		return "", err
	}
	if future(iso, r.now()) {
		return "", fmt.Errorf("%w: %q is in the future (today is %s); check the year", ErrDate, cut(s, 60), r.now().Format("2006-01-02"))
	}
	return iso, nil
}

// scalar reads a string, or a number as it is written: ids and years are
// numbers in some corpora.
func scalar(raw json.RawMessage) (string, error) {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 || string(raw) == "null" {
		return "", nil
	}
	switch c := raw[0]; {
	case c == '"':
		var s string
		err := json.Unmarshal(raw, &s)
		return s, err
	case c == '-' || c >= '0' && c <= '9':
		return string(raw), nil
	}
	return "", fmt.Errorf("holds %s; write a string", cut(clean(string(raw)), 40))
}
