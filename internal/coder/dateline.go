package coder

import "isnad/internal/annotate"

// after is the mentions behind the first n tokens, counted from there.
func after(men []annotate.Mention, n int) []annotate.Mention {
	var out []annotate.Mention
	for _, m := range men {
		if m.From >= n {
			m.From, m.To, m.Head = m.From-n, m.To-n, m.Head-n
			out = append(out, m)
		}
	}
	return out
}
