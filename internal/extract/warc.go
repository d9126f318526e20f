package extract

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/nlnwa/gowarc/v2"
)

// warc reads a web archive (WARC 1.0, 1.1; ISO 28500), record by record: plain,
// or unpacked by gzip before it comes here. Its responses that are pages are
// read as pages, with the address and time that the record tells; what else it
// holds (requests, pictures, styles, refusals) is passed over. A damaged record
// is an error of that record as far as the next can be found.
func (r *Reader) warc(src Source, br *bufio.Reader, s sink, depth int) error {
	// Without the end: only Read, so that the library does not seek.
	in, err := gowarc.NewWarcFileReaderFromStream(struct{ io.Reader }{br}, 0, gowarc.WithSyntaxErrorPolicy(gowarc.ErrIgnore), gowarc.WithSpecViolationPolicy(gowarc.ErrIgnore), gowarc.WithUnknownRecordTypePolicy(gowarc.ErrIgnore), gowarc.WithBufferMaxMemBytes(r.opt.Limits.Page))
	if err != nil {
		return readError(src.Name, err)
	}
	defer in.Close()
	pages := 0
	for n := 1; ; n++ {
		if e := s.ctxErr(); e != nil {
			return e
		}
		rec, _, _, err := in.Next()
		if err == io.EOF {
			if pages == 0 {
				return fmt.Errorf("read %s: %w: a web archive without a page; give one with responses", src.Name, ErrEmpty)
			}
			return nil
		}
		place := fmt.Sprintf("%s: record %d", src.Name, n)
		if err != nil {
			return readError(place, err)
		}
		page, err := r.warcRecord(place, rec, s, depth)
		err = s.end(err)
		rec.Close()
		if page {
			pages++
		}
		if err != nil {
			return stop{err}
		}
	}
}

// warcRecord reads a record and says whether it is a page, read or not.
func (r *Reader) warcRecord(place string, rec gowarc.WarcRecord, s sink, depth int) (page bool, err error) {
	h := rec.WarcHeader()
	src := Source{URL: strings.Trim(h.Get(gowarc.WarcTargetURI), "<>"), Fetched: h.Get(gowarc.WarcDate), ContentType: h.Get(gowarc.ContentType)}
	src.Name = place + " (" + cut(clean(src.URL), 200) + ")"
	kind := rec.Type()
	if kind != gowarc.Response && kind != gowarc.Resource || !strings.HasPrefix(src.URL, "http") {
		return false, nil
	}
	raw, err := rec.Block().RawBytes()
	if err != nil {
		return true, readError(src.Name, err)
	}
	body := raw
	if kind == gowarc.Response {
		resp, err := http.ReadResponse(bufio.NewReader(raw), nil)
		if err != nil {
			return true, fmt.Errorf("read %s: %w: no HTTP response in it (%v)", src.Name, ErrFormat, err)
		}
		defer resp.Body.Close()
		if resp.StatusCode != http.StatusOK {
			return false, nil
		}
		src.ContentType, body = resp.Header.Get("Content-Type"), resp.Body
		// What a packed body is is seen from its first bytes (gzip), as with any input.
		if e := resp.Header.Get("Content-Encoding"); e == "br" || e == "zstd" {
			return true, fmt.Errorf("read %s: %w: its body is packed with %s; have the archive written unpacked", src.Name, ErrFormat, e)
		}
	}
	if media, _, err := mime.ParseMediaType(src.ContentType); err == nil && media != "text/html" && media != "application/xhtml+xml" && media != "text/plain" {
		return false, nil
	}
	err = r.stream(src, body, s, depth)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return true, fmt.Errorf("read %s: %w: the record is cut short; get the archive again", src.Name, ErrFormat)
	}
	return true, err
}
