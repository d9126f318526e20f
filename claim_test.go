package isnad_test

import (
	"testing"

	"isnad"
)

func TestClaimString(t *testing.T) {
	a := func(codes ...isnad.Code) (out []isnad.Actor) {
		for _, c := range codes {
			out = append(out, isnad.Actor{Code: c})
		}
		return out
	}
	for want, c := range map[string]isnad.Claim{
		"AID PRK→RUS · by RUS+PRK denies · actual": {Kind: isnad.KindEvent, Type: "AID", Actor: a("PRK"), Recipient: a("RUS"),
			Speaker: a("RUS", "PRK", "RUS"), Stance: isnad.Denies, Denies: isnad.DeniesEvent, Factuality: isnad.Actual, Chain: []isnad.Voice{{}}},
		"AGREE -→- · narrates · planned": {Type: "AGREE", Stance: isnad.Narrates, Factuality: isnad.Planned},
		"AID -→UKR · by USA denies quantity · actual · chain MED reports › USA denies": {Type: "AID", Recipient: a("UKR"), Speaker: a("USA"), Stance: isnad.Denies,
			Denies: isnad.DeniesQuantity, Factuality: isnad.Actual, Chain: []isnad.Voice{{Speaker: a("MED"), Stance: isnad.Reports}, {Speaker: a("USA"), Stance: isnad.Denies}}},
		"assessment →EUU · by UNK believes · actual": {Kind: isnad.KindAssessment, Recipient: a("EUU"), Speaker: a("UNK"), Stance: isnad.Believes, Factuality: isnad.Actual},
	} {
		if got := c.String(); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}
