package tabular

import (
	"strconv"
	"strings"

	"isnad"
)

// Agreements is the sheet of agreements; obligations is how many there are.
var Agreements = Sheet[isnad.Agreement]{
	[]string{"id", "kind", "parties", "name", "articles", "status", "steps", "obligations", "replaces"},
	func(a isnad.Agreement) []string {
		var steps []string
		for _, x := range a.Life {
			steps = append(steps, x.Step+" "+x.On)
		}
		return []string{a.ID, a.Kind, plus(a.Parties), a.Name, strconv.Itoa(a.Articles), a.Status, strings.Join(steps, ", "), strconv.Itoa(len(a.Obligations)), plus(a.Replaces)}
	},
}

// Obligations is the sheet of obligations.
var Obligations = Sheet[isnad.Obligation]{
	[]string{"id", "agreement", "article", "debtor", "creditor", "duty", "trigger", "due", "done", "claims"},
	func(o isnad.Obligation) []string {
		return []string{o.ID, o.Agreement, o.Article, plus(o.Debtor), plus(o.Creditor), o.Duty, o.Trigger, o.Due, strconv.FormatBool(o.Done), plus(o.Claims)}
	},
}

// Transfers is the sheet of transfers.
var Transfers = Sheet[isnad.Transfer]{
	[]string{"id", "from", "to", "against", "what", "quantity", "stage", "denied_by", "status"},
	func(t isnad.Transfer) []string {
		var quantity []string
		for _, q := range t.Quantity {
			said := Value(isnad.Value{Low: &q.Low, High: q.High, Unit: q.Unit}) + " " + plus(q.Speaker)
			if q.TakenBack != "" {
				said += " (taken back)"
			}
			quantity = append(quantity, said)
		}
		return []string{t.ID, plus(t.From), plus(t.To), plus(t.Against), t.What, strings.Join(quantity, ", "), t.Stage, plus(t.DeniedBy), string(t.Status)}
	},
}
