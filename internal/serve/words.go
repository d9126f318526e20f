package serve

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"isnad"
)

//go:embed words*.tsv
var wordFiles embed.FS

// words holds what the pages say, by key and interface language. The tables are
// words.tsv and, for groups of pages, words_*.tsv; TestWords wants every key that a
// template or this package uses, in every language, and no other.
var words = sync.OnceValue(func() map[string]map[isnad.Lang]string {
	names, err := fs.Glob(wordFiles, "words*.tsv")
	if err != nil {
		panic(err)
	}
	out := map[string]map[isnad.Lang]string{}
	for _, name := range names {
		table, err := fs.ReadFile(wordFiles, name)
		if err != nil {
			panic(err)
		}
		rows := strings.Split(strings.TrimSpace(string(table)), "\n")
		langs := strings.Split(rows[0], "\t")[1:]
		for i, row := range rows[1:] {
			cells := strings.Split(row, "\t")
			if len(cells) != len(langs)+1 || out[cells[0]] != nil {
				panic(fmt.Sprintf("%s:%d: write a new id and its words in %s", name, i+2, strings.Join(langs, ", ")))
			}
			out[cells[0]] = map[isnad.Lang]string{}
			for j, l := range langs {
				out[cells[0]][isnad.Lang(l)] = cells[j+1]
			}
		}
	}
	return out
})

// interfaceLangs are the languages that the pages speak.
var interfaceLangs = []isnad.Lang{isnad.English, isnad.Arabic}

// say returns the words of a key; a key without words says itself, so that a
// code that came up since (a new role, say) is shown as it is.
func say(lang isnad.Lang, key string) string {
	if w, ok := words()[key][lang]; ok {
		return w
	}
	_, last, _ := strings.Cut(key, ".")
	if last == "" {
		return key
	}
	return last
}

// date writes an article's or event's date for reading, as exactly as it is known.
func date(lang isnad.Lang, iso string) string {
	day, _, _ := strings.Cut(iso, "T")
	p := strings.Split(day, "-")
	switch len(p) {
	case 1:
		return day
	case 2, 3:
		month, ok := words()["month."+p[1]][lang]
		if !ok {
			return iso
		}
		out := month + " " + p[0]
		if len(p) == 3 {
			out = strings.TrimPrefix(p[2], "0") + " " + out
		}
		return out
	}
	return iso
}
