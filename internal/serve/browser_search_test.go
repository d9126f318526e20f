package serve

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Search by keyboard: the key / leads to the field from another page and on this one,
// a search is kept in the browser, found again, and taken off.
func TestBrowserSearch(t *testing.T) {
	b := browse(t, server(t, false, story()...))
	b.size(1280)
	b.goTo("/claims?lang=ar")
	b.do(chromedp.Focus(chromedp.CSS(".brand")))
	b.key("/")
	b.want("document.activeElement.name + location.pathname", "text/claims") // a page with a field of its own
	b.goTo("/feeds?lang=ar")
	b.key("/")
	b.want("location.pathname + document.activeElement.id", "/searchtext")
	b.key("أسلحة")
	b.want("document.activeElement.value", "أسلحة")
	b.key(kb.Enter)
	b.want("document.querySelector('.hits mark')?.textContent", "بالأسلحة")
	b.want("getComputedStyle(document.querySelector('.hits .passage')).direction", "rtl")
	b.want("document.querySelectorAll('#keep .own li').length", "0")
	b.do(chromedp.Focus(chromedp.CSS("#keep button.own")))
	b.key(kb.Enter)
	b.want("document.querySelector('#keep .own li a').textContent", "أسلحة")
	b.goTo("/search?lang=en&type=AID")
	b.want("document.querySelector('#keep .own li a').getAttribute('href')", "/search?text=%D8%A3%D8%B3%D9%84%D8%AD%D8%A9")
	b.do(chromedp.Focus(chromedp.CSS("#keep .own li button")))
	b.key(kb.Enter)
	b.want("document.querySelectorAll('#keep .own li').length", "0")
	b.quiet()
}
