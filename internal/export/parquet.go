package export

import (
	"errors"
	"io"

	"github.com/parquet-go/parquet-go"
)

// rowGroup is how many rows are held before they are written: at some 500 bytes
// a row, 10 MB.
const rowGroup = 20_000

// parquetFile writes Parquet with one column a column, compressed by Zstandard,
// and the header as the key "isnad" of the file's metadata.
type parquetFile struct {
	k      *coding
	claims *parquet.GenericWriter[claimRow]
	events *parquet.GenericWriter[eventRow]
	text   bool
}

func newParquet(w io.Writer, k *coding, o Options) (sink, error) {
	p := &parquetFile{k: k, text: o.Text}
	options := []parquet.WriterOption{parquet.Compression(&parquet.Zstd), parquet.MaxRowsPerRowGroup(rowGroup), parquet.CreatedBy("isnad", o.Header.Program, "")}
	if o.Of == Events {
		p.events = parquet.NewGenericWriter[eventRow](w, options...)
	} else {
		p.claims = parquet.NewGenericWriter[claimRow](w, options...)
	}
	return p, nil
}

var errUnit = errors.New("rows of another unit than the file was begun for")

func (p *parquetFile) claim(c Claim) error {
	if p.claims == nil {
		return errUnit
	}
	_, err := p.claims.Write([]claimRow{p.k.claimRow(c, p.text)})
	return err
}

func (p *parquetFile) event(e Event) error {
	if p.events == nil {
		return errUnit
	}
	_, err := p.events.Write([]eventRow{newEventRow(e, p.text)})
	return err
}

func (p *parquetFile) end(h Header) error {
	if p.events != nil {
		p.events.SetKeyValueMetadata("isnad", string(h.JSON()))
		return p.events.Close()
	}
	p.claims.SetKeyValueMetadata("isnad", string(h.JSON()))
	return p.claims.Close()
}
