package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"isnad"
	"isnad/internal/doctext"
	"isnad/lexicon"
)

var update = flag.Bool("update", false, "rewrite the outputs in documents, and docs/cli.md")

// runIn runs a command line of a document from the root of the project.
func runIn(line string) (string, error) {
	words := strings.Fields(line)
	if len(words) == 0 || words[0] != "isnad" {
		return "", fmt.Errorf("%q is no isnad command", line)
	}
	var out, diag bytes.Buffer
	env := environment{stdin: strings.NewReader(""), stdout: &out, stderr: &diag, newReader: newReader}
	if code := run(context.Background(), words[1:], env); code != exitDone {
		return "", fmt.Errorf("exit %d: %s", code, diag.String())
	}
	return out.String(), nil
}

// home makes paths and colours of the help the same on every machine.
func home(t *testing.T) {
	t.Helper()
	t.Chdir(filepath.Join("..", ".."))
	t.Setenv("HOME", "/home/you")
	t.Setenv("XDG_DATA_HOME", "/home/you/.local/share")
	t.Setenv("ISNAD_DB", "")
	os.Unsetenv("ISNAD_DB")
	t.Setenv("ISNAD_LEXICON", "")
	os.Unsetenv("ISNAD_LEXICON")
}

// TestDocuments holds the outputs that documents show: a block after
// "<!-- output: isnad … -->" is what the command prints. " | " and a word picks
// the article whose heading begins with it.
func TestDocuments(t *testing.T) {
	home(t)
	for _, file := range []string{"README.md", "docs/schema.md"} {
		doctext.Check(t, file, "output", *update, func(asked string) (string, error) {
			line, pick, _ := strings.Cut(asked, " | ")
			out, err := runIn(line)
			if err != nil || pick == "" {
				return out, err
			}
			for part := range strings.SplitSeq("\n"+out, "\n# ") {
				if strings.HasPrefix(part, pick) {
					return "# " + part, nil
				}
			}
			return "", fmt.Errorf("no article %s in the output", pick)
		})
	}
}

// TestCodebookIsComplete: every field of a row and every value of the vocabulary
// stands in the pages that explain them.
func TestCodebookIsComplete(t *testing.T) {
	home(t)
	page := func(name string) string {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	codebook, schema := page("docs/codebook.md"), page("docs/schema.md")
	line, err := isnad.Line(isnad.Claim{})
	if err != nil {
		t.Fatal(err)
	}
	var fields map[string]any
	if err := json.Unmarshal(line, &fields); err != nil {
		t.Fatal(err)
	}
	for f := range fields {
		for name, text := range map[string]string{"codebook": codebook, "schema": schema} {
			if !strings.Contains(text, "`"+f+"`") {
				t.Errorf("docs/%s.md says nothing of the field %s", name, f)
			}
		}
	}
	var words []string
	for _, v := range isnad.Types {
		words = append(words, "| "+string(v)+" |")
	}
	for _, v := range isnad.Stances {
		words = append(words, "| "+string(v)+" |")
	}
	for _, v := range isnad.Factualities {
		words = append(words, "| "+string(v)+" |")
	}
	for _, v := range []isnad.Denied{isnad.DeniesEvent, isnad.DeniesActor, isnad.DeniesQuantity, isnad.DeniesPurpose} {
		words = append(words, "`"+string(v)+"`")
	}
	lex, err := lexicon.Load("")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range lex.Table("actor_codes").Rows {
		words = append(words, r.ID())
	}
	for _, w := range words {
		if !strings.Contains(codebook, w) {
			t.Errorf("docs/codebook.md does not explain %s", w)
		}
	}
}

// TestLexiconExamples lays the rows that docs/lexicon.md shows over the lexicon,
// all in one folder, as a reader of the page would.
func TestLexiconExamples(t *testing.T) {
	home(t)
	dir := t.TempDir()
	page, err := os.ReadFile("docs/lexicon.md")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, part := range strings.Split(string(page), "<!-- table: ")[1:] {
		name, rest, _ := strings.Cut(part, " -->\n```\n")
		rows, _, ok := strings.Cut(rest, "```")
		if !ok {
			t.Fatalf("no block of rows after table %.20q", part)
		}
		if err := os.WriteFile(filepath.Join(dir, name+".tsv"), []byte(rows), 0o644); err != nil {
			t.Fatal(err)
		}
		n++
	}
	out, err := runIn("isnad lexicon check " + dir)
	if err != nil || n == 0 || !strings.Contains(out, "no problem") {
		t.Errorf("%d tables: %v\n%s", n, err, out)
	}
}

// TestCommandReference holds docs/cli.md, which is every command's help.
func TestCommandReference(t *testing.T) {
	home(t)
	var c commands
	parser, err := kong.New(&c, kong.Name("isnad"), kong.Vars{"db": defaultDB()})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("# Commands\n\nWhat `isnad COMMAND --help` prints; kept by `go test ./cmd/isnad -run CommandReference -update`.\n")
	section := func(name string) {
		out, err := runIn(strings.TrimSpace("isnad "+strings.TrimPrefix(name, "isnad")) + " --help")
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		fmt.Fprintf(&b, "\n## %s\n```\n%s\n```\n", name, strings.TrimRight(out, "\n"))
	}
	section("isnad")
	var walk func(n *kong.Node, path string)
	walk = func(n *kong.Node, path string) {
		for _, k := range n.Children {
			if k.Hidden || k.Type != kong.CommandNode {
				continue
			}
			if len(k.Children) == 0 || k.Children[0].Type != kong.CommandNode {
				section(path + " " + k.Name)
			}
			walk(k, path+" "+k.Name)
		}
	}
	walk(parser.Model.Node, "isnad")
	const file = "docs/cli.md"
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(file); err != nil || string(got) != b.String() {
		t.Errorf("%s is not what --help prints (%v); run go test ./cmd/isnad -run CommandReference -update", file, err)
	}
}

// TestClaimsSchema holds the values of the schema for claims of others to those
// of the vocabulary.
func TestClaimsSchema(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "docs", "claims.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Properties map[string]struct{ Enum []string }
	}
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	for field, want := range map[string]string{
		"type": fmt.Sprint(isnad.Types), "stance": fmt.Sprint(isnad.Stances), "factuality": fmt.Sprint(isnad.Factualities),
		"denies": fmt.Sprint([]isnad.Denied{isnad.DeniesEvent, isnad.DeniesActor, isnad.DeniesQuantity, isnad.DeniesPurpose}),
	} {
		if got := fmt.Sprint(schema.Properties[field].Enum); got != want {
			t.Errorf("%s: %s, want %s", field, got, want)
		}
	}
}
