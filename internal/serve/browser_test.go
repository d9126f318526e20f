package serve

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// tab is a page in a real browser, with what went wrong in it and what it asked for.
type tab struct {
	context.Context
	t        testing.TB
	base     string
	mu       sync.Mutex
	wrong    []string
	requests []string
}

// browse opens a browser on a server. It skips where there is none.
func browse(t testing.TB, s *Server) *tab {
	t.Helper()
	var path string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		t.Skip("no Chromium here; install it to drive the pages in a real browser: apt-get install chromium fonts-noto-core")
	}
	web := httptest.NewServer(s)
	t.Cleanup(web.Close)
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-sync", true), chromedp.Flag("disable-component-update", true), chromedp.UserDataDir(t.TempDir()))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(func() { _ = chromedp.Cancel(ctx); cancel() })
	ctx, cancel = context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(cancel)
	b := &tab{Context: ctx, t: t, base: web.URL}
	if err := chromedp.Listen(ctx, b.note); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, log.Enable, cdp.Empty{}); err != nil {
		t.Fatal(err)
	}
	return b
}

// note keeps what went wrong and what was asked for.
func (b *tab) note(ev any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch ev := ev.(type) {
	case *runtime.EventExceptionThrown:
		b.wrong = append(b.wrong, fmt.Sprintf("exception: %+v", ev.ExceptionDetails))
	case *runtime.EventConsoleAPICalled:
		b.wrong = append(b.wrong, fmt.Sprintf("console %s: %+v", ev.Type, ev.Args))
	case *log.EventEntryAdded:
		b.wrong = append(b.wrong, ev.Entry.Text+" "+ev.Entry.URL)
	case *network.EventRequestWillBeSent:
		b.requests = append(b.requests, ev.Request.URL)
	}
}

func (b *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b, actions...); err != nil {
		b.t.Fatal(err)
	}
}

func (b *tab) goTo(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.base+path), chromedp.WaitVisible(chromedp.CSS("main")))
}

// size makes the window so wide, a phone's where it is narrow.
func (b *tab) size(width int64) {
	b.t.Helper()
	if width < 600 {
		b.do(chromedp.EmulateViewport(width, 844, chromedp.EmulateMobile, chromedp.EmulatePortrait))
		return
	}
	b.do(chromedp.EmulateViewport(width, 900))
}

// js evaluates an expression to a string.
func (b *tab) js(expression string) string {
	b.t.Helper()
	out, err := chromedp.Run(b, chromedp.Evaluate[string]("String("+expression+")"))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return out
}

// want waits until an expression has a value. While a page loads, what it asks for
// may not be there yet.
func (b *tab) want(expression, value string) {
	b.t.Helper()
	var got string
	var err error
	for range 100 {
		if got, err = chromedp.Run(b, chromedp.Evaluate[string]("String("+expression+")")); err == nil && got == value {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	b.t.Errorf("%s is %q (%v); want %q", expression, got, err, value)
}

func (b *tab) key(keys string) { b.t.Helper(); b.do(chromedp.KeyEvent(keys)) }

// quiet wants that nothing went wrong and that nothing was asked of another host.
func (b *tab) quiet() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, w := range b.wrong {
		b.t.Error(w)
	}
	for _, r := range b.requests {
		if !strings.HasPrefix(r, b.base+"/") {
			b.t.Errorf("a request left for %s", r)
		}
	}
	if len(b.requests) == 0 {
		b.t.Error("no request was seen")
	}
}

const (
	focused  = "document.activeElement.className.split(' ')[0] + ' ' + (document.activeElement.dataset?.c ?? '')"
	openText = "document.getElementById('opened').innerText"
)

// The whole of reading an article by keyboard.
func TestBrowserReading(t *testing.T) {
	b := browse(t, server(t, false, story()...))
	b.goTo("/articles/ar-1?lang=en")
	b.want("getComputedStyle(document.documentElement).direction", "ltr")
	b.want("getComputedStyle(document.querySelector('.body p')).direction + document.querySelector('.body p').lang", "rtlar")
	b.want("getComputedStyle(document.querySelector('h1')).direction", "rtl")
	b.want("document.querySelector('.body').textContent", story()[0].Article.Text)

	// Tab comes to the skip link first and to the marks in the order of the text.
	b.key(kb.Tab)
	b.want("document.activeElement.className", "skip")
	var order []string
	for range 40 {
		b.key(kb.Tab)
		at := b.js(focused)
		if slices.Contains(order, strings.TrimPrefix(at, "m ")) {
			break // once round
		}
		if strings.HasPrefix(at, "m ") {
			order = append(order, at[2:])
		}
	}
	if got := strings.Join(order, ", "); got != "0, 1 2, 3, 3 4, 4, 5" {
		t.Errorf("focus comes to the marks of claims %s", got)
	}

	// Enter opens, arrows go on in the direction of the text, Escape goes back.
	b.do(chromedp.Focus(chromedp.CSS(`.body a.m`)))
	b.want("document.querySelectorAll('.on-actor').length", "1")
	b.key(kb.Enter)
	b.want(openText+".includes('Chain of voices')", "true")
	b.want("location.pathname", claimLink(story()[0].Claims[0].ID))
	b.want("document.querySelector('.body a.m').getAttribute('aria-expanded')", "true")
	b.want("document.querySelector('.on-actor').textContent", "بيونغ يانغ")
	b.want("document.querySelector('.on-speaker').textContent", "موسكو")
	b.want(focused, "m 1 2")
	b.key(kb.ArrowLeft)
	b.want("document.querySelector('#opened .count').textContent.includes('3')", "true")
	b.want(focused, "m 1 2")
	b.key(kb.ArrowLeft)
	b.want(focused, "m 3")
	b.key(kb.ArrowRight)
	b.want(focused, "m 1 2")
	b.key(kb.ArrowDown)
	b.key(kb.Enter) // again: into the panel
	b.want("document.activeElement.tagName", "H2")
	b.key(kb.Escape)
	b.want("document.getElementById('opened').textContent.trim()", "")
	b.want("location.pathname", "/articles/ar-1")
	b.want(focused, "m 3")

	// A click does the same, and the permanent link opens at the claim.
	b.do(chromedp.Click(chromedp.CSS(`#claims li:nth-child(6) a`)))
	b.want(openText+".includes('assessment')", "true")
	b.goTo(claimLink(story()[0].Claims[2].ID) + "?lang=ar")
	b.want("getComputedStyle(document.documentElement).direction", "rtl")
	b.want(openText+".includes('سلسلة الإسناد')", "true")
	b.want("document.querySelector('.on-quantity') === null && document.querySelector('.on-speaker').textContent", "سيول")
	b.quiet()
}

// Text that means harm does none, even to a reader who opens its claims.
func TestBrowserHostile(t *testing.T) {
	b := browse(t, server(t, false, story()...))
	bad := story()[3]
	for _, path := range []string{"/", "/claims", articleLink(bad.Article.ID), claimLink(bad.Claims[0].ID), "/events", eventLink("e" + bad.Claims[0].ID), "/articles?text=%22%3E%3Cscript%3Edocument.title='owned'%3C/script%3E"} {
		b.goTo(path)
		b.want("document.title === 'owned'", "false")
		b.want("document.querySelectorAll('main img, main script, main iframe').length", "0")
	}
	b.goTo(articleLink(bad.Article.ID))
	b.do(chromedp.Click(chromedp.CSS(`.body a.m`)))
	b.want(openText+".includes('onerror')", "true")
	b.want("document.title === 'owned'", "false")
	b.quiet()
}

// Every page fits every width in both directions, in both schemes.
func TestBrowserWidths(t *testing.T) {
	served := server(t, true, append(story(), quarrel()...)...)
	served.Author = "reem" // so that the form is among what must fit
	b := browse(t, served)
	e := disputed(t, served)
	for _, width := range []int64{320, 390, 1280} {
		for _, lang := range []string{"en", "ar"} {
			for _, path := range []string{"/?", "/articles?", "/search?text=moscow&", "/feeds?", "/actors/PRK?", "/dyads/PRK:RUS?", "/outlets/Northline%20Wire?", "/articles/en-1?version=1&with=2&", "/articles/ar-1?", "/articles/en-1?", claimLink(story()[0].Claims[0].ID) + "?", "/claims?stance=denies&", "/events?", eventLink(e.ID) + "?", "/agreements?", "/obligations?if=attacked:RUS&", "/transfers?", "/tour?", "/quality?", "/review?", "/intensity?", "/intensity/PRK:RUS?", "/nowhere?", articleLink(story()[3].Article.ID) + "?"} {
				theme := map[string]string{"en": "light", "ar": "dark"}[lang]
				b.size(width)
				b.goTo(path + "lang=" + lang + "&theme=" + theme)
				if over := b.js("document.documentElement.scrollWidth - document.documentElement.clientWidth"); over != "0" {
					t.Errorf("%s in %s at %d is %s pixels too wide", path, lang, width, over)
				}
				b.want("getComputedStyle(document.body).backgroundColor", map[string]string{"light": "rgb(251, 250, 246)", "dark": "rgb(21, 24, 27)"}[theme])
			}
		}
	}
	for i, w := range b.wrong { // the page that is not there says so in the console
		if strings.Contains(w, "/nowhere") {
			b.wrong[i] = ""
		}
	}
}

// The ledger by keyboard: from the front page to a dispute, to both sides, to the
// words, and back from the words to the event; the axis runs with the language.
func TestBrowserEvent(t *testing.T) {
	s := server(t, false, quarrel()...)
	b := browse(t, s)
	e := disputed(t, s)
	b.size(1280)
	b.goTo("/?lang=en")
	b.do(chromedp.Focus(chromedp.CSS(`.strip a[href="` + eventLink(e.ID) + `"]`)))
	b.key(kb.Enter)
	b.want("location.pathname", eventLink(e.ID))
	side := "document.querySelector('.side.%s').getBoundingClientRect().left"
	b.want(fmt.Sprintf(side+" < "+side, "asserts", "denies"), "true")
	b.want("document.querySelector('.side.denies h4').textContent", "North Korea denies")
	b.want("document.querySelector('.contested circle').getBoundingClientRect().left < document.querySelector('.contested .open').getBoundingClientRect().left + 1", "true")
	b.want("getComputedStyle(document.querySelector('.side.asserts [lang=ar]')).direction", "rtl")
	b.do(chromedp.Focus(chromedp.CSS(`.side.denies .opens a`)))
	b.key(kb.Enter)
	b.want("location.pathname.startsWith('/claims/')", "true")
	b.want("document.querySelector('#opened .toevent a').getAttribute('href')", eventLink(e.ID))
	b.goTo(eventLink(e.ID) + "?lang=ar")
	b.want(fmt.Sprintf(side+" > "+side, "asserts", "denies"), "true")
	b.want("Number(document.querySelector('.bar circle').getAttribute('cx').replace('%', '')) > 50", "true")
	b.quiet()
}
