package values

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"isnad/internal/orth"
	"isnad/internal/token"
)

// class is a table whose phrases are sought.
type class uint8

const (
	cNumber class = iota
	cApprox
	cUnit
	cTime
	cMonth
	cPlaceWord
	cPlace
	classes
)

// phrases is a trie of folded words over all tables at once. One look-up per
// token finds its word; further words of a phrase cost one look-up each, and
// only where some phrase goes on.
type phrases struct {
	words token.Table[uint32] // word → node, 0 where no table has it
	edge  map[uint64]uint32   // node and word → node
	nodes []trieNode
	rows  []entry
	buf   []byte
	seps  []string
}

type trieNode struct {
	more bool           // some phrase goes on
	any  bool           // some phrase ends here
	head [classes]int32 // chain of entries, 0 where none
}

type entry struct {
	row  int32 // index into the class's slice
	next int32
}

func newPhrases(n int) phrases {
	return phrases{words: token.MakeTable[uint32](2 * n), edge: make(map[uint64]uint32, n), nodes: make([]trieNode, 1, 3*n+1), rows: make([]entry, 1, 3*n+1)}
}

func (p *phrases) get(w string) uint32 { return p.words.Get(token.Hash(w)) }

func (p *phrases) node() uint32 {
	p.nodes = append(p.nodes, trieNode{})
	return uint32(len(p.nodes) - 1)
}

// id is the node of a word of text, made where there is none.
func (p *phrases) id(w string) uint32 {
	h := token.Hash(w)
	n := p.words.Get(h)
	if n == 0 {
		n = p.node()
		p.words.Set(h, n)
	}
	return n
}

// add enters a form of a row. Folding and cutting follow package token.
func (p *phrases) add(c class, row int, form string) {
	p.buf = orth.AppendFold(p.buf[:0], form)
	p.seps = splitWords(p.seps[:0], string(p.buf))
	if len(p.seps) == 0 {
		return
	}
	n := p.id(p.seps[0])
	for _, w := range p.seps[1:] {
		p.nodes[n].more = true
		k := uint64(n)<<32 | uint64(p.id(w))
		m, ok := p.edge[k]
		if !ok {
			m = p.node()
			p.edge[k] = m
		}
		n = m
	}
	h := p.nodes[n].head[c]
	for e := h; e != 0; e = p.rows[e].next {
		if p.rows[e].row == int32(row) {
			return
		}
	}
	p.rows = append(p.rows, entry{int32(row), h})
	p.nodes[n].head[c] = int32(len(p.rows) - 1)
	p.nodes[n].any = true
}

func (p *phrases) freeze() { p.buf, p.seps = nil, nil }

// splitWords cuts a folded phrase as package token cuts text: runs of letters
// or of digits, "u.s." whole, every sign by itself.
func splitWords(dst []string, s string) []string {
	start := -1
	flush := func(end int) {
		if start >= 0 {
			dst = append(dst, s[start:end])
			start = -1
		}
	}
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == ' ':
			flush(i)
		case r >= 'ء' && r <= 'ي' || unicode.IsLetter(r) || r >= '0' && r <= '9' || unicode.Is(unicode.Mn, r):
			if start < 0 {
				start = i
			}
		case r == '.' && start >= 0 && abbreviated(s, start, i):
		case r == '\'' && strings.HasPrefix(s[i:], "'s "):
			flush(i)
			dst = append(dst, "'s")
			n = 2
		default:
			flush(i)
			dst = append(dst, s[i:i+n])
		}
		i += n
	}
	flush(len(s))
	return dst
}

// abbreviated reports whether the full stop at i belongs to a run of single
// letters from start: "u.s."
func abbreviated(s string, start, i int) bool {
	run := s[start:i]
	if len(run)%2 == 0 || (len(run) == 1 && !(i+2 < len(s) && s[i+2] == '.')) {
		return false
	}
	for k := 1; k < len(run); k += 2 {
		if run[k] != '.' {
			return false
		}
	}
	return true
}

// Proclitics that stand before a word.
const (
	preAnd = 1 << iota // و ف
	preIn              // ب
	preTo              // ل
)

// hit is the longest phrase of a class that begins at a token.
type hit struct {
	n    uint8 // tokens; 0: none
	bare bool  // begins after proclitics
	head int32 // entries
}

// mark is what the tables say of one token.
type mark struct {
	word uint32
	bare uint32
	pre  uint8 // proclitics before bare
	has  uint8 // classes with a hit, one bit each
	used bool  // part of a time
	hit  [classes]hit
}

// look fills the marks of a sentence.
func (p *phrases) look(toks []token.Token, marks []mark) {
	var buf [96]byte
	for i := range toks {
		t := &toks[i]
		m := &marks[i]
		m.word = p.words.Get(t.Hash)
		if t.Kind == token.Word && len(t.Norm) > 4 && t.Norm[0] >= 0xD8 {
			m.bare, m.pre = p.strip(t.Norm, buf[:0])
		}
	}
	for i := range toks {
		if b := marks[i].bare; b != 0 {
			p.walk(marks, i, b, true)
		}
		if w := marks[i].word; w != 0 {
			p.walk(marks, i, w, false)
		}
	}
}

func (p *phrases) walk(marks []mark, i int, n uint32, bare bool) {
	m := &marks[i]
	for k := i; ; {
		node := &p.nodes[n]
		if node.any {
			for c, h := range node.head {
				if h != 0 && uint8(k-i+1) >= m.hit[c].n {
					m.hit[c] = hit{uint8(k - i + 1), bare, h}
					m.has |= 1 << c
				}
			}
		}
		k++
		if !node.more || k == len(marks) || k-i > 8 || marks[k].word == 0 {
			return
		}
		next, ok := p.edge[uint64(n)<<32|uint64(marks[k].word)]
		if !ok {
			return
		}
		n = next
	}
}

// strip takes proclitics off until a word of some table is left: و or ف, then
// ب or ل; لل is ل and ال. The least stripping wins, so that «وبين» is و + بين.
// ك stays: of words that begin with it and go on as a word, 79 % are one word
// all the same («كمية» is not "like a hundred").
func (p *phrases) strip(w string, buf []byte) (uint32, uint8) {
	var pre uint8
	rest := w
	for step := 0; step < 2; step++ {
		r, n := utf8.DecodeRuneInString(rest)
		switch r {
		case 'و', 'ف':
			if step == 1 {
				return 0, 0
			}
			rest, pre = rest[n:], pre|preAnd
			if id := p.begins(rest); id != 0 {
				return id, pre
			}
			continue
		case 'ب':
			rest = rest[n:]
			pre |= preIn
			if len(rest) < 4 {
				return 0, 0
			}
			return p.begins(rest), pre
		case 'ل':
			rest = rest[n:]
			pre |= preTo
			if len(rest) < 4 {
				return 0, 0
			}
			if q, k := utf8.DecodeRuneInString(rest); q == 'ل' {
				buf = append(append(buf, "ال"...), rest[k:]...)
				if id := p.get(string(buf)); id != 0 && (p.nodes[id].any || p.nodes[id].more) {
					return id, pre
				}
				return p.begins(rest[k:]), pre
			}
			return p.begins(rest), pre
		}
		return 0, 0
	}
	return 0, 0
}

func (p *phrases) begins(w string) uint32 {
	if len(w) < 4 {
		return 0
	}
	id := p.get(w)
	if id == 0 || !p.nodes[id].any && !p.nodes[id].more {
		return 0
	}
	return id
}
