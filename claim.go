package isnad

import "strings"

// String says the claim on one line, as commands and pages print it:
//
//	AID PRK→RUS · by RUS+PRK denies · actual
//	AGREE PRK+RUS→PRK+RUS · narrates · conditional
//	MOBILIZE PRK→- · by MED reports · actual · chain KOR states › MED reports
//	assessment →EUU · by UNK believes · actual
//
// A party that the text does not name is "-". A denial of something else than
// the event says of what: "denies quantity". The chain is given where it has
// more than one voice, outermost first.
func (c Claim) String() string {
	var b strings.Builder
	if c.Kind == KindAssessment {
		b.WriteString("assessment →" + Codes(c.Recipient))
	} else {
		b.WriteString(string(c.Type) + " " + Codes(c.Actor) + "→" + Codes(c.Recipient))
	}
	b.WriteString(" · ")
	if len(c.Speaker) > 0 {
		b.WriteString("by " + Codes(c.Speaker) + " ")
	}
	b.WriteString(string(c.Stance))
	if c.Denies != "" && c.Denies != DeniesEvent {
		b.WriteString(" " + string(c.Denies))
	}
	b.WriteString(" · " + string(c.Factuality))
	if len(c.Chain) > 1 {
		for i, v := range c.Chain {
			if i == 0 {
				b.WriteString(" · chain ")
			} else {
				b.WriteString(" › ")
			}
			b.WriteString(Codes(v.Speaker) + " " + string(v.Stance))
		}
	}
	return b.String()
}

// Codes joins the codes of actors in the order of the text, each once: "RUS+PRK",
// or "-" for none.
func Codes(actors []Actor) string {
	if len(actors) == 0 {
		return "-"
	}
	var codes []string
	seen := map[Code]bool{}
	for _, a := range actors {
		if !seen[a.Code] {
			seen[a.Code] = true
			codes = append(codes, string(a.Code))
		}
	}
	return strings.Join(codes, "+")
}
