//go:build stories

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"isnad"
)

// TestStories keeps the lines of the stories' scorer in testdata/scores.txt: all
// articles of July 2015 ingested, events of the program's own claims, and of
// claims made from the stories in their articles, each beside the two baselines.
// It takes over a minute of a processor, so it has a tag of its own:
//
//	go test -tags stories ./cmd/isnad -run Stories -v [-update]
func TestStories(t *testing.T) {
	shared, err := filepath.Abs(filepath.Join("..", "..", "..", "shared"))
	if err != nil {
		t.Fatal(err)
	}
	stories := filepath.Join(shared, "gold", "stories.july.jsonl")
	zips, _ := filepath.Glob(filepath.Join(shared, "data", "saudinewsnet", "2015-07-*.zip"))
	if _, err := os.Stat(stories); err != nil || len(zips) == 0 {
		t.Skip("no stories in ../shared beside the project; the scores are taken as they stand")
	}
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	isnadDo := func(out string, args ...string) {
		t.Helper()
		var stdout, stderr bytes.Buffer
		env := environment{stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr, newReader: newReader}
		// Some articles of the archive have no text, and each is named: exit 1.
		if code := run(context.Background(), args, env); code == exitUsage || code == exitFailed && out == "" && !strings.Contains(stderr.String(), "no article text") {
			t.Fatalf("isnad %s: exit %d: %s", strings.Join(args, " "), code, stderr.String())
		}
		if out != "" {
			if err := os.WriteFile(path(out), stdout.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	db := path("july.db")
	score := func(section string) {
		t.Helper()
		isnadDo("events.jsonl", "events", "--db", db, "--format", "jsonl", "-q")
		out, err := exec.Command("python3", filepath.Join(shared, "gold", "score_stories.py"), path("articles.jsonl"), stories, path("events.jsonl")).Output()
		if err != nil {
			t.Fatal(err)
		}
		keepScores(t, section, string(out))
	}
	isnadDo("articles.jsonl", append([]string{"read", "-q", "--format", "articles"}, zips...)...)
	isnadDo("", append([]string{"ingest", "-q", "--db", db}, zips...)...)
	score("stories, own claims")
	if err := os.WriteFile(path("stories.jsonl"), codedStories(t, stories, path("articles.jsonl")), 0o644); err != nil {
		t.Fatal(err)
	}
	isnadDo("coded.out", "ingest", "-q", "--db", db, "--claims", path("stories.jsonl"))
	score("stories, claims of the stories in their articles")
}

// codedStories makes the claims of the stories: for each link of an article one
// of the story's type and parties at its trigger, told by the article as having
// happened, and one for each denial.
func codedStories(t *testing.T, stories, articles string) []byte {
	t.Helper()
	texts := map[string]isnad.Article{}
	eachLine(t, articles, func(line []byte) {
		var a isnad.Article
		if err := json.Unmarshal(line, &a); err != nil {
			t.Fatal(err)
		}
		if _, there := texts[a.URL]; !there {
			texts[a.URL] = a
		}
	})
	type coded struct {
		Article    string   `json:"article"`
		Field      string   `json:"field"`
		Type       string   `json:"type"`
		Actor      []string `json:"actor"`
		Recipient  []string `json:"recipient"`
		Speaker    []string `json:"speaker"`
		Stance     string   `json:"stance"`
		Factuality string   `json:"factuality"`
		Trigger    string   `json:"trigger"`
		Reader     string   `json:"reader"`
	}
	var out bytes.Buffer
	eachLine(t, stories, func(line []byte) {
		var s struct {
			Type             string
			Actor, Recipient []string
			Articles         []struct{ URL, Trigger string }
			DeniedBy         []struct {
				Speaker []string
				URLs    []string `json:"urls"`
			} `json:"denied_by"`
		}
		if err := json.Unmarshal(line, &s); err != nil {
			t.Fatal(err)
		}
		put := func(url, trigger, stance string, speaker []string) {
			c := coded{url, "text", s.Type, s.Actor, s.Recipient, speaker, stance, "actual", trigger, "stories"}
			if !strings.Contains(texts[url].Text, trigger) {
				c.Field = "title"
			}
			line, err := json.Marshal(c)
			if err != nil {
				t.Fatal(err)
			}
			out.Write(append(line, '\n'))
		}
		triggers := map[string]string{}
		for _, a := range s.Articles {
			triggers[a.URL] = a.Trigger
			put(a.URL, a.Trigger, "narrates", []string{})
		}
		for _, d := range s.DeniedBy {
			for _, url := range d.URLs {
				if triggers[url] != "" {
					put(url, triggers[url], "denies", d.Speaker)
				}
			}
		}
	})
	return out.Bytes()
}

func eachLine(t *testing.T, path string, f func([]byte)) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(data) {
		if len(bytes.TrimSpace(line)) > 0 {
			f(line)
		}
	}
}

// keepScores compares a section of testdata/scores.txt, or rewrites it with -update.
func keepScores(t *testing.T, section, got string) {
	t.Helper()
	file := filepath.Join("..", "..", "testdata", "scores.txt")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("== %s\n%s", section, got)
	head := "\n== " + section + "\n"
	before, rest, _ := strings.Cut(string(data), head)
	want, after, more := strings.Cut(rest, "\n== ")
	if strings.TrimSpace(want) == strings.TrimSpace(got) {
		return
	}
	if !*update {
		t.Errorf("section %s of testdata/scores.txt differs; if that is meant: go test -tags stories ./cmd/isnad -run Stories -update\ngot\n%s\nwant\n%s", section, got, want)
		return
	}
	now := strings.TrimRight(before, "\n") + "\n" + head + strings.TrimSpace(got) + "\n"
	if more {
		now += "\n== " + after
	}
	if err := os.WriteFile(file, []byte(now), 0o644); err != nil {
		t.Fatal(err)
	}
}
