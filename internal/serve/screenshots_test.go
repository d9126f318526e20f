//go:build screenshots

package serve

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// save takes a picture of what is to be seen.
func (b *tab) save(file string) {
	b.t.Helper()
	png, err := chromedp.Run(b, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(file, png, 0o644)
	}
	if err != nil {
		b.t.Fatal(err)
	}
}

// TestScreenshots takes pictures for people to look at, of this test's store or
// of a running server:
//
//	ISNAD_SCREENSHOTS=shots go test -tags screenshots -run Screenshots ./internal/serve
//	ISNAD_SCREENSHOTS=shots ISNAD_URL=http://127.0.0.1:4747 ISNAD_PAGES="/articles/demo-05" go test …
func TestScreenshots(t *testing.T) {
	dir := os.Getenv("ISNAD_SCREENSHOTS")
	if dir == "" {
		t.Fatal("name a folder for the pictures in ISNAD_SCREENSHOTS")
	}
	b := browse(t, server(t, true, story()...))
	pages := map[string]string{"list": "/", "claims": "/claims", "article": "/articles/ar-1", "open": claimLink(story()[0].Claims[0].ID), "quality": "/quality", "filters": "/claims?stance=denies", "hostile": articleLink(story()[3].Article.ID)}
	if url := os.Getenv("ISNAD_URL"); url != "" {
		b.base = url
		pages = map[string]string{"list": "/", "claims": "/claims", "quality": "/quality", "empty": "/articles?text=zzz"}
		for i, p := range strings.Fields(os.Getenv("ISNAD_PAGES")) {
			pages[fmt.Sprintf("page%d", i+1)] = p
		}
	}
	for name, path := range pages {
		for _, look := range []struct {
			lang, theme string
			width       int64
		}{{"en", "light", 1360}, {"ar", "dark", 1360}, {"ar", "light", 390}, {"en", "dark", 390}} {
			sep := "?"
			if strings.Contains(path, "?") {
				sep = "&"
			}
			b.size(look.width)
			b.goTo(path + sep + "lang=" + look.lang + "&theme=" + look.theme)
			b.do(chromedp.Sleep(150 * time.Millisecond))
			b.save(filepath.Join(dir, fmt.Sprintf("%s-%s-%s-%d.png", name, look.lang, look.theme, look.width)))
		}
	}
	if _, err := chromedp.Call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}); err != nil {
		t.Fatal(err)
	}
	b.size(800)
	for name, path := range pages {
		b.goTo(path)
		b.save(filepath.Join(dir, name+"-print.png"))
	}
}
