package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/file"

	"isnad"
)

// Parquet is read back by another program's reader (Apache Arrow's) and holds,
// column by column, what the CSV of the same rows holds.
func TestParquetIsReadByArrow(t *testing.T) {
	var claims []isnad.Claim
	for i := range rowGroup + 10 { // more than one row group
		c := aid()
		c.ID = fmt.Sprintf("c%016x", i)
		if i%2 == 1 {
			c.Places = nil
		}
		claims = append(claims, c)
	}
	for _, of := range []string{Claims, Events} {
		var b bytes.Buffer
		write(t, &b, "parquet", of, true, claims...)
		table, _ := written(t, "csv", of, true, claims...)
		want, err := csv.NewReader(strings.NewReader(table)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		r, err := file.NewParquetReader(bytes.NewReader(b.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		if r.NumRows() != int64(len(claims)) || r.NumRowGroups() < 2 {
			t.Fatalf("%d rows in %d row groups", r.NumRows(), r.NumRowGroups())
		}
		var h Header
		if err := json.Unmarshal([]byte(*r.MetaData().KeyValueMetadata().FindValue("isnad")), &h); err != nil || h.Rows != len(claims) || h.Of != of {
			t.Errorf("header %+v: %v", h, err)
		}
		columns, _ := Columns("parquet", of)
		if r.MetaData().Schema.NumColumns() != len(columns) {
			t.Fatalf("%d columns; want %d", r.MetaData().Schema.NumColumns(), len(columns))
		}
		for i, c := range columns {
			s := r.MetaData().Schema.Column(i)
			kind := map[parquet.Type]string{parquet.Types.ByteArray: "string", parquet.Types.Int64: "integer", parquet.Types.Double: "float"}[s.PhysicalType()]
			if s.Name() != c.Name || kind != c.Type {
				t.Errorf("column %d is %s of type %s; want %s of type %s", i, s.Name(), kind, c.Name, c.Type)
			}
			at := 1 // behind the header of the CSV
			for g := range r.NumRowGroups() {
				col, err := r.RowGroup(g).Column(i)
				if err != nil {
					t.Fatal(err)
				}
				for _, v := range values(t, col, r.RowGroup(g).NumRows()) {
					if v != want[at][i] {
						t.Fatalf("%s of row %d is %q; want %q", c.Name, at, v, want[at][i])
					}
					at++
				}
			}
		}
	}
}

// values are a column's values as text, "" for null.
func values(t *testing.T, col file.ColumnChunkReader, rows int64) (out []string) {
	t.Helper()
	optional := col.Descriptor().MaxDefinitionLevel() > 0
	def := make([]int16, rows)
	var text []string
	read := func(n int64, _ int, err error) {
		if err != nil || n != rows {
			t.Fatalf("read %d of %d: %v", n, rows, err)
		}
	}
	switch c := col.(type) {
	case *file.ByteArrayColumnChunkReader:
		v := make([]parquet.ByteArray, rows)
		read(c.ReadBatch(rows, v, def, nil))
		for _, x := range v {
			text = append(text, string(x))
		}
	case *file.Int64ColumnChunkReader:
		v := make([]int64, rows)
		read(c.ReadBatch(rows, v, def, nil))
		for _, x := range v {
			text = append(text, strconv.FormatInt(x, 10))
		}
	case *file.Float64ColumnChunkReader:
		v := make([]float64, rows)
		read(c.ReadBatch(rows, v, def, nil))
		for _, x := range v {
			text = append(text, number(x))
		}
	}
	if !optional {
		return text
	}
	for _, d := range def { // values stand close together, nulls between them in def only
		if d == 0 {
			out = append(out, "")
			continue
		}
		out, text = append(out, text[0]), text[1:]
	}
	return out
}
