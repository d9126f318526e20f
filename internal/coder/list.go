package coder

import "isnad"

// whole extends parties that are part of a list of three or more («إيطاليا
// وأستراليا والولايات المتحدة», "Italy, Australia and the US") to the whole list:
// sets of so many are not tried one by one.
func (s *sentence) whole(codes []isnad.Code) []isnad.Code {
	if len(codes) == 0 {
		return codes
	}
	for from := 0; from < len(s.men); {
		to := from
		for to+1 < len(s.men) && s.coordinated(to, 1) {
			to++
		}
		if to-from >= 2 {
			var all []isnad.Code
			for k := from; k <= to; k++ {
				for _, c := range s.men[k].Codes {
					if !has(all, c) {
						all = append(all, c)
					}
				}
			}
			in := len(all) > len(codes)
			for _, c := range codes {
				in = in && has(all, c)
			}
			if in && len(all) >= 3 {
				return all
			}
		}
		from = to + 1
	}
	return codes
}
