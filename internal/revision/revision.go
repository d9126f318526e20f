// Package revision says how one version of a text differs from the next, word by
// word, so that a reader sees what an outlet changed after printing.
package revision

import (
	"strings"
	"unicode"
)

// Kind is what became of a part.
type Kind int

// The kinds of part.
const (
	Same Kind = iota
	Gone      // in the first only
	New       // in the second only
)

// Part is a run of words with one fate, with the space behind each as it stands.
type Part struct {
	Kind Kind
	Text string
}

// most bounds the table of the comparison: words of one text times words of the
// other, once what both begin and end with is taken off. Beyond it the middle
// is shown as gone and new whole. 4 million cells are 8 MB.
const most = 4_000_000

// Compare lists the parts of two versions in order. All parts that are not New
// are the first text, all that are not Gone the second, to the byte. It takes
// the longest common run of words (Hunt and McIlroy's measure, by the plain
// table: articles have some hundred words and mostly one changed place).
func Compare(old, new string) []Part {
	a, b := words(old), words(new)
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	var out parts
	out.add(Same, a[:head]...)
	out.middle(a[head:len(a)-tail], b[head:len(b)-tail])
	out.add(Same, a[len(a)-tail:]...)
	return out
}

type parts []Part

func (p *parts) add(k Kind, words ...string) {
	if len(words) == 0 {
		return
	}
	text := strings.Join(words, "")
	if n := len(*p); n > 0 && (*p)[n-1].Kind == k {
		(*p)[n-1].Text += text
		return
	}
	*p = append(*p, Part{k, text})
}

func (p *parts) middle(a, b []string) {
	if len(a)*len(b) > most || len(a) == 0 || len(b) == 0 {
		p.add(Gone, a...)
		p.add(New, b...)
		return
	}
	// length[i][j] is the longest common run of a[i:] and b[j:]; it fits 16 bits,
	// as the shorter side has 2,000 words at most.
	width := len(b) + 1
	length := make([]uint16, (len(a)+1)*width)
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				length[i*width+j] = length[(i+1)*width+j+1] + 1
			} else {
				length[i*width+j] = max(length[(i+1)*width+j], length[i*width+j+1])
			}
		}
	}
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			p.add(Same, a[i])
			i, j = i+1, j+1
		case length[(i+1)*width+j] >= length[i*width+j+1]:
			p.add(Gone, a[i])
			i++
		default:
			p.add(New, b[j])
			j++
		}
	}
	p.add(Gone, a[i:]...)
	p.add(New, b[j:]...)
}

// words cuts a text behind the space after each word.
func words(s string) (out []string) {
	start, space := 0, false
	for i, r := range s {
		if unicode.IsSpace(r) {
			space = true
		} else if space {
			out, start, space = append(out, s[start:i]), i, false
		}
	}
	if start < len(s) {
		out = append(out, s[start:])
	}
	return out
}
