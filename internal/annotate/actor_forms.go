package annotate

import "strings"

// nisbaForms inflects an adjective of one or two words: كوري شمالي gives
// الكورية الشمالية, كوريين شماليين and so on.
func nisbaForms(out []string, n string) []string {
	words := strings.Fields(n)
	for _, suffix := range []string{"", "ة", "ون", "ين", "ان", "تان", "تين", "ات"} {
		for _, al := range []string{"", "ال"} {
			var b strings.Builder
			for i, w := range words {
				if i > 0 {
					b.WriteByte(' ')
				}
				b.WriteString(al)
				b.WriteString(w)
				b.WriteString(suffix)
			}
			out = append(out, b.String())
		}
	}
	if len(words) == 2 && strings.HasPrefix(n, "جنوب ") { // جنوب أفريقي: الجنوب أفريقي
		for _, suffix := range []string{"", "ة", "ون", "ين"} {
			out = append(out, "ال"+n+suffix, n+suffix)
		}
	}
	return out
}

// peopleForms adds to a definite plural its oblique and indefinite forms.
func peopleForms(n string) []string {
	out := []string{n}
	if words := strings.Fields(n); len(words) == 1 {
		stem, sound := strings.CutSuffix(n, "ون")
		if sound {
			out = append(out, stem+"ين")
		}
		if rest, ok := strings.CutPrefix(n, "ال"); ok && sound {
			out = append(out, rest, strings.TrimSuffix(rest, "ون")+"ين")
		}
	}
	return out
}

// possessed adds the pronouns of the third person and "our" to a noun without
// article: حكومة gives حكومته, حكومتها, حكومتهم, حكومتنا.
func possessed(n string) []string {
	if strings.HasPrefix(n, "ال") || strings.ContainsAny(n, " ") || len([]rune(n)) < 3 {
		return nil
	}
	stem := n
	if s, ok := strings.CutSuffix(n, "ة"); ok {
		stem = s + "ت"
	} else if strings.HasSuffix(n, "ون") || strings.HasSuffix(n, "ين") || strings.HasSuffix(n, "ان") || strings.HasSuffix(n, "ي") {
		return nil
	} else if s, ok := strings.CutSuffix(n, "اء"); ok {
		return []string{s + "ائه", s + "ائها", s + "ائهم", s + "اؤه", s + "اؤها"}
	}
	return []string{stem + "ه", stem + "ها", stem + "هم", stem + "نا"}
}

// duals adds the dual of an office: الرئيسان, الرئيسين, وزيرا الخارجية, وزيري الخارجية.
func duals(out []string, n string) []string {
	w, rest, phrase := strings.Cut(n, " ")
	stem := w
	if s, ok := strings.CutSuffix(w, "ة"); ok {
		stem = s + "ت"
	}
	if len([]rune(stem)) < 4 {
		return out
	}
	if phrase {
		if strings.HasPrefix(w, "ال") {
			return out
		}
		return append(out, stem+"ا "+rest, stem+"ي "+rest)
	}
	return append(out, stem+"ان", stem+"ين")
}

// dualOrPlural tells titles that two states may share: «الرئيسان الروسي والأمريكي».
func dualOrPlural(n string) bool {
	w, _, _ := strings.Cut(n, " ")
	for _, s := range []string{"ان", "ين", "ون", "اء", "ات", "تا", "تي", "قادة", "القادة", "زعماء", "قوات", "القوات", "نواب"} {
		if strings.HasSuffix(w, s) && w != "البرلمان" && w != "برلمان" && w != "السلطان" {
			return true
		}
	}
	return false
}
