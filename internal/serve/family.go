package serve

import "isnad"

// family is one of PLOVER's four kinds of event (manual 2.0, ch. 3), or an
// assessment. It decides colour and shape of a mark: hue and outline tell
// cooperation from conflict, hollow and filled tell words from deeds, so that no
// reader depends on colour.
type family string

const (
	verbalCooperation   family = "vcoop"
	materialCooperation family = "mcoop"
	verbalConflict      family = "vconf"
	materialConflict    family = "mconf"
	assessment          family = "view"
)

var families = []family{verbalCooperation, materialCooperation, verbalConflict, materialConflict, assessment}

func familyOf(c isnad.Claim) family {
	switch c.Type {
	case "AGREE", "CONSULT", "SUPPORT", "CONCEDE":
		return verbalCooperation
	case "COOPERATE", "AID", "RETREAT":
		return materialCooperation
	case "REQUEST", "ACCUSE", "REJECT", "THREATEN":
		return verbalConflict
	case "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT":
		return materialConflict
	}
	return assessment
}
