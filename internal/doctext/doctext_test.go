package doctext

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	file := filepath.Join(t.TempDir(), "page.md")
	page := "Text.\n<!-- output: one -->\n```sh\nold\nlines\n```\nMore.\n<!-- other: x -->\n```\nstays\n```\n<!-- output: two -->\n```\n```\nEnd.\n"
	if err := os.WriteFile(file, []byte(page), 0o644); err != nil {
		t.Fatal(err)
	}
	say := func(asked string) (string, error) { return "says " + asked + " isnad-0.1+0123456789ab\n\n", nil }
	Check(t, file, "output", true, say)
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.NewReplacer("old\nlines\n", "says one isnad-0.1+…\n", "```\n```\nEnd", "```\nsays two isnad-0.1+…\n```\nEnd").Replace(page)
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	Check(t, file, "output", false, say)
}
