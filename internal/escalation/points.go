package escalation

import (
	"bytes"
	"fmt"
	"math/bits"
	"strconv"
	"strings"
)

// Points is an amount of reported intensity in millionths of a point. Values are
// sums of whole millionths, so that contributions add up to a value exactly, in
// any order and on any machine; floats would drift by the order of adding.
type Points int64

// Point is one point.
const Point Points = 1_000_000

// ParsePoints reads a decimal with at most six decimals, e.g. "9.5".
func ParsePoints(s string) (Points, error) {
	whole, part, _ := strings.Cut(s, ".")
	neg := strings.HasPrefix(whole, "-")
	whole = strings.TrimPrefix(whole, "-")
	if whole == "" || len(part) > 6 || len(whole) > 12 {
		return 0, fmt.Errorf("%q is no amount of points; write at most six decimals, e.g. 9.5", s)
	}
	n, err := strconv.ParseUint(whole+part+strings.Repeat("0", 6-len(part)), 10, 63)
	if err != nil {
		return 0, fmt.Errorf("%q is no amount of points; write at most six decimals, e.g. 9.5", s)
	}
	if neg {
		return -Points(n), nil
	}
	return Points(n), nil
}

// String writes all its digits and no more: "9.5", "-0.000001".
func (p Points) String() string {
	sign, n := "", uint64(p)
	if p < 0 {
		sign, n = "-", -n
	}
	s := fmt.Sprintf("%d.%06d", n/1_000_000, n%1_000_000)
	return sign + strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// MarshalJSON writes a number.
func (p Points) MarshalJSON() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalJSON reads what MarshalJSON writes.
func (p *Points) UnmarshalJSON(b []byte) (err error) {
	*p, err = ParsePoints(string(bytes.TrimSpace(b)))
	return err
}

// Float is for statistics, where the last digit counts for nothing.
func (p Points) Float() float64 { return float64(p) / float64(Point) }

// times is p·a/b, both not negative, rounded to the nearest millionth, halves up.
func (p Points) times(a, b Points) Points {
	if p <= 0 || a <= 0 || b <= 0 {
		return 0
	}
	hi, lo := bits.Mul64(uint64(p), uint64(a))
	lo, carry := bits.Add64(lo, uint64(b)/2, 0)
	hi += carry
	if hi >= uint64(b) {
		panic("escalation: an amount beyond all bounds")
	}
	q, _ := bits.Div64(hi, lo, uint64(b))
	return Points(q)
}
