package serve

import "isnad/internal/api"

// drawingsData adds what the drawings are made of to the API.
func (s *Server) drawingsData() {
	type inLang struct {
		api.EventQuestion
		Lang string `query:"lang" enum:"en,ar" default:"en" doc:"Language of the places' names."`
	}
	type within struct {
		api.EventQuestion
		From string `query:"from" doc:"First day; without it the day of the first report."`
		To   string `query:"to" doc:"Last day; without it the day of the last report."`
	}
	type among struct {
		api.EventQuestion
		Line  string `query:"line" doc:"acts, words or cooperation; all where none is given."`
		State string `query:"state" doc:"Only what this state does or has done to it."`
	}
	operation[inLang, EventMap](s, api.Op{Path: "/api/map", ID: "map", Tag: "events", Summary: "Events by place",
		About: "Places with the events told to have happened there. An event stands where most of its claims put it; a state stands for a place in it that is known no more exactly, and has its middle for coordinates only because it needs some."}, s.drawMap)
	operation[within, Timeline](s, api.Op{Path: "/api/timeline", ID: "timeline", Tag: "events", Summary: "Events over time",
		About: "Events by day, week, month or year, whichever gives 62 columns at most, and by family: vcoop, mcoop (verbal, material cooperation), vconf, mconf (conflict). An event stands on the day that its claims tell, else on that of its first report."}, s.timeline)
	operation[among, Network](s, api.Op{Path: "/api/network", ID: "network", Tag: "events", Summary: "Who acts on whom",
		About: "States and bodies, and for each ordered pair and line the events in which they act as states. The line is that of the event's type."}, s.network)
}
