package annotate

import (
	"slices"
	"strings"

	"isnad/internal/token"
)

// longestDateline is how many tokens a dateline may have: «الرياض - واس - 12 يوليو:».
const longestDateline = 14

// Dateline counts the tokens of the dateline at the head of a sentence: a city and
// an outlet, in either order, with nothing but signs, figures and words of no name
// about them, up to a colon or a dash («جنيف - رويترز:», "GENEVA (Reuters) - "). It
// says where and by whom the report was written, and is no part of what it tells:
// without it the sentence is read as if it stood alone. 0 for none.
func Dateline(toks []token.Token, men []Mention) int {
	city, outlet, to := false, false, 0
	for i := 0; i < len(toks) && i < longestDateline; i++ {
		if to < len(men) && men[to].From == i {
			m := &men[to]
			switch {
			case m.Kind == City && len(m.Codes) > 0 || m.Kind == State && m.To == m.From+1:
				city = true
			case slices.ContainsFunc(m.Rows, func(r string) bool { return strings.HasPrefix(r, "outlets:") }):
				outlet = true
			default:
				return 0
			}
			i, to = m.To-1, to+1
			continue
		}
		n := toks[i].Norm
		switch {
		case city && outlet && (n == ":" || n == "-" || n == "–" || n == "—"):
			if i+2 < len(toks) {
				return i + 1
			}
			return 0
		case toks[i].Kind == token.Word || n == "." || n == "\"":
			return 0
		}
	}
	return 0
}
