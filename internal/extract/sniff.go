package extract

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"unicode"

	"golang.org/x/text/encoding"
	xunicode "golang.org/x/text/encoding/unicode"

	"isnad"
)

// What an input is is told by its content: names and declared types lie.
type format int

const (
	empty   format = iota
	zipped         // archive of inputs
	gzipped        // one packed input
	rows           // one JSON object a line
	array          // a JSON array of objects
	object         // JSON objects printed over several lines
	page           // HTML
	text           // anything else that is text
	feed           // RSS, Atom, RDF
	archive        // WARC
	chat           // Telegram's result.json
	junk           // anything that is no text
)

// headSize is how much of an input is looked at. A first row longer than this
// is still a row.
const headSize = 64 << 10

// sniff tells the format from the head of an input. kind names what junk is.
func sniff(head []byte) (f format, kind string) {
	switch {
	case len(bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\ufeff")))) == 0:
		return empty, ""
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return zipped, "zip archive"
	case bytes.HasPrefix(head, []byte{0x1F, 0x8B}):
		return gzipped, "gzip"
	case bytes.HasPrefix(head, []byte("WARC/")):
		return archive, "web archive"
	}
	kind, _, _ = strings.Cut(http.DetectContentType(head), ";")
	wide := guess16(head) != "" || bytes.HasPrefix(head, []byte{0xFF, 0xFE}) || bytes.HasPrefix(head, []byte{0xFE, 0xFF})
	if !wide && (!strings.HasPrefix(kind, "text/") && kind != "application/json" && kind != "application/octet-stream" || kind != "text/html" && controls(head)) {
		return junk, kind
	}
	s := strings.TrimLeftFunc(headText(head), func(c rune) bool { return unicode.IsSpace(c) || c == '\ufeff' })
	switch {
	case s == "":
		return empty, ""
	case s[0] == '[' && strings.HasPrefix(strings.TrimLeftFunc(s[1:], unicode.IsSpace), "{"), s[0] == '[' && strings.TrimSpace(s[1:]) == "]":
		return array, ""
	case s[0] == '{' && strings.Contains(s[:min(len(s), 1024)], "jsonfeed.org/version"):
		return feed, "feed"
	case s[0] == '{' && telegramHead(s[:min(len(s), 8192)]):
		return chat, ""
	case s[0] == '{':
		first, rest, more := strings.Cut(s, "\n")
		if first = strings.TrimSpace(first); more && (first == "{" || !strings.HasSuffix(first, "}")) {
			if next := strings.TrimSpace(rest); next != "" && next[0] == '"' || next != "" && next[0] == '}' {
				return object, ""
			}
		}
		return rows, ""
	case s[0] == '<':
		return markup(s)
	}
	if tags(s) {
		return page, ""
	}
	return text, ""
}

// controls finds bytes that no text in any encoding read here holds.
func controls(head []byte) bool {
	n := 0
	for _, c := range head {
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v' && c != 0x1B || c == 0x7F {
			n++
		}
	}
	return n > len(head)/200 || bytes.IndexByte(head, 0) >= 0
}

// headText decodes enough of a head to look at it; Arabic letters do not
// matter here, only what JSON and HTML are made of.
func headText(head []byte) string {
	bom := bytes.HasPrefix(head, []byte{0xFF, 0xFE}) || bytes.HasPrefix(head, []byte{0xFE, 0xFF})
	if g := guess16(head); bom || g != "" {
		if s, _, err := Decode(head[:len(head)&^1], g); err == nil {
			return s
		}
	}
	return string(head)
}

func markup(s string) (format, string) {
	low := strings.ToLower(s[:min(len(s), 4096)])
	for _, f := range []string{"<rss", "<feed", "<rdf:rdf", "<opml"} {
		if i := strings.Index(low, f); i >= 0 && !strings.Contains(low[:i], "<html") {
			return feed, "feed"
		}
	}
	if strings.HasPrefix(low, "<!doctype html") || tags(low) {
		return page, ""
	}
	if strings.HasPrefix(low, "<?xml") {
		return junk, "XML document"
	}
	return text, ""
}

// tags says whether a text is HTML: a tag that stands in every page, or
// several paragraph tags.
func tags(s string) bool {
	low := strings.ToLower(s[:min(len(s), headSize)])
	for _, t := range []string{"<html", "<head", "<body", "<article", "<meta ", "<title>"} {
		if strings.Contains(low, t) {
			return true
		}
	}
	return strings.Count(low, "<p>")+strings.Count(low, "<p ")+strings.Count(low, "<div")+strings.Count(low, "<span") >= 2
}

// stream recognises one input and reads it. depth counts the archives around it.
func (r *Reader) stream(src Source, in io.Reader, s sink, depth int) error {
	br := bufio.NewReaderSize(in, headSize)
	head, err := br.Peek(headSize)
	if err != nil && err != io.EOF {
		return readError(src.Name, err)
	}
	f, kind := sniff(head)
	switch f {
	case empty:
		if err == nil { // white space longer than the head
			return fmt.Errorf("read %s: %w: it begins with %d KB of white space; check the file", src.Name, ErrFormat, headSize>>10)
		}
		return fmt.Errorf("read %s: %w; give a file with articles", src.Name, ErrEmpty)
	case junk:
		return fmt.Errorf("read %s: %w: %s, not text; give a page, a text, JSONL or a zip archive of them", src.Name, ErrFormat, kind)
	case feed:
		return fmt.Errorf("read %s: %w: a feed, not an article; add it with \"isnad feeds add\" and take it with \"isnad ingest --feeds\", or give the pages it names", src.Name, ErrFormat)
	case archive:
		return r.warc(src, br, s, depth)
	case zipped:
		return r.zip(src, in, br, s, depth)
	case gzipped:
		return r.gzip(src, br, s, depth)
	case rows, array, object, chat:
		if e := wideJSON(head); e != nil {
			br = bufio.NewReaderSize(e.NewDecoder().Reader(br), headSize)
		}
		if f == rows {
			br.Discard(markLen(br))
			return r.lines(src.Name, br, s)
		}
		br.Discard(markLen(br))
		if f == chat {
			return r.telegram(src.Name, br, s)
		}
		return r.values(src.Name, br, f == array, s)
	}
	if f == text {
		if sep := r.sheet(string(head)); sep != 0 {
			return r.sheetRows(src.Name, br, sep, s)
		}
	}
	data, err := io.ReadAll(io.LimitReader(br, r.opt.Limits.Page+1))
	if err != nil {
		return readError(src.Name, err)
	}
	if int64(len(data)) > r.opt.Limits.Page {
		return fmt.Errorf("read %s: %w: a page of more than %s; give its text, or many articles as JSONL", src.Name, ErrTooLarge, mib(r.opt.Limits.Page))
	}
	content, name, badBytes := Decode(data, src.ContentType)
	if badBytes == nil && f == text && r.opt.Note != nil && !strings.HasPrefix(name, "utf-") {
		i := invalidAt(data)
		r.opt.Note(fmt.Errorf("read %s: %w: byte 0x%02x at offset %d is not UTF-8; read as %s by the look of its letters; save it as UTF-8 if words are wrong", src.Name, ErrEncoding, data[i], i, name))
	}
	if badBytes != nil {
		badBytes = fmt.Errorf("read %s: %w", src.Name, badBytes)
		if f != page {
			return badBytes
		}
		content = strings.ToValidUTF8(string(data), "\ufffd")
	}
	var a isnad.Article
	if f == page {
		// A few bad bytes in a menu or a script do no harm (five of 881 saved
		// pages); in the article they do.
		a, err = r.page(src, content)
		if badBytes != nil && (err != nil || strings.ContainsRune(a.Text+a.Title, '\ufffd')) {
			return badBytes
		}
	} else {
		a, err = r.paste(src.Name, content)
	}
	if err != nil {
		return err
	}
	if src.URL != "" {
		a.URL = src.URL
	}
	a.Fetched = src.Fetched
	r.complete(&a)
	return s.emit(a)
}

// wideJSON is the decoder for JSON in UTF-16; everything else is UTF-8 by its
// standard, and rows that are not are errors.
func wideJSON(head []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}), bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		return xunicode.UTF16(xunicode.BigEndian, xunicode.ExpectBOM)
	}
	switch guess16(head) {
	case "utf-16le":
		return xunicode.UTF16(xunicode.LittleEndian, xunicode.IgnoreBOM)
	case "utf-16be":
		return xunicode.UTF16(xunicode.BigEndian, xunicode.IgnoreBOM)
	}
	return nil
}

// markLen is the length of a UTF-8 byte-order mark at the reader.
func markLen(br *bufio.Reader) int {
	if b, _ := br.Peek(3); string(b) == "\ufeff" {
		return 3
	}
	return 0
}

func readError(name string, err error) error {
	var pe *os.PathError
	switch {
	case errors.Is(err, ErrTooLarge):
		return fmt.Errorf("read %s: %w", name, err)
	case errors.As(err, &pe):
		return pathError(name, err)
	case errors.As(err, new(flate.CorruptInputError)), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, gzip.ErrChecksum), errors.Is(err, gzip.ErrHeader):
		return fmt.Errorf("read %s: %w: cut short or damaged (%v); get it again", name, ErrFormat, err)
	}
	return fmt.Errorf("read %s: %w; get it again", name, err)
}
