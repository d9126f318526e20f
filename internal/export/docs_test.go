package export

import (
	"flag"
	"fmt"
	"strings"
	"testing"

	"isnad/internal/doctext"
)

var update = flag.Bool("update", false, "rewrite the lists of columns in docs/codebook.md")

// TestCodebookListsColumns holds the blocks "<!-- columns: FORMAT UNIT -->" of
// the codebook: every column of every format with what it holds.
func TestCodebookListsColumns(t *testing.T) {
	listed := map[string]bool{}
	doctext.Check(t, "../../docs/codebook.md", "columns", *update, func(asked string) (string, error) {
		format, of, _ := strings.Cut(asked, " ")
		listed[asked] = true
		columns, err := Columns(format, of)
		if err != nil {
			return "", err
		}
		var b strings.Builder
		for i, c := range columns {
			holds := c.Holds
			if holds == "" {
				holds = "-"
			}
			fmt.Fprintf(&b, "%2d  %-22s %-8s %s\n", i+1, c.Name, c.Type, holds)
		}
		return b.String(), nil
	})
	for _, want := range []string{"csv claims", "csv events", "gdelt", "icews", "polecat", "acled"} {
		if !listed[want] {
			t.Errorf("the codebook has no block of columns %s", want)
		}
	}
}
