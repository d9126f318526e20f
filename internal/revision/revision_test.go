package revision

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// shown writes parts as a person would mark them.
func shown(ps []Part) string {
	var b strings.Builder
	for _, p := range ps {
		b.WriteString([]string{"", "[-", "{+"}[p.Kind] + p.Text + []string{"", "-]", "+}"}[p.Kind])
	}
	return b.String()
}

func TestCompare(t *testing.T) {
	for _, x := range [][3]string{
		{"Some 45 were killed.", "Some 60 were killed.", "Some [-45 -]{+60 +}were killed."},
		{"قتل 45 شخصا في الهجوم", "قتل 60 شخصا على الأقل في الهجوم", "قتل [-45 -]{+60 +}شخصا {+على الأقل +}في الهجوم"},
		{"a b", "a b", "a b"}, {"", "new", "{+new+}"}, {"old", "", "[-old-]"}, {"", "", ""},
	} {
		if got := shown(Compare(x[0], x[1])); got != x[2] {
			t.Errorf("%q to %q is %q; want %q", x[0], x[1], got, x[2])
		}
	}
	long := strings.Repeat("a b c ", 2000)
	if got := Compare("x "+long+"y", "z "+strings.Repeat("d e f ", 2000)+"w"); len(got) != 2 {
		t.Errorf("%d parts of texts beyond the limit", len(got))
	}
}

// The parts are both texts, to the byte.
func TestPartsAreTheTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[ab]?( |\n|[ab]|  ){0,30}`)
		a, b := text.Draw(t, "old"), text.Draw(t, "new")
		var old, new string
		for _, p := range Compare(a, b) {
			if p.Kind != New {
				old += p.Text
			}
			if p.Kind != Gone {
				new += p.Text
			}
		}
		if old != a || new != b {
			t.Fatalf("%q %q", old, new)
		}
	})
}
