package extract

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"isnad"
)

func read(t testing.TB, name string, data []byte) ([]isnad.Article, []error) {
	t.Helper()
	return readWith(t, reader(t), name, data)
}

func readWith(t testing.TB, r *Reader, name string, data []byte) (as []isnad.Article, errs []error) {
	t.Helper()
	err := r.Bytes(context.Background(), Source{Name: name}, data,
		func(a isnad.Article) error { as = append(as, a); return nil }, func(e error) { errs = append(errs, e) })
	if err != nil {
		t.Fatal(err)
	}
	return
}

const (
	par1 = "أعلنت الوزارة أن الوفدين اتفقا على استئناف المحادثات في العاصمة خلال الأسبوع المقبل."
	par2 = "وأضاف المتحدث أن الجانبين تبادلا قوائم الأسرى، وأن اللجنة المشتركة ستجتمع قبل نهاية الشهر."
)

const onePage = `<!DOCTYPE html><html lang="ar"><head><title>استئناف المحادثات بين البلدين | الميزان</title>
<meta property="og:site_name" content="الميزان"><link rel="canonical" href="https://example.org/n/1"></head><body>
<nav><a href="/">الرئيسية</a><a href="/p">سياسة</a></nav><h1>استئناف المحادثات بين البلدين</h1><p class="d">الاثنين 4 مارس 2024 - 10:15 ص</p>
<figure><img src="x.jpg"><figcaption>الوزير خلال مؤتمر صحفي سابق في العاصمة.</figcaption></figure>
<div class="story"><p>` + par1 + `</p><h2>موقف الجانبين</h2><p>` + par2 + `</p></div>
<div class="comments"><p>تعليق طويل من قارئ لا يعجبه الخبر ولا من كتبه ولا من نشره على الإطلاق.</p></div></body></html>`

// TestRecognise gives each form of input under a name that says nothing.
func TestRecognise(t *testing.T) {
	row := `{"id":"x1","outlet":"o","title":"t","text":"` + par1 + `","published":"2024-03-04"}`
	pretty := "{\n  \"title\": \"t\",\n  \"text\": \"" + par1 + "\"\n}\n"
	var z bytes.Buffer
	w := zip.NewWriter(&z)
	for _, n := range []string{"b.bin", "a.bin", ".hidden", "dir/"} {
		f, _ := w.Create(n)
		if !strings.HasSuffix(n, "/") {
			io.WriteString(f, row)
		}
	}
	w.Close()
	var g bytes.Buffer
	gw := gzip.NewWriter(&g)
	io.WriteString(gw, onePage)
	gw.Close()
	e1256, err := charmap.Windows1256.NewEncoder().String(onePage)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		what  string
		data  string
		n     int
		title string
	}{
		{"page", onePage, 1, "استئناف المحادثات بين البلدين"},
		{"page in Windows-1256", e1256, 1, "استئناف المحادثات بين البلدين"},
		{"page, packed", g.String(), 1, "استئناف المحادثات بين البلدين"},
		{"fragment", "<div><p>" + par1 + "</p><p>" + par2 + "</p></div>", 1, ""},
		{"text", "العنوان الأول للخبر\n\n" + par1, 1, "العنوان الأول للخبر"},
		{"text in UTF-16", "\xff\xfe" + string(encode16(binary.LittleEndian, "العنوان الأول للخبر\n\n"+par1)), 1, "العنوان الأول للخبر"},
		{"JSONL", row + "\n\n" + row, 2, "t"},
		{"JSONL with a mark, CRLF", "\ufeff" + row + "\r\n" + row + "\r\n", 2, "t"},
		{"JSONL in UTF-16", "\xff\xfe" + string(encode16(binary.LittleEndian, row+"\n"+row+"\n")), 2, "t"},
		{"array", "[\n" + row + ",\n" + row + "]", 2, "t"},
		{"array in UTF-16 without a mark", string(encode16(binary.LittleEndian, "["+row+","+row+"]")), 2, "t"},
		{"object over lines", pretty, 1, "t"},
		{"objects over lines", pretty + pretty, 2, "t"},
		{"zip", z.String(), 2, "t"},
		{"text that begins with a bracket", "[عاجل] نفت موسكو تزويد بيونغ يانغ لها بالأسلحة.", 1, ""},
	} {
		as, errs := read(t, "input", []byte(test.data))
		if len(as) != test.n || len(errs) > 0 {
			t.Errorf("%s: %d articles, errors %v", test.what, len(as), errs)
			continue
		}
		if as[0].Title != test.title {
			t.Errorf("%s: title %q", test.what, as[0].Title)
		}
	}
}

func TestPageFields(t *testing.T) {
	as, errs := read(t, "input", []byte(onePage))
	if len(as) != 1 || len(errs) > 0 {
		t.Fatal(as, errs)
	}
	a := as[0]
	if a.Text != par1+"\nموقف الجانبين\n"+par2 || a.Outlet != "الميزان" || a.URL != "https://example.org/n/1" || a.Published != "2024-03-04T10:15" ||
		a.Lang != "ar" || len(a.SHA256) != 64 || !strings.HasPrefix(a.ID, "a") || len(a.ID) != 17 {
		t.Errorf("got %+v", a)
	}
	if again, _ := read(t, "other name", []byte(onePage)); again[0].ID != a.ID {
		t.Error("the id depends on the file's name")
	}
}

func TestRowFields(t *testing.T) {
	r := reader(t)
	for _, test := range []struct{ row, want string }{
		{`{"id":7,"source":"aawsat","author":"واس","content":" نص\u00a0ما\n","date_extracted":"2015-07-21 02:51:32","title":"ع","n":[1, 2]}`,
			`7|aawsat|ع|واس|2015-07-21|ar| نص` + "\u00a0" + `ما` + "\n" + `|2015-07-21T02:51:32|{"n":[1, 2]}`},
		{`{"text":"one","content":"two","body":3,"outlet":null,"source":"s","date":2018}`, `|s|||2018|en|one||{"body":3,"content":"two"}`},
		{`{"text":"one","published":"2023-12","lang":"de","sentences":[{"i":0}],"sha256":"x"}`, `|(unnamed)|||2023-12|de|one||{"sentences":[{"i":0}]}`},
		{`{"text":"one","published":"الثلاثاء، 19 نوفمبر 2024 02:31 م"}`, `|(unnamed)|||2024-11-19T14:31|en|one||null`},
	} {
		a, err := r.row("f:1", []byte(test.row))
		if err != nil {
			t.Errorf("%s: %v", test.row, err)
		}
		id := a.ID
		if strings.HasPrefix(id, "a") {
			id = ""
		}
		extra := "null"
		if a.Extra != nil {
			parts := []string{}
			for _, k := range []string{"body", "content", "n", "sentences"} {
				if v, ok := a.Extra[k]; ok {
					parts = append(parts, fmt.Sprintf("%q:%s", k, v))
				}
			}
			extra = "{" + strings.Join(parts, ",") + "}"
		}
		if got := strings.Join([]string{id, a.Outlet, a.Title, a.Byline, a.Published, string(a.Lang), a.Text, a.Fetched, extra}, "|"); got != test.want {
			t.Errorf("got  %q\nwant %q", got, test.want)
		}
	}
}

// Bad inputs: each names what and where, and says what to do.
func TestBadInputs(t *testing.T) {
	good := `{"text":"نص سليم للخبر"}`
	var z bytes.Buffer
	w := zip.NewWriter(&z)
	f, _ := w.Create("a.jsonl")
	io.WriteString(f, good+strings.Repeat("\n"+good, 50))
	f, _ = w.Create("bomb.jsonl")
	io.WriteString(f, `{"text":"`)
	for range 8 { // 8 MB of one letter pack 1,000 to 1
		f.Write(bytes.Repeat([]byte("x"), 1<<20))
	}
	f, _ = w.Create("c.jsonl")
	io.WriteString(f, good)
	w.Close()
	var inner, outer, outest bytes.Buffer
	inner.Write(z.Bytes())
	for i, b := range []*bytes.Buffer{&outer, &outest} {
		w := zip.NewWriter(b)
		f, _ := w.Create(fmt.Sprintf("%d.zip", i))
		f.Write([]*bytes.Buffer{&inner, &outer}[i].Bytes())
		w.Close()
	}
	damaged := []byte(par1)
	damaged[40], damaged[41] = 0xFF, 0xFE
	index := "<html><head><title>home</title></head><body>" + strings.Repeat("<div><a href='/a'>قمة طارئة تعقد في العاصمة غدا</a></div>", 40) + "</body></html>"
	for _, test := range []struct {
		what     string
		data     []byte
		articles int
		kind     error
		says     string
	}{
		{"empty file", nil, 0, ErrEmpty, "read f: nothing in it; give a file with articles"},
		{"blank file", []byte("\ufeff \n\t\n"), 0, ErrEmpty, "read f: nothing in it"},
		{"PNG", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), 0, ErrFormat, "image/png, not text"},
		{"PDF", []byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), 0, ErrFormat, "application/pdf"},
		{"ELF", append([]byte("\x7fELF\x02\x01\x01\x00"), make([]byte, 99)...), 0, ErrFormat, "not text"},
		{"feed", []byte(`<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>`), 0, ErrFormat, "a feed"},
		{"JSON feed", []byte(`{"version": "https://jsonfeed.org/version/1.1", "items": []}`), 0, ErrFormat, "a feed"},
		{"truncated zip", z.Bytes()[:z.Len()/2], 0, ErrFormat, "get it again"},
		{"zip bomb", z.Bytes(), 52, ErrTooLarge, "f: bomb.jsonl:1: too large: unpacks to more than 200 times"},
		{"zip in zip in zip", outest.Bytes(), 0, ErrTooLarge, "deep"},
		{"empty zip", []byte("PK\x05\x06" + strings.Repeat("\x00", 18)), 0, ErrEmpty, "no files in the archive"},
		{"invalid UTF-8", damaged, 0, ErrEncoding, "offset 39"},
		{"invalid UTF-8 in a row", []byte(good + "\n{\"text\":\"" + string(damaged) + "\"}\n" + good), 2, ErrEncoding, "read f:2: "},
		{"index page", []byte(index), 0, ErrNoArticle, "read f: no article text found; is this an index page?"},
		{"ten thousand nested tags", []byte("<html>" + strings.Repeat("<div>", 10_000) + par1), 0, ErrTooLarge, "nested"},
		{"row without text", []byte(good + "\n{\"id\":\"n2\",\"title\":\"t\"}\n" + good), 2, ErrNoArticle, "read f:2: no article text found: row n2 has no text; give it a field text"},
		{"row with text of blanks", []byte(`{"text":" \n"}`), 0, ErrNoArticle, "read f:1: "},
		{"row with a list as text", []byte(`{"text":["a"]}` + "\n" + good), 1, ErrFormat, "field text holds"},
		{"row that is no JSON", []byte(good + "\n{\"text\": \"cut\n" + good), 2, ErrFormat, "read f:2: "},
		{"row that is no object", []byte(good + "\n[1]\n" + good), 2, ErrFormat, "read f:2: "},
		{"future date", []byte(`{"text":"نص","published":"2031-01-01"}`), 1, ErrDate, `read f:1: no such date: "2031-01-01" is in the future (today is 2026-11-01); check the year; the article is read without a date`},
		{"impossible date", []byte(`[{"text":"نص","date":"31 فبراير 2024"}]`), 1, ErrDate, "read f: row 1: "},
		{"array cut short", []byte("[" + good + "," + good + ",{\"text\":"), 2, ErrFormat, "f: row 3: "},
		{"array not closed", []byte("[" + good), 1, ErrFormat, "cut short"},
		{"array with a bare value", []byte("[" + good + ",4," + good + "]"), 2, ErrFormat, "f: row 2: "},
		{"empty array", []byte("[]"), 0, ErrEmpty, "nothing in it"},
		{"damaged gzip", []byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x00\xff"), 0, ErrFormat, "get it again"},
	} {
		as, errs := read(t, "f", test.data)
		if len(as) != test.articles || len(errs) != 1 || !errors.Is(errs[0], test.kind) || !strings.Contains(errs[0].Error(), test.says) {
			t.Errorf("%s: %d articles, errors %q; want %d and %q", test.what, len(as), errs, test.articles, test.says)
		}
		for _, a := range as {
			if test.kind == ErrDate && a.Published != "" {
				t.Errorf("%s: published %q", test.what, a.Published)
			}
		}
	}
}

// A line of 50 MB is an error, is not held, and the next line is read.
func TestHugeLine(t *testing.T) {
	good := `{"text":"نص سليم للخبر"}`
	in := io.MultiReader(strings.NewReader(good+"\n{\"text\":\""), &repeat{'x', 50 << 20}, strings.NewReader("\"}\n"+good+"\n"))
	var n int
	var errs []error
	err := reader(t).Walk(t.Context(), "-", in, func(isnad.Article) error { n++; return nil }, func(e error) { errs = append(errs, e) })
	if err != nil || n != 2 || len(errs) != 1 || !errors.Is(errs[0], ErrTooLarge) || !strings.Contains(errs[0].Error(), "read standard input:2: too large: a row of 50.0 MB") {
		t.Errorf("%d articles, %v, %v", n, errs, err)
	}
	r, err := New(Options{Lexicon: lex(t), Limits: Limits{Row: 1 << 10, Page: 1 << 10}})
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("x", 4096)
	as, errs := readWith(t, r, "f", []byte(`[`+good+`,{"text":"`+long+`"},`+good+`]`))
	if len(as) != 1 || len(errs) != 1 || !errors.Is(errs[0], ErrTooLarge) || !strings.Contains(errs[0].Error(), "row 2") {
		t.Errorf("array: %d articles, %v", len(as), errs)
	}
	as, errs = readWith(t, r, "f", []byte("<html><p>"+long))
	if len(as) != 0 || len(errs) != 1 || !errors.Is(errs[0], ErrTooLarge) {
		t.Errorf("page: %d articles, %v", len(as), errs)
	}
}

type repeat struct {
	c byte
	n int
}

func (r *repeat) Read(p []byte) (int, error) {
	if r.n == 0 {
		return 0, io.EOF
	}
	p = p[:min(len(p), r.n)]
	for i := range p {
		p[i] = r.c
	}
	r.n -= len(p)
	return len(p), nil
}

func TestWalk(t *testing.T) {
	dir := t.TempDir()
	write := func(name, s string) {
		p := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(s), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("b/page", onePage)
	write("a.txt", "نفت موسكو تزويد بيونغ يانغ لها بالأسلحة.")
	write("c.png", "\x89PNG\r\n\x1a\n\x00")
	write(".git/config", "x")
	var titles []string
	var errs []error
	r := reader(t)
	got := func(a isnad.Article) error { titles = append(titles, a.Title); return nil }
	bad := func(e error) { errs = append(errs, e) }
	if err := r.Walk(t.Context(), dir, nil, got, bad); err != nil {
		t.Fatal(err)
	}
	if len(titles) != 2 || titles[1] != "استئناف المحادثات بين البلدين" || len(errs) != 1 || !strings.Contains(errs[0].Error(), "c.png") {
		t.Errorf("%q, %v", titles, errs)
	}
	errs = nil
	if err := r.Walk(t.Context(), filepath.Join(dir, "none"), nil, got, bad); err != nil || len(errs) != 1 || !errors.Is(errs[0], os.ErrNotExist) || !strings.HasSuffix(errs[0].Error(), "check the path") {
		t.Errorf("%v, %v", errs, err)
	}
	enough := errors.New("enough")
	if err := r.Walk(t.Context(), dir, nil, func(isnad.Article) error { return enough }, bad); err != enough {
		t.Errorf("the callback's error came back as %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := r.Walk(ctx, dir, nil, got, bad); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func FuzzRow(f *testing.F) {
	r := reader(f)
	f.Add([]byte(`{"id":7,"source":"s","content":"نص","date_extracted":"2015-07-21 02:51:32","n":[1]}`))
	f.Add([]byte(`{"text":"x","published":"2031"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := r.row("f:1", data)
		if err == nil && a.Text == "" {
			t.Error("neither text nor error")
		}
		if a.Text == "" {
			return
		}
		var m map[string]json.RawMessage
		if json.Unmarshal(data, &m) != nil {
			t.Error("read from no JSON")
		}
	})
}

func FuzzStream(f *testing.F) {
	l := Limits{Page: 1 << 20, Row: 1 << 16, Entry: 1 << 22, Entries: 100}
	r, err := New(Options{Lexicon: lex(f), Now: testNow, Limits: l})
	if err != nil {
		f.Fatal(err)
	}
	var z bytes.Buffer
	w := zip.NewWriter(&z)
	e, _ := w.Create("a")
	io.WriteString(e, `{"text":"x"}`)
	w.Close()
	for _, s := range []string{onePage, z.String(), `[{"text":"x"}]`, "{\"text\":\"x\"}\n{", "{\n\"text\":\"x\"}", "title\n\ntext of it.", "\xff\xfe{\x00", "\x1f\x8b\x08"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		n, bad := 0, 0
		err := r.Bytes(context.Background(), Source{Name: "f"}, data, func(a isnad.Article) error {
			if a.ID == "" || a.SHA256 == "" || a.Outlet == "" || strings.TrimSpace(a.Text) == "" {
				t.Errorf("half an article: %+v", a)
			}
			n++
			return nil
		}, func(e error) {
			bad++
			ok := false
			for _, k := range []error{ErrNoArticle, ErrEmpty, ErrEncoding, ErrTooLarge, ErrFormat, ErrDate} {
				ok = ok || errors.Is(e, k)
			}
			if !ok {
				t.Errorf("an error without a kind: %v", e)
			}
		})
		if err != nil || n+bad == 0 {
			t.Errorf("%d articles, %d errors, %v", n, bad, err)
		}
	})
}
