package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"

	"isnad"
)

// jsonl writes claims and events as "isnad claims" and "isnad events" print them,
// with the text two more fields: title and words.
type jsonl struct {
	w    io.Writer
	text bool
}

func newJSONL(w io.Writer, _ *coding, o Options) (sink, error) { return &jsonl{w, o.Text}, nil }

func (j *jsonl) claim(c Claim) error {
	line, err := isnad.Line(c.Claim)
	return j.line(line, err, c.Article.Title, words(c.Article, c.Claim))
}

func (j *jsonl) event(e Event) error {
	line, err := isnad.Line(e.Event)
	return j.line(line, err, e.Article.Title, words(e.Article, e.Whole[0]))
}

func (j *jsonl) line(line []byte, err error, title, words string) error {
	if err != nil {
		return err
	}
	if j.text {
		var more bytes.Buffer
		enc := json.NewEncoder(&more)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(struct {
			Title string `json:"title"`
			Words string `json:"words"`
		}{title, words}); err != nil {
			return err
		}
		line = append(append(bytes.TrimSuffix(line, []byte("}\n")), ','), more.Bytes()[1:]...)
	}
	_, err = j.w.Write(line)
	return err
}

func (*jsonl) end(Header) error { return nil }

// table writes CSV (RFC 4180) with a header line, UTF-8 without a mark.
type table struct {
	k    *coding
	out  *csv.Writer
	text bool
}

func newCSV(w io.Writer, k *coding, o Options) (sink, error) {
	t := &table{k, csv.NewWriter(w), o.Text}
	columns, err := Columns("csv", o.Of)
	if err != nil {
		return nil, err
	}
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.Name
	}
	return t, t.out.Write(names)
}

func (t *table) claim(c Claim) error { return t.out.Write(cells(t.k.claimRow(c, t.text))) }
func (t *table) event(e Event) error { return t.out.Write(cells(newEventRow(e, t.text))) }

func (t *table) end(Header) error {
	t.out.Flush()
	return t.out.Error()
}
