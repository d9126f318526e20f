package values

import (
	"fmt"
	"strconv"
	"strings"

	"isnad/internal/orth"
	"isnad/internal/token"
	"isnad/lexicon"
)

// number is a row of numbers.tsv.
type number struct {
	kind      numKind
	value     float64
	low, high float64
}

type numKind uint8

const (
	nUnit     numKind = iota // 0 to 10
	nTeen                    // 11 to 19
	nTen                     // 20 to 90
	nHundred                 // 100
	nHundreds                // 200 to 900, one word or phrase
	nScale                   // thousand, million …
	nScales                  // their plurals
	nPair                    // ألفان, مليونين
	nDozen
	nBand     // dozens, hundreds
	nFew      // بضعة, several
	nFraction // نصف
	nDigits   // written in digits; not in the table
	nNone
)

var numKinds = map[string]numKind{"unit": nUnit, "teen": nTeen, "ten": nTen, "hundred": nHundred, "hundreds": nHundreds,
	"scale": nScale, "scales": nScales, "pair": nPair, "dozen": nDozen, "band": nBand, "few": nFew, "fraction": nFraction, "none": nNone}

func (v *Valuer) loadNumbers(lex *lexicon.Lexicon) error {
	for _, r := range lex.Table("numbers").Rows {
		k, ok := numKinds[r.Get("kind")]
		if !ok {
			return fmt.Errorf("%s: no kind of number is called %q", r.Place(), r.Get("kind"))
		}
		n := number{kind: k, value: cell(r, "value"), low: cell(r, "low"), high: cell(r, "high")}
		for _, f := range r.List("ar") {
			v.words.add(cNumber, len(v.numbers), f)
			// «العشرات», «الثلاثة»; but الاثنين is Monday and الخمس a fifth.
			if !strings.HasPrefix(f, "ال") && k != nFraction && n.value != 2 && n.value != 1 {
				v.words.add(cNumber, len(v.numbers), "ال"+f)
			}
		}
		for _, f := range r.List("en") {
			v.words.add(cNumber, len(v.numbers), f)
		}
		v.numbers = append(v.numbers, n)
	}
	for _, r := range lex.Table("approximators").Rows {
		a := approximator{effect: effects[r.Get("effect")], after: r.Get("side") == "after"}
		for _, c := range []string{"ar", "en"} {
			for _, f := range r.List(c) {
				if strings.HasSuffix(f, " بـ") || strings.HasSuffix(f, " لـ") {
					f = f[:strings.LastIndexByte(f, ' ')]
				}
				v.words.add(cApprox, len(v.approx), f)
			}
		}
		v.approx = append(v.approx, a)
	}
	return nil
}

func cell(r lexicon.Row, column string) float64 {
	f, _ := strconv.ParseFloat(r.Get(column), 64) // Check has seen that it is a number
	return f
}

// amount is a number as read: exact where low equals high.
type amount struct {
	low, high float64
	from, to  int // tokens
	band      bool
	scaled    bool    // a thousand, million … was said
	scale     float64 // the last one
	digits    bool
	one       bool // «واحد», "one"
	plain     bool // digits without separators or scale
}

// numberHit is the row of numbers.tsv at token i, and its length.
func (s *sentence) numberHit(i int) (number, int) {
	if i >= len(s.toks) || s.marks[i].used {
		return number{kind: nNone}, 0
	}
	h := s.marks[i].hit[cNumber]
	if h.n == 0 {
		return number{kind: nNone}, 0
	}
	return s.v.numbers[s.v.words.rows[h.head].row], int(h.n)
}

// and reports whether token i begins with و, or is و or "and" by itself; the
// number then begins at the returned token.
func (s *sentence) and(i int) (int, bool) {
	if i >= len(s.toks) || s.marks[i].used {
		return i, false
	}
	if s.toks[i].Norm == "و" || s.toks[i].Norm == "and" {
		return i + 1, true
	}
	h := s.marks[i].hit[cNumber]
	return i, h.n > 0 && h.bare && s.marks[i].pre&preAnd != 0
}

// group reads a number below the scales: digits, «ثلاثة وعشرون», «مئتان
// وخمسون», "two hundred and fifty", «عشرات», "a few hundred".
func (s *sentence) group(i int) (amount, bool) {
	if i >= len(s.toks) || s.marks[i].used {
		return amount{}, false
	}
	if s.toks[i].Kind == token.Digit {
		if s.is(i+1, "ر") && s.glued(i+1) && s.kindAt(i+2) == token.Digit && s.glued(i+2) { // «5ر7» is 7.5
			if f, err := strconv.ParseFloat(s.toks[i+2].Norm+"."+s.toks[i].Norm, 64); err == nil {
				return amount{low: f, high: f, from: i, to: i + 3, digits: true}, true
			}
		}
		f, ok := digits(s.toks[i].Norm, s.scaleFollows(i+1))
		if !ok {
			return amount{}, false
		}
		return amount{low: f, high: f, from: i, to: i + 1, digits: true, plain: strings.IndexFunc(s.toks[i].Norm, func(r rune) bool { return r < '0' || r > '9' }) < 0}, true
	}
	n, k := s.numberHit(i)
	if k == 0 {
		return amount{}, false
	}
	a := amount{low: n.value, high: n.value, from: i, to: i + k}
	arabic := s.toks[i].Norm[0] >= 0x80
	switch n.kind {
	case nUnit, nTeen, nTen:
		a.one = n.value == 1
		if n.kind == nTen && !arabic { // twenty-three
			j := a.to
			if s.is(j, "-") {
				j++
			}
			if m, k := s.numberHit(j); m.kind == nUnit && m.value > 0 && m.value < 10 {
				a.low, a.high, a.to = a.low+m.value, a.high+m.value, j+k
			}
		}
		if n.kind == nUnit && arabic { // ثلاثة وعشرون
			if j, ok := s.and(a.to); ok {
				if m, k := s.numberHit(j); m.kind == nTen {
					a.low, a.high, a.to = a.low+m.value, a.high+m.value, j+k
				}
			}
		}
		if m, k := s.numberHit(a.to); m.kind == nHundred && !arabic {
			return s.tail(amount{low: a.low * 100, high: a.high * 100, from: i, to: a.to + k}), true
		}
		if m, k := s.numberHit(a.to); m.kind == nDozen && a.low <= 10 {
			a.low, a.high, a.to = a.low*m.value, a.high*m.value, a.to+k
		}
		return a, true
	case nHundred, nHundreds:
		if !arabic && !s.is(i-1, "a") {
			return amount{}, false
		}
		return s.tail(a), true
	case nDozen:
		return a, true
	case nFew, nBand:
		a.low, a.high, a.band = n.low, n.high, true
		if n.kind == nFew && n.low == n.high {
			a.band = false
		}
		j := a.to
		if s.is(j, "of") {
			j++
		}
		switch m, k := s.numberHit(j); {
		case m.kind == nHundred || m.kind == nBand && m.low == 200:
			a.low, a.high, a.to = a.low*100, (a.high+1)*100-1, j+k
		case m.kind == nDozen || m.kind == nBand && n.kind == nFew:
			a.low, a.high, a.to = a.low*12, a.high*12, j+k
			if m.kind == nBand {
				a.low, a.high = n.low*10, n.high*10+9
			}
		}
		return a, true
	case nFraction:
		j := a.to
		if s.is(j, "a") {
			j++
		}
		if m, _ := s.numberHit(j); m.kind == nScale {
			a.to = j
			return a, true
		}
	}
	return amount{}, false
}

// tail adds what follows the hundreds: «وخمسون», "and fifty".
func (s *sentence) tail(a amount) amount {
	j, and := s.and(a.to)
	if !and && s.toks[a.from].Norm[0] >= 0x80 {
		return a
	}
	n, _ := s.numberHit(j)
	if n.kind != nUnit && n.kind != nTeen && n.kind != nTen {
		return a
	}
	if and && n.kind == nUnit && s.toks[a.from].Norm[0] < 0x80 && a.low >= 1000 {
		return a
	}
	b, ok := s.group(j)
	if !ok || b.high >= 100 {
		return a
	}
	a.low, a.high, a.to = a.low+b.low, a.high+b.high, b.to
	return a
}

// amountAt reads the number that begins at token i.
func (s *sentence) amountAt(i int) (amount, bool) {
	n, k := s.numberHit(i)
	var a amount
	switch {
	case n.kind == nScale: // «ألف جندي»; by itself only where something counted follows
		if s.toks[i].Norm[0] < 0x80 && !s.is(i-1, "a") || s.toks[i].Norm == "الفا" && !s.unitFollows(i+k) {
			return amount{}, false
		}
		if j, and := s.and(i + k); !and && !s.unitFollows(i+k) || and && j < len(s.toks) && !s.numeric(j) {
			if sc, kk := s.numberHit(i + k); sc.kind != nScale || kk == 0 {
				return amount{}, false
			}
		}
		a = amount{low: 1, high: 1, from: i, to: i}
	case n.kind == nScales:
		a = amount{low: n.low, high: n.high, from: i, to: i + k, band: true, scaled: true, scale: n.value}
		j := a.to
		if s.is(j, "of") {
			j++
		}
		if m, k := s.numberHit(j); (m.kind == nScales || m.kind == nScale) && m.value > n.value { // «آلاف الملايين»
			a.low, a.high, a.to = a.low*m.value, (a.high+1)*m.value-1, j+k
		}
		return a, true
	case n.kind == nPair:
		a = amount{low: n.value, high: n.value, from: i, to: i + k, scaled: true, scale: n.value / 2}
		if m, k := s.numberHit(a.to); m.kind == nScale && m.value > a.scale {
			a.low, a.high, a.scale, a.to = a.low*m.value, a.high*m.value, m.value, a.to+k
		}
		return s.lower(a), true
	default:
		var ok bool
		if a, ok = s.group(i); !ok {
			return a, false
		}
	}
	j := a.to
	if a.band && s.is(j, "of") {
		j++
	}
	if a.digits && s.is(j, "-") && s.glued(j) { // 1.5-million
		j++
	}
	m, k := s.numberHit(j)
	if m.kind != nScale && m.kind != nScales || j > i && s.marks[j].hit[cNumber].bare && s.marks[j].pre != 0 {
		return a, true
	}
	a.scale, a.scaled, a.to, a.plain, a.one = m.value, true, j+k, false, false
	if a.band {
		a.low, a.high = a.low*m.value, (a.high+1)*m.value-1
	} else {
		a.low, a.high = a.low*m.value, a.high*m.value
	}
	if m2, k2 := s.numberHit(a.to); m2.kind == nScale && m2.value > m.value { // ألف مليار
		a.low, a.high, a.scale, a.to = a.low*m2.value, a.high*m2.value, m2.value, a.to+k2
	}
	return s.lower(a), true
}

// lower adds what follows a scale: «وخمسمئة», «و200 ألف», «ونصف المليون»,
// "one thousand two hundred".
func (s *sentence) lower(a amount) amount {
	if a.band || a.scale == 0 {
		return a
	}
	j, and := s.and(a.to)
	if !and && s.toks[a.from].Norm[0] >= 0x80 {
		return a
	}
	n, k := s.numberHit(j)
	if n.kind == nFraction && and {
		a.low, a.high, a.to = a.low+n.value*a.scale, a.high+n.value*a.scale, j+k
		if m, k := s.numberHit(a.to); m.kind == nScale && m.value == a.scale {
			a.to += k
		}
		return a
	}
	if j < len(s.toks) && s.toks[j].Kind == token.Digit && (s.toks[a.from].Norm[0] < 0x80 && !and || a.digits && !and) {
		return a
	}
	b, ok := s.amountAt(j)
	if !ok || b.band || b.high >= a.scale || b.digits && !b.scaled && (b.high < 100 || !s.unitFollows(b.to)) {
		return a
	}
	if !b.scaled && b.high < 100 && and && s.toks[a.from].Norm[0] < 0x80 && a.scale > 1000 {
		return a
	}
	a.low, a.high, a.to = a.low+b.low, a.high+b.high, b.to
	return a
}

// numeric reports whether a number begins at token i.
func (s *sentence) numeric(i int) bool {
	if i >= len(s.toks) {
		return false
	}
	_, k := s.numberHit(i)
	return k > 0 || s.toks[i].Kind == token.Digit
}

// scaleFollows reports whether the number before token i is read with its
// decimals: a million, a billion or a percent sign follows («1.500 مليار» is
// one and a half, «1.500 جندي» fifteen hundred).
func (s *sentence) scaleFollows(i int) bool {
	if i >= len(s.toks) {
		return false
	}
	if n, k := s.numberHit(i); k > 0 {
		return (n.kind == nScale || n.kind == nScales) && n.value >= 1e6
	}
	u, _ := s.unitAt(i)
	return u != nil && u.kind == "percent"
}

// digits reads a number written in digits. With three digits after each
// separator it separates thousands, unless decimals is set; a second sign of
// another kind is the decimal point. Leading zeros make a code, not a number.
func digits(w string, decimals bool) (float64, bool) {
	if len(w) > 1 && w[0] == '0' && w[1] >= '0' && w[1] <= '9' {
		return 0, false
	}
	var buf [32]byte
	out := buf[:0]
	seps, last, lastSep, mixed := 0, -1, rune(0), false
	okGroups := true
	groupStart := 0
	for i, r := range w {
		if r >= '0' && r <= '9' {
			out = append(out, byte(r))
			continue
		}
		if seps > 0 && i-groupStart != 3 || seps == 0 && i > 3 {
			okGroups = false
		}
		if seps > 0 && r != lastSep {
			mixed = true
		}
		seps++
		lastSep, last = r, len(out)
		groupStart = i + len(string(r))
		if len(out) > 20 {
			return 0, false
		}
	}
	if len(out) > 20 {
		return 0, false
	}
	tail := len(w) - groupStart
	switch {
	case seps == 0:
	case seps == 1 && (tail != 3 || decimals || !okGroups || lastSep == '٫' || w[0] == '0'):
		if lastSep == '،' {
			return 0, false // a list: «10،12»
		}
		out = append(out[:last], append([]byte{'.'}, out[last:]...)...)
	case seps == 1:
	case mixed: // 1,500.25
		out = append(out[:last], append([]byte{'.'}, out[last:]...)...)
	default:
		if tail != 3 || !okGroups {
			return 0, false // 15.7.2015, 192.168.1.1
		}
	}
	f, err := strconv.ParseFloat(string(out), 64)
	return f, err == nil
}

// folded is orth.Fold, for tables.
func folded(s string) string { return orth.Fold(s) }
