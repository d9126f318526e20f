package extract

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"isnad"
)

// Telegram's desktop program exports a channel as result.json: its name, type
// and id, then its messages. The channel is the outlet, a message an article;
// a message forwarded from elsewhere names the other channel in its author line,
// where credits are read from. Of an export of everything ("chats": {"list": …})
// each chat is read likewise. Messages without text and notices of the service
// are passed over.

// telegramHead says that a JSON object begins as result.json does: the list of
// messages and the seconds of the first stand within its first lines.
func telegramHead(s string) bool {
	return strings.Contains(s, `"messages":`) && strings.Contains(s, `"date_unixtime":`) && strings.Contains(s, `"type":`)
}

// message is one of result.json. Text is a string, or a list of strings and of
// objects with a string text.
type message struct {
	ID        int64           `json:"id"`
	Type      string          `json:"type"`
	Date      string          `json:"date"` // the exporter's local time
	Unix      string          `json:"date_unixtime"`
	Edited    string          `json:"edited_unixtime"`
	Forwarded string          `json:"forwarded_from"`
	Text      json.RawMessage `json:"text"`
}

type channel struct {
	name string
	id   json.Number
}

// telegram reads result.json message by message.
func (r *Reader) telegram(name string, in *bufio.Reader, s sink) error {
	g := &gate{r: in, left: r.opt.Limits.Row}
	d := json.NewDecoder(g)
	d.UseNumber()
	n, had := 0, 0
	count := s
	count.article = func(a isnad.Article) error { had++; return s.article(a) }
	count.failed = func(err error) { had++; s.failed(err) }
	bad := func(err error) error {
		if err == errGate {
			return fmt.Errorf("read %s: %w: message %d is over the limit of %s", name, ErrTooLarge, n+1, mib(r.opt.Limits.Row))
		}
		return fmt.Errorf("read %s: %w: %v after message %d; the file is cut short or damaged: export it again", name, ErrFormat, err, n)
	}
	var of channel
	key := ""
	for {
		g.left = r.opt.Limits.Row
		tok, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return bad(err)
		}
		word, isWord := tok.(string)
		switch {
		case key == "name" && isWord:
			of.name = word
		case key == "id":
			of.id, _ = tok.(json.Number)
		case key == "messages" && tok == json.Delim('['):
			for d.More() {
				g.left = r.opt.Limits.Row
				var raw json.RawMessage
				if err := d.Decode(&raw); err != nil {
					return bad(err)
				}
				n++
				if err := r.message(fmt.Sprintf("%s: message %d", name, n), of, raw, count); err != nil {
					return err
				}
			}
		}
		if isWord && key == "" && (word == "name" || word == "id" || word == "messages") {
			key = word
		} else {
			key = ""
		}
	}
	if had == 0 {
		return fmt.Errorf("read %s: %w: no message with text; export a channel with messages", name, ErrEmpty)
	}
	return nil
}

func (r *Reader) message(place string, of channel, raw json.RawMessage, s sink) error {
	if i := invalidAt(raw); i >= 0 {
		return s.take(isnad.Article{}, fmt.Errorf("read %s: %w: byte 0x%02x is not UTF-8", place, ErrEncoding, raw[i]))
	}
	var m message
	if err := json.Unmarshal(raw, &m); err != nil {
		return s.take(isnad.Article{}, fmt.Errorf("read %s: %w: %v", place, ErrFormat, err))
	}
	text, err := messageText(m.Text)
	if err != nil {
		return s.take(isnad.Article{}, fmt.Errorf("read %s: %w: %v", place, ErrFormat, err))
	}
	if m.Type != "message" || strings.TrimSpace(text) == "" {
		return s.ctxErr()
	}
	a := isnad.Article{ID: "tg-" + of.id.String() + "-" + strconv.FormatInt(m.ID, 10), Outlet: of.name, Byline: m.Forwarded, Text: text, Published: unixTime(m.Unix), Fetched: unixTime(m.Edited)}
	if a.Published == "" {
		if a.Published, err = r.date(m.Date); err != nil {
			a.Published, err = "", fmt.Errorf("read %s: %w; the message is read without a date", place, err)
		}
	}
	r.complete(&a)
	return s.take(a, err)
}

// messageText joins the parts of a message: "a", ["a", {"type":"link","text":"b"}].
func messageText(raw json.RawMessage) (string, error) {
	if len(raw) == 0 || raw[0] == '"' {
		var s string
		if len(raw) > 0 {
			return s, json.Unmarshal(raw, &s)
		}
		return s, nil
	}
	var parts []json.RawMessage
	if err := json.Unmarshal(raw, &parts); err != nil {
		return "", err
	}
	var b strings.Builder
	for _, p := range parts {
		var part struct {
			Text string `json:"text"`
		}
		into := any(&part.Text)
		if p[0] == '{' {
			into = &part
		}
		if err := json.Unmarshal(p, into); err != nil {
			return "", err
		}
		b.WriteString(part.Text)
	}
	return b.String(), nil
}

// unixTime is a number of seconds as RFC 3339 in UTC, "" where it is none.
func unixTime(s string) string {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n <= 0 {
		return ""
	}
	return time.Unix(n, 0).UTC().Format(time.RFC3339)
}
