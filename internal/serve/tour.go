package serve

import "isnad/internal/store"

// tour is what to look at in the demonstration: for each stop an address of its
// pages, what is to be seen there, and what the reader gets wrong. The words are
// those of words_ledger.tsv; cmd/isnad's TestTour holds them to what the program
// makes of the bundled reports.
var tour = []tourStop{
	{"transfer", "/transfers?dyad=PRK:RUS&what=troops"},
	{"corroborated", "/events?status=corroborated"},
	{"corrected", "/events?article=demo-19"},
	{"pact", "/agreements?dyad=PRK-RUS"},
	{"owed", "/obligations?if=attacked:RUS"},
}

// tourStop is one of them: its words are tour.NAME, .see and .wrong.
type tourStop struct {
	Name string `json:"name"` // of its words in the tables
	Link string `json:"link"` // address of the page
}

// showTour answers with the tour, where the store is the demonstration's.
func (s *Server) showTour(r *request) (answer, error) {
	if !s.Demo {
		return answer{}, store.ErrNotFound
	}
	return answer{template: "tour", title: say(r.Lang, "tour.title"), data: tour, json: tour}, nil
}
