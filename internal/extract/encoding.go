package extract

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// Decode turns bytes into text and says which encoding they were in. declared
// is what the transport said (a Content-Type header such as
// "text/html; charset=windows-1256", or a bare name), "" where it said nothing;
// a declaration in the bytes themselves (<meta charset>, an XML prolog) is
// looked for here.
//
// Declarations are evidence, not proof. In order:
//
//  1. a byte-order mark;
//  2. UTF-16 without a mark, by where its zero and 0x06 bytes stand;
//  3. valid UTF-8, whatever is declared: Windows-1256 Arabic is never valid
//     UTF-8 by chance beyond a word or two;
//  4. bytes that are nearly all valid UTF-8 are damaged UTF-8: an error that
//     names the first bad byte, because guessing would alter the words;
//  5. a declared encoding other than UTF-8, unless it is one of the two Arabic
//     ones or Latin: these are confused with one another, and the letters decide;
//  6. Windows-1256 or ISO-8859-6 by the letters they would give (arabicScore);
//  7. chardet's guess for other scripts, if the result has no control characters.
//
// The error wraps ErrEncoding and names the offset of the first byte that is
// not UTF-8.
func Decode(data []byte, declared string) (text, name string, err error) {
	switch {
	case bytes.HasPrefix(data, []byte{0xEF, 0xBB, 0xBF}):
		data = data[3:]
		if i := invalidAt(data); i >= 0 {
			return "", "", badByte(data, i, i+3)
		}
		return string(data), "utf-8", nil
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		return decode16(data[2:], binary.LittleEndian, "utf-16le")
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		return decode16(data[2:], binary.BigEndian, "utf-16be")
	}
	switch guess16(data) {
	case "utf-16le":
		return decode16(data, binary.LittleEndian, "utf-16le")
	case "utf-16be":
		return decode16(data, binary.BigEndian, "utf-16be")
	}
	bad := invalidAt(data)
	if bad < 0 {
		return string(data), "utf-8", nil
	}
	if damagedUTF8(data) {
		return "", "", badByte(data, bad, bad)
	}
	var best string
	var bestScore float64
	for _, cm := range []*charmap.Charmap{charmap.Windows1256, charmap.ISO8859_6} {
		if s, score := arabicScore(data, cm); score > bestScore {
			best, bestScore, name = s, score, strings.ToLower(strings.ReplaceAll(cm.String(), " ", "-"))
		}
	}
	if bestScore >= arabicEnough {
		return best, name, nil
	}
	if e, n := declaredIn(data, declared); e != nil {
		if s, ok := decodeWith(data, e); ok {
			return s, n, nil
		}
	}
	if best, err := chardet.NewTextDetector().DetectBest(data[:min(len(data), 64<<10)]); err == nil && best.Confidence >= 20 {
		if e, n := charset.Lookup(best.Charset); e != nil && n != "utf-8" {
			if s, ok := decodeWith(data, e); ok {
				return s, n, nil
			}
		}
	}
	return "", "", badByte(data, bad, bad)
}

func badByte(data []byte, i, offset int) error {
	return fmt.Errorf("%w: byte 0x%02x at offset %d is not UTF-8 and no other encoding fits; save the file as UTF-8", ErrEncoding, data[i], offset)
}

// invalidAt is the offset of the first byte that is not UTF-8, -1 where all is.
func invalidAt(data []byte) int {
	if utf8.Valid(data) { // in words of eight bytes
		return -1
	}
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf {
			i++
			continue
		}
		c, n := utf8.DecodeRune(data[i:])
		if c == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

// damagedUTF8 says whether most high bytes are part of valid sequences. In a
// single-byte encoding of Arabic fewer than one high byte in twenty is, by
// chance; half leaves room for short texts with much damage.
func damagedUTF8(data []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(data); {
		c, n := utf8.DecodeRune(data[i:])
		switch {
		case c == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good += n
		}
		i += n
	}
	return good > bad
}

// declaredIn finds the declared encoding: from the transport, else from the
// first kilobytes of the bytes.
func declaredIn(data []byte, declared string) (encoding.Encoding, string) {
	if declared != "" && !strings.ContainsAny(declared, "/;") {
		if e, n := charset.Lookup(declared); e != nil && n != "utf-8" {
			return e, n
		}
	}
	_, n, certain := charset.DetermineEncoding(data[:min(len(data), 1024)], declared)
	if !certain {
		if m := xmlEncoding(data[:min(len(data), 256)]); m != "" {
			n, certain = m, true
		}
	}
	if !certain || n == "utf-8" {
		return nil, ""
	}
	e, n := charset.Lookup(n)
	return e, n
}

func xmlEncoding(head []byte) string {
	_, rest, ok := bytes.Cut(head, []byte("encoding="))
	if !ok || len(rest) < 3 || !bytes.HasPrefix(bytes.TrimSpace(head), []byte("<?xml")) {
		return ""
	}
	name, _, ok := bytes.Cut(rest[1:], rest[:1])
	if !ok {
		return ""
	}
	return string(name)
}

// decodeWith decodes and refuses results with control or replacement
// characters: the encoding does not fit.
func decodeWith(data []byte, e encoding.Encoding) (string, bool) {
	out, err := e.NewDecoder().Bytes(data)
	if err != nil {
		return "", false
	}
	s := string(out)
	for _, c := range s {
		if c == utf8.RuneError || c >= 0x80 && c < 0xA0 || c < 0x20 && !strings.ContainsRune("\t\n\r\f\v", c) {
			return "", false
		}
	}
	return s, true
}

// guess16 tells UTF-16 without a mark by its column of high bytes: 0x00 for
// Latin, 0x06 for Arabic. In text of any single-byte encoding or UTF-8 these
// two bytes do not occur at all.
func guess16(data []byte) string {
	n := min(len(data), 4096) &^ 1
	if n < 4 {
		return ""
	}
	var even, odd int
	for i := 0; i < n; i++ {
		if data[i] == 0 || data[i] == 6 {
			if i%2 == 0 {
				even++
			} else {
				odd++
			}
		}
	}
	switch half := n / 2; {
	case odd*10 > half*8 && even*10 < half:
		return "utf-16le"
	case even*10 > half*8 && odd*10 < half:
		return "utf-16be"
	}
	return ""
}

func decode16(data []byte, order binary.ByteOrder, name string) (string, string, error) {
	if len(data)%2 != 0 {
		return "", "", fmt.Errorf("%w: %s with an odd number of bytes; the file is cut short: get it again", ErrEncoding, name)
	}
	u := make([]uint16, len(data)/2)
	for i := range u {
		u[i] = order.Uint16(data[2*i:])
	}
	for i := 0; i < len(u); i++ {
		if u[i] < 0xD800 || u[i] > 0xDFFF {
			continue
		}
		if u[i] < 0xDC00 && i+1 < len(u) && u[i+1] >= 0xDC00 && u[i+1] <= 0xDFFF {
			i++
			continue
		}
		return "", "", fmt.Errorf("%w: half a character at offset %d of %s; save the file as UTF-8", ErrEncoding, 2*i, name)
	}
	return string(utf16.Decode(u)), name, nil
}
