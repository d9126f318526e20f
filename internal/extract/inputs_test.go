package extract

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// record is one of a web archive.
func record(kind, uri, block string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2024-03-04T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:e9a0cecc-0221-11e7-adb1-0242ac12%04d>\r\nContent-Type: application/http;msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
		kind, uri, len(block)%10000, len(block), block)
}

func response(head, body string) string {
	return "HTTP/1.1 200 OK\r\n" + head + fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body)
}

func zipped1(s string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write([]byte(s))
	z.Close()
	return b.String()
}

// A web archive, plain or with a gzip member a record: pages are read, what is
// none is passed over, a damaged record does not end it.
func TestWARC(t *testing.T) {
	html := "Content-Type: text/html; charset=utf-8\r\n"
	chunked := fmt.Sprintf("HTTP/1.1 200 OK\r\n%sTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n", html, len(onePage), onePage)
	records := []string{
		"WARC/1.0\r\nWARC-Type: warcinfo\r\nWARC-Date: 2024-03-04T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:e9a0cecc-0221-11e7-adb1-0242ac120001>\r\nContent-Type: application/warc-fields\r\nContent-Length: 8\r\n\r\na: b\r\n\r\n\r\n\r\n",
		record("request", "https://example.org/n/1", "GET / HTTP/1.1\r\n\r\n"),
		record("response", "https://example.org/n/1", response(html, onePage)),
		record("response", "https://example.org/n/2", response(html+"Content-Encoding: gzip\r\n", zipped1(onePage))),
		record("response", "https://example.org/n/3", chunked),
		record("response", "https://example.org/x.png", response("Content-Type: image/png\r\n", "\x89PNG")),
		record("response", "https://example.org/none", "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"),
		record("response", "https://example.org/broken", "no HTTP at all"),
		record("response", "https://example.org/n/4", response(html, onePage)),
	}
	var packed strings.Builder
	for _, r := range records {
		packed.WriteString(zipped1(r))
	}
	for name, data := range map[string]string{"plain": strings.Join(records, ""), "a member a record": packed.String()} {
		t.Run(name, func(t *testing.T) {
			as, errs := read(t, "w", []byte(data))
			if len(as) != 4 || len(errs) != 1 || !errors.Is(errs[0], ErrFormat) || !strings.Contains(errs[0].Error(), "broken") {
				t.Fatalf("%d articles, %v", len(as), errs)
			}
			for i, a := range as {
				if want := fmt.Sprintf("https://example.org/n/%d", i+1); a.URL != want || a.Fetched != "2024-03-04T10:00:00Z" || !strings.Contains(a.Text, par1) || a.Published == "" {
					t.Errorf("%+v", a)
				}
			}
		})
	}
	if as, errs := read(t, "w", []byte(strings.Join(records[:2], ""))); len(as) != 0 || len(errs) != 1 || !errors.Is(errs[0], ErrEmpty) {
		t.Errorf("an archive without pages: %d articles, %v", len(as), errs)
	}
	if _, errs := read(t, "w", []byte(strings.Join(records[:3], "")[:900])); len(errs) == 0 {
		t.Error("an archive that is cut short is no error")
	}
}

func TestTelegram(t *testing.T) {
	data := `{
 "name": "قناة الميزان",
 "type": "public_channel",
 "id": 1001234,
 "messages": [
  {"id": 1, "type": "service", "date": "2024-03-04T10:00:00", "date_unixtime": "1709546400", "action": "create_channel", "text": ""},
  {"id": 2, "type": "message", "date": "2024-03-04T12:00:00", "date_unixtime": "1709546400", "from": "قناة الميزان", "text": "` + par1 + `"},
  {"id": 3, "type": "message", "date": "2024-03-04T12:00:00", "date_unixtime": "1709546400", "forwarded_from": "وكالة الأنباء", "edited_unixtime": "1709550000", "text": ["عاجل | ", {"type": "bold", "text": "` + par2 + `"}, " نص"]},
  {"id": 4, "type": "message", "date": "2024-03-04T12:00:00", "date_unixtime": "1709546400", "photo": "x.jpg", "text": ""},
  {"id": 5, "type": "message", "date_unixtime": "1709546400", "text": [{"text": 7}]}
 ]
}`
	as, errs := read(t, "result.json", []byte(data))
	if len(as) != 2 || len(errs) != 1 || !strings.Contains(errs[0].Error(), "message 5") {
		t.Fatalf("%d articles, %v", len(as), errs)
	}
	a, b := as[0], as[1]
	if a.ID != "tg-1001234-2" || a.Outlet != "قناة الميزان" || a.Published != "2024-03-04T10:00:00Z" || a.Byline != "" || a.Text != par1 || a.Lang != "ar" {
		t.Errorf("%+v", a)
	}
	if b.Byline != "وكالة الأنباء" || b.Text != "عاجل | "+par2+" نص" || b.Fetched != "2024-03-04T11:00:00Z" {
		t.Errorf("%+v", b)
	}
	var small bytes.Buffer
	if err := json.Compact(&small, []byte(`{"about":"x","chats":{"list":[`+data+`,`+data+`]}}`)); err != nil {
		t.Fatal(err)
	}
	if as, _ := read(t, "result.json", small.Bytes()); len(as) != 4 {
		t.Errorf("an export of all chats has %d articles", len(as))
	}
	if as, errs := read(t, "result.json", []byte(data[:len(data)-200])); len(as) != 2 || len(errs) == 0 {
		t.Errorf("cut short: %d articles, %v", len(as), errs)
	}
}

func TestSheet(t *testing.T) {
	for name, data := range map[string]string{
		"commas":     "id,title,text,date,desk\n1,\"A, b\",\"Text \"\"one\"\"\nof it\",2024-03-04,x\n2,B,Text two,,\n",
		"semicolons": "id;title;content;date;desk\n1;A, b;\"Text \"\"one\"\"\nof it\";2024-03-04;x\n2;B;Text two\n",
	} {
		t.Run(name, func(t *testing.T) {
			as, errs := read(t, "s", []byte(data))
			if len(as) != 2 || len(errs) != 0 {
				t.Fatalf("%d articles, %v", len(as), errs)
			}
			if a := as[0]; a.ID != "1" || a.Title != "A, b" || a.Text != "Text \"one\"\nof it" || a.Published != "2024-03-04" || string(a.Extra["desk"]) != `"x"` {
				t.Errorf("%+v", a)
			}
		})
	}
	// Tabs know no quotes.
	as, errs := read(t, "s", []byte("\ufefftitle\ttext\n\"A\"\tsaid \"b\r\nx\ty\tz\n"))
	if len(as) != 1 || as[0].Title != `"A"` || as[0].Text != `said "b` || len(errs) != 1 || !errors.Is(errs[0], ErrFormat) {
		t.Errorf("%+v %v", as, errs)
	}
	// A text with commas is no sheet.
	if as, _ := read(t, "s", []byte("The text, and more\n\n"+par1)); len(as) != 1 || !strings.Contains(as[0].Text, par1) {
		t.Errorf("%+v", as)
	}
}

func TestMappedColumns(t *testing.T) {
	r, err := New(Options{Lexicon: lex(t), Now: testNow, Map: map[string]string{"title": "headline", "text": "words", "outlet": "paper"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, data := range []string{"headline,words,paper\nA,B,p\n", `{"headline":"A","words":"B","paper":"p","title":"other"}`} {
		as, errs := readWith(t, r, "s", []byte(data))
		if len(as) != 1 || len(errs) != 0 || as[0].Title != "A" || as[0].Text != "B" || as[0].Outlet != "p" {
			t.Errorf("%s: %+v %v", data, as, errs)
		}
	}
	if err := CheckMap(map[string]string{"headline": "title"}); !errors.Is(err, ErrFormat) {
		t.Error(err)
	}
}
