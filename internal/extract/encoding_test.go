package extract

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

const (
	arabicText = "نفت موسكو أمس تزويد بيونغ يانغ لها بالأسلحة، وقالت وزارة الخارجية إن التعاون بين البلدين لا يستهدف طرفا ثالثا."
	frenchText = "Le président a déclaré à Paris que l'été dernier, les négociations avaient échoué; le ministère a démenti."
	russText   = "Министерство иностранных дел опровергло сообщения о поставках оружия."
)

func encode(t testing.TB, cm *charmap.Charmap, s string) []byte {
	t.Helper()
	b, err := cm.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func encode16(order binary.ByteOrder, s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = order.(binary.AppendByteOrder).AppendUint16(b, u)
	}
	return b
}

func TestDecode(t *testing.T) {
	for _, test := range []struct {
		what, declared string
		in             []byte
		want, enc      string
	}{
		{"plain", "", []byte(arabicText), arabicText, "utf-8"},
		{"plain, declared 1256", "windows-1256", []byte(arabicText), arabicText, "utf-8"},
		{"byte-order mark", "", []byte("\ufeff" + arabicText), arabicText, "utf-8"},
		{"utf-16le with mark", "", append([]byte{0xFF, 0xFE}, encode16(binary.LittleEndian, arabicText)...), arabicText, "utf-16le"},
		{"utf-16be with mark", "", append([]byte{0xFE, 0xFF}, encode16(binary.BigEndian, arabicText)...), arabicText, "utf-16be"},
		{"utf-16le", "", encode16(binary.LittleEndian, arabicText), arabicText, "utf-16le"},
		{"utf-16be, English", "", encode16(binary.BigEndian, "Moscow denied it."), "Moscow denied it.", "utf-16be"},
		{"1256", "", encode(t, charmap.Windows1256, arabicText), arabicText, "windows-1256"},
		{"1256 that claims UTF-8", "text/html; charset=utf-8", encode(t, charmap.Windows1256, arabicText), arabicText, "windows-1256"},
		{"1256 that claims Latin", "text/html; charset=iso-8859-1", encode(t, charmap.Windows1256, arabicText), arabicText, "windows-1256"},
		{"1256 that claims 8859-6", "iso-8859-6", encode(t, charmap.Windows1256, arabicText), arabicText, "windows-1256"},
		{"8859-6", "", encode(t, charmap.ISO8859_6, arabicText), arabicText, "iso-8859-6"},
		{"8859-6 that claims 1256", "windows-1256", encode(t, charmap.ISO8859_6, arabicText), arabicText, "iso-8859-6"},
		{"French, declared", "text/plain; charset=iso-8859-1", encode(t, charmap.ISO8859_1, frenchText), frenchText, "windows-1252"},
		{"French", "", encode(t, charmap.ISO8859_1, frenchText), frenchText, "windows-1252"},
		{"Russian, declared", "windows-1251", encode(t, charmap.Windows1251, russText), russText, "windows-1251"},
		{"Russian", "", encode(t, charmap.Windows1251, russText), russText, "windows-1251"},
		{"XML prolog", "", append([]byte(`<?xml version="1.0" encoding="windows-1251"?>`), encode(t, charmap.Windows1251, russText)...),
			`<?xml version="1.0" encoding="windows-1251"?>` + russText, "windows-1251"},
	} {
		got, enc, err := Decode(test.in, test.declared)
		if err != nil || got != test.want || enc != test.enc {
			t.Errorf("%s: got %q as %s, %v", test.what, got, enc, err)
		}
	}
}

func TestDecodeErrors(t *testing.T) {
	damaged := []byte(arabicText)
	damaged[41] = 0xFF
	for _, test := range []struct {
		what string
		in   []byte
		want string
	}{
		{"damaged UTF-8", damaged, "offset 4"},
		{"damaged after a mark", append([]byte{0xEF, 0xBB, 0xBF}, damaged...), "offset 4"},
		{"cut in a character", []byte(arabicText)[:41], "offset 40"},
		{"odd UTF-16", []byte{0xFF, 0xFE, 0x41, 0x06, 0x41}, "cut short"},
		{"half a pair", []byte{0xFE, 0xFF, 0xD8, 0x00, 0x06, 0x41}, "offset 0"},
	} {
		_, _, err := Decode(test.in, "")
		if !errors.Is(err, ErrEncoding) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v", test.what, err)
		}
	}
}

func shared(t testing.TB, name string) string {
	t.Helper()
	p := filepath.Join("..", "..", "..", "shared", filepath.FromSlash(name))
	if _, err := os.Stat(p); err != nil {
		t.Skipf("no %s beside the project; this test reads real material from there", name)
	}
	return p
}

// The same page in two encodings and the same feed in four must come out alike.
func TestDecodeDerived(t *testing.T) {
	dir := shared(t, "data/pages/derived")
	read := func(name string) string {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		s, enc, err := Decode(data, "")
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		want := "windows-1256"
		if strings.Contains(name, "8859") {
			want = "iso-8859-6"
		} else if strings.Contains(name, "utf8.xml") && !strings.Contains(name, "declared") {
			want = "utf-8"
		}
		if enc != want {
			t.Errorf("%s: taken for %s", name, enc)
		}
		return s
	}
	feed := letters(body(read("ar-rss-windows-1256.xml")))
	for _, n := range []string{"ar-rss-1256-declared-utf8.xml", "ar-rss-1256-no-declaration.xml"} {
		if letters(body(read(n))) != feed {
			t.Errorf("%s differs from its twin", n)
		}
	}
	read("ar-rss-utf8.xml")
	read("ar-page-windows-1256.html")
	read("ar-page-iso-8859-6.html")
}

func body(feed string) string {
	_, s, _ := strings.Cut(feed, "<channel>")
	return s
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(arabicText), "")
	f.Add(encode(f, charmap.Windows1256, arabicText), "text/html; charset=utf-8")
	f.Add(encode(f, charmap.ISO8859_6, arabicText), "iso-8859-6")
	f.Add(encode16(binary.LittleEndian, arabicText), "")
	f.Add([]byte(`<meta charset="koi8-r">`+"\xc1\xc2"), "")
	f.Fuzz(func(t *testing.T, data []byte, declared string) {
		s, _, err := Decode(data, declared)
		if err != nil {
			if !errors.Is(err, ErrEncoding) {
				t.Errorf("an error without a kind: %v", err)
			}
			return
		}
		if i := invalidAt([]byte(s)); i >= 0 {
			t.Errorf("decoded text is not UTF-8 at %d", i)
		}
		if again, _, err := Decode([]byte(s), ""); err == nil && again != s && !bytes.HasPrefix([]byte(s), []byte("\ufeff")) && guess16([]byte(s)) == "" {
			t.Errorf("decoded text changes when decoded again")
		}
	})
}
