package token

import (
	"testing"

	"pgregory.net/rapid"
)

// A table answers as a map does, however it has grown.
func TestTableIsAMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOf(rapid.StringOfN(rapid.RuneFrom([]rune("ابت")), 0, 4, -1)).Draw(t, "words")
		var table Table[int]
		if rapid.Bool().Draw(t, "made") {
			table = MakeTable[int](rapid.IntRange(0, 40).Draw(t, "room"))
		}
		want := map[string]int{}
		for i, w := range words {
			table.Set(Hash(w), i+1)
			want[w] = i + 1
		}
		if table.Len() != len(want) {
			t.Fatalf("%d words, want %d", table.Len(), len(want))
		}
		copied := table.Clone()
		table.Set(Hash("other"), 1)
		for _, w := range append(words, "other", "none") {
			if got := copied.Get(Hash(w)); got != want[w] {
				t.Fatalf("%q is %d, want %d", w, got, want[w])
			}
		}
	})
}
