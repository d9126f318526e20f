// Package doctext keeps documents true: a block of a page that says where it
// comes from must be what comes from there. It is used by tests only.
//
//	<!-- output: isnad lexicon check -->
//	```
//	37 tables, 46,000 rows, …
//	```
//
// The word before the colon is the kind of the block, and says which test
// prints it; what follows is what it is asked for.
package doctext

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

var marker = regexp.MustCompile(`(?m)^<!-- ([a-z]+): (.*) -->\n`)

// version is what a document says instead of the program's version and the
// lexicon's hash, which every edit of a table changes.
var version = regexp.MustCompile(`isnad-[0-9.]+\+[0-9a-f]{12}`)

// Check compares the blocks of one kind in a file with what print gives for
// them, or rewrites them. A page without such a block is an error.
func Check(t *testing.T, file, kind string, update bool, print func(asked string) (string, error)) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	old := string(data)
	var b strings.Builder
	at, blocks := 0, 0
	for _, m := range marker.FindAllStringSubmatchIndex(old, -1) {
		if old[m[2]:m[3]] != kind {
			continue
		}
		blocks++
		asked := old[m[4]:m[5]]
		fence, rest, ok := strings.Cut(old[m[1]:], "\n")
		end := strings.Index("\n"+rest, "\n```\n")
		if !ok || !strings.HasPrefix(fence, "```") || end < 0 {
			t.Errorf("%s: no block of ``` after %q", file, old[m[0]:m[1]])
			continue
		}
		from := m[1] + len(fence) + 1
		got, err := print(asked)
		if err != nil {
			t.Errorf("%s: %s: %v", file, asked, err)
			continue
		}
		got = strings.TrimRight(version.ReplaceAllString(got, "isnad-0.1+…"), "\n") + "\n"
		want := old[from : from+end]
		if got != want && !update {
			t.Errorf("%s: the block of %q differs; run this test with -update\ngot\n%s\nwant\n%s", file, asked, got, want)
		}
		b.WriteString(old[at:from] + got)
		at = from + end
	}
	if blocks == 0 {
		t.Errorf("%s has no block of kind %s; write <!-- %s: … --> above one", file, kind, kind)
	}
	b.WriteString(old[at:])
	if update && b.String() != old {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
