package serve

import (
	"embed"
	"strings"

	"isnad"
)

//go:embed quality
var qualityFiles embed.FS

// qualityPage says what is known to be weak, and the scores.
type qualityPage struct {
	Blocks []block
	Scores string
}

// Quality is the same as data.
type Quality struct {
	Lang   isnad.Lang `json:"lang"`   // of the text
	Text   string     `json:"text"`   // known weaknesses, in paragraphs
	Scores string     `json:"scores"` // a measure a line: testdata/scores.txt as it was built in
}

// block is a heading, a paragraph or a list of quality/*.txt.
type block struct {
	Heading string
	Text    string
	Items   []string
}

func (s *Server) quality(r *request) (answer, error) {
	text, err := qualityFiles.ReadFile("quality/" + string(r.Lang) + ".txt")
	if err != nil {
		return answer{}, err
	}
	p := qualityPage{Blocks: blocks(string(text)), Scores: strings.TrimSpace(s.Scores)}
	return answer{template: "quality", title: say(r.Lang, "quality.title"), data: p, json: Quality{r.Lang, string(text), p.Scores}}, nil
}

// blocks reads a text of paragraphs parted by empty lines: "# " begins a
// heading, "- " an item of a list.
func blocks(text string) (out []block) {
	for part := range strings.SplitSeq(strings.TrimSpace(text), "\n\n") {
		part = strings.TrimSpace(part)
		switch {
		case strings.HasPrefix(part, "# "):
			out = append(out, block{Heading: part[2:]})
		case strings.HasPrefix(part, "- "):
			var items []string
			for item := range strings.SplitSeq("\n"+part, "\n- ") {
				if item != "" {
					items = append(items, strings.Join(strings.Fields(item), " "))
				}
			}
			out = append(out, block{Items: items})
		default:
			out = append(out, block{Text: strings.Join(strings.Fields(part), " ")})
		}
	}
	return out
}
