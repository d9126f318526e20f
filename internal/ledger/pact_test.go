package ledger

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"isnad"
)

// says puts tags to a report.
func says(tags ...string) func(*isnad.Claim, *isnad.Facts) {
	return func(c *isnad.Claim, f *isnad.Facts) { f.Tags = map[string][]string{c.ID: tags} }
}

func as(f isnad.Factuality, article string) func(*isnad.Claim, *isnad.Facts) {
	return func(c *isnad.Claim, _ *isnad.Facts) { c.Factuality, c.Article = f, article }
}

// An agreement from signature to ratification, that replaces an earlier one, and
// what it obliges to.
func TestAgreements(t *testing.T) {
	l := testLedger(t)
	all := []isnad.Entry{
		report("1", "north 2011-02-01 AGREE PRK+RUS>PRK+RUS narrates: old", says("kind=neutrality", "step=signed")),
		report("2", "north 2024-06-19 AGREE PRK+RUS>PRK+RUS narrates: pact", says("kind=defence", "name=Comprehensive Strategic Partnership", "step=signed"), counts("articles", 23, 23, "exact"), as(isnad.Actual, "a")),
		report("3", "north 2024-06-19 AID PRK+RUS>PRK+RUS narrates: help", says("condition=attacked", "duty=military assistance", "article=4"), as(isnad.Conditional, "a")),
		report("4", "south 2024-10-24 AGREE RUS>PRK narrates: duma", says("step=ratified", "step=replaces")),
		report("5", "south 2024-10-25 AGREE RUS>PRK by UKR denies: duma"),
		report("6", "south 2024-10-25 AGREE RUS>- narrates: nobody else"),
	}
	got := l.Agreements(all)
	if len(got) != 2 {
		t.Fatalf("%d agreements, want 2", len(got))
	}
	old, pact := got[0], got[1]
	if old.Status != "replaced" || fmt.Sprint(pact.Replaces) != "["+old.ID+"]" {
		t.Errorf("the old one is %s, the new one replaces %v", old.Status, pact.Replaces)
	}
	var life []string
	for _, s := range pact.Life {
		life = append(life, fmt.Sprintf("%s %v %s", s.Step, s.By, s.On))
	}
	if want := "signed [PRK RUS] 2024-06-19|ratified [RUS] 2024-10-24|replaces [RUS] 2024-10-24"; strings.Join(life, "|") != want {
		t.Errorf("life %s, want %s", strings.Join(life, "|"), want)
	}
	if pact.Kind != "defence" || pact.Articles != 23 || pact.Status != "ratified" || pact.Name != "Comprehensive Strategic Partnership" {
		t.Errorf("%+v", pact)
	}
	var owed []string
	for _, o := range pact.Obligations {
		owed = append(owed, fmt.Sprintf("%v owes %v %s if %s, article %s", o.Debtor, o.Creditor, o.Duty, o.Trigger, o.Article))
	}
	if want := "[PRK] owes [RUS] military assistance if attacked, article 4|[RUS] owes [PRK] military assistance if attacked, article 4"; strings.Join(owed, "|") != want {
		t.Errorf("obligations %s", strings.Join(owed, "|"))
	}
}

func TestObligationDone(t *testing.T) {
	all := []isnad.Entry{
		report("1", "north 2024-06-19 AID PRK>RUS narrates: help", says("condition=attacked", "duty=military assistance"), as(isnad.Conditional, "a")),
		report("2", "north 2024-06-19 RETREAT IRN>UNO narrates: visit", says("duty=inspection"), as(isnad.Planned, "b")),
		report("3", "north 2024-10-19 AID PRK>RUS narrates: sent"),
	}
	var got []string
	for _, o := range Obligations(all) {
		got = append(got, fmt.Sprintf("%s %v", o.Duty, o.Done))
	}
	if want := "military assistance true|inspection false"; strings.Join(got, "|") != want {
		t.Errorf("%s, want %s", strings.Join(got, "|"), want)
	}
}

// A disputed transfer: its stages, each figure with who says it, whom it is
// against, and who denies it.
func TestTransfers(t *testing.T) {
	l := testLedger(t)
	soldiers := "soldiers vessel Vladivostok barracks uniforms rifles"
	all := []isnad.Entry{
		report("1", "north 2024-10-18 AID PRK>RUS by KOR states: "+soldiers, says("what=troops", "stage=shipped", "against=UKR"), counts("troops", 1500, 1500, "exact")),
		report("2", "south 2024-10-18 AID PRK>RUS by UKR states: "+soldiers, says("what=troops", "stage=delivered"), counts("troops", 3000, 0, "min")),
		report("3", "south 2024-10-19 AID PRK>RUS by RUS denies: "+soldiers, says("what=troops")),
		report("4", "south 2024-10-19 AID RUS>PRK narrates: wheat barge Rason flour", says("what=food", "stage=delivered")),
	}
	got := l.Transfers(l.Events(all), all)
	if len(got) != 2 {
		t.Fatalf("%d transfers, want 2", len(got))
	}
	b, err := json.Marshal(got[0])
	if err != nil {
		t.Fatal(err)
	}
	want := `{"id":"t1","from":["PRK"],"to":["RUS"],"against":["UKR"],"what":"troops","quantity":[{"low":1500,"high":1500,"approx":"exact","unit":"","speaker":["KOR"],"claim":"c1","taken_back":""},{"low":3000,"high":null,"approx":"min","unit":"","speaker":["UKR"],"claim":"c2","taken_back":""}],` +
		`"stage":"delivered","stages":[{"stage":"shipped","on":"2024-10-18","claims":["c1"]},{"stage":"delivered","on":"2024-10-18","claims":["c2"]}],"denied_by":["RUS"],"status":"disputed","events":["e1"]}`
	if string(b) != want {
		t.Errorf("got  %s\nwant %s", b, want)
	}
}

// Forces sent are read as aid and as movement of forces: a denial of the one
// belongs to the transfer of the other, where parties, thing and words agree.
func TestTransferOfConfusedTypes(t *testing.T) {
	l := testLedger(t)
	all := []isnad.Entry{
		report("1", "north 2024-10-18 AID PRK>RUS by KOR states: vessel barracks", says("what=troops", "stage=shipped")),
		report("2", "south 2024-10-20 MOBILIZE PRK>RUS by PRK denies: committee rumours", says("what=troops", "stage=shipped")),
		report("3", "south 2024-10-20 MOBILIZE PRK>RUS narrates: parade", says("what=troops")),                   // nothing is sent
		report("4", "south 2024-10-21 MOBILIZE USA>KOR narrates: carrier", says("what=troops", "stage=shipped")), // no transfer is known
	}
	got := l.Transfers(l.Events(all), all)
	if len(got) != 1 || fmt.Sprintf("%v %v %v", got[0].DeniedBy, got[0].Status, got[0].Events) != "[PRK] disputed [e1 e2]" {
		t.Errorf("%+v", got)
	}
}

// What obliges either side on a condition is an obligation of both, whichever
// claim the reader finds in the sentence; what only tells of an attack is none.
func TestObliges(t *testing.T) {
	binds := says("binding=obliges", "mutual=either", "condition=attacked", "duty=assistance")
	all := []isnad.Entry{
		report("1", "north 2021-06-19 AGREE FRA+POL>FRA+POL narrates: treaty", binds),
		report("2", "south 2021-06-20 ASSAULT POL>FRA narrates: treaty", binds, as(isnad.Conditional, "b")),
		report("3", "south 2021-06-20 ASSAULT POL>FRA narrates: treaty", says("condition=attacked", "duty=assistance"), as(isnad.Conditional, "c")),
		report("4", "south 2021-06-20 ASSAULT POL>FRA narrates: treaty", binds),
	}
	var got []string
	for _, o := range Obligations(all) {
		got = append(got, fmt.Sprintf("%v %v %s %v", o.Debtor, o.Creditor, o.Duty, o.Claims))
	}
	if want := "[FRA] [POL] assistance [c1 c2]|[POL] [FRA] assistance [c1 c2]"; strings.Join(got, "|") != want {
		t.Errorf("%s, want %s", strings.Join(got, "|"), want)
	}
}

// A pact that is spoken of as made long before is another than that of today,
// and what the sentence says of coming into force is the newer one's.
func TestFormerPact(t *testing.T) {
	l := testLedger(t)
	in := func(from string) func(*isnad.Claim, *isnad.Facts) {
		return func(c *isnad.Claim, _ *isnad.Facts) {
			c.When, c.Article = isnad.When{From: from, To: from, Precision: "day"}, "a"
		}
	}
	got := l.Agreements([]isnad.Entry{
		report("1", "north 2024-12-05 AGREE FRA+POL>FRA+POL narrates: treaty", says("step=signed"), as(isnad.Actual, "a")),
		report("2", "north 2024-12-05 AGREE FRA+POL>FRA+POL narrates: treaty", says("step=in force", "step=lapsed"), in("2000-02-09")),
	})
	if len(got) != 2 || got[0].Status != "in force" || fmt.Sprint(got[0].Replaces) != "["+got[1].ID+"]" || got[1].Status != "replaced" || got[1].Life[0].On != "2000-02-09" {
		t.Errorf("%+v", got)
	}
}
