package token

import (
	"strings"
	"testing"
)

// A text without a full stop is still read in sentences of bounded length.
func TestSentencesAreBounded(t *testing.T) {
	x := Cut(strings.Repeat("قالت الوزارة إن القوات وصلت ", 2000))
	words := 0
	for _, s := range x.Sentences {
		if len(s.Tokens) > longest {
			t.Fatalf("a sentence of %d tokens", len(s.Tokens))
		}
		words += len(s.Tokens)
	}
	if words != 10000 {
		t.Errorf("%d of 10000 words are left", words)
	}
}
