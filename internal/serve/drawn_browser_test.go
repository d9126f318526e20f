package serve

import (
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// drag moves the mouse over an element, from one share of its width to another.
func (b *tab) drag(element string, from, to float64) {
	b.t.Helper()
	at := func(share float64) (x, y float64) {
		side := func(expression string) float64 {
			out, err := chromedp.Run(b, chromedp.Evaluate[float64]("(r => "+expression+")(document.querySelector('"+element+"').getBoundingClientRect())"))
			if err != nil {
				b.t.Fatal(err)
			}
			return out
		}
		left, width := side("r.left"), side("r.width")
		return left + share*width, side("r.top + r.height * 0.45")
	}
	x, y := at(from)
	b.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMousePressed, x, y, chromedp.Button("left")))
	x, y = at((from + to) / 2)
	b.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, x, y, chromedp.Button("left")))
	x, y = at(to)
	b.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, x, y, chromedp.Button("left")), chromedp.MouseEvent(input.DispatchMouseEventTypeMouseReleased, x, y, chromedp.Button("left")))
}

// The drawings by key and hand: the map nearer and moved, the timeline brushed; the
// address follows, and so a link of what is seen.
func TestBrowserDrawings(t *testing.T) {
	b := browse(t, server(t, false, scattered()...))
	b.size(1280)
	b.goTo("/map?lang=en&view=20,30,60,60")
	b.do(chromedp.Focus(chromedp.CSS("figure.map")))
	b.key("+")
	b.want("document.querySelector('figure.map').dataset.view.split(',').filter((_, i) => i % 2 == 0)", "30,50")
	b.want("new URLSearchParams(location.search).get('view') === document.querySelector('figure.map').dataset.view", "true")
	b.want("document.activeElement.tagName", "FIGURE")
	b.key(kb.ArrowRight)
	b.want("document.querySelector('figure.map').dataset.view.split(',')[0]", "38")
	b.drag("svg.world", 0.3, 0.8)
	b.want("Math.round(document.querySelector('figure.map').dataset.view.split(',')[0])", "28")
	b.want("document.querySelectorAll('figure.map').length", "1")
	b.goTo("/timeline?lang=ar&from=2024-11-01&to=2024-11-20")
	b.drag("svg.lanes", 0.88, 0.42) // the first half: Arabic begins at the right
	b.want("new URLSearchParams(location.search).get('from')", "2024-11-03")
	b.want("new URLSearchParams(location.search).get('to')", "2024-11-12")
	b.do(chromedp.Focus(chromedp.CSS("figure.time")))
	b.key(kb.ArrowLeft) // later
	b.want("new URLSearchParams(location.search).get('from')", "2024-11-08")
	for _, width := range []int64{320, 390, 1280} {
		for _, path := range []string{"/map?", "/timeline?", "/network?", "/network?edge=TUR:SYR:acts&"} {
			for _, lang := range []string{"en", "ar"} {
				b.size(width)
				b.goTo(path + "lang=" + lang)
				if over := b.js("document.documentElement.scrollWidth - document.documentElement.clientWidth"); over != "0" {
					t.Errorf("%s in %s at %d is %s pixels too wide", path, lang, width, over)
				}
			}
		}
		if width < 600 { // a picture for this width, not a shrunk one
			b.want("Math.abs(document.querySelector('figure.net').dataset.wide / document.querySelector('figure.net svg').clientWidth - 1) < 0.1", "true")
		}
	}
	b.quiet()
}
