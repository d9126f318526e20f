package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"isnad/internal/store"
)

type statusCmd struct {
	JSON bool `name:"json" help:"As one JSON object."`
}

func (statusCmd) Help() string {
	return `Examples:
  isnad status
  isnad status --db july.db --json`
}

func (c *statusCmd) Run(e *environment) error {
	return e.withStore(false, func(s store.Store) error {
		st, err := s.Status(e.ctx)
		if err != nil {
			return err
		}
		if c.JSON {
			return json.NewEncoder(e.stdout).Encode(map[string]any{"place": st.Place, "schema": st.Schema, "revision": st.Revision, "bytes": st.Bytes,
				"articles": st.Articles, "versions": st.Versions, "claims": st.Claims, "assessments": st.Assessments, "outlets": st.Outlets,
				"from": st.From, "to": st.To, "readers": st.Readers, "inputs": st.Inputs})
		}
		line := func(name, format string, args ...any) {
			fmt.Fprintf(e.stdout, "%-12s %s\n", name, fmt.Sprintf(format, args...))
		}
		line("store", "%s (%.1f MB, schema %d, revision %d)", st.Place, float64(st.Bytes)/1e6, st.Schema, st.Revision)
		line("articles", "%d in %d versions, of %s", st.Articles, st.Versions, count(st.Outlets, "outlet"))
		if st.From != "" {
			line("published", "%s to %s", st.From, st.To)
		}
		line("claims", "%d", st.Claims)
		line("assessments", "%d", st.Assessments)
		line("inputs", "%d ingested to their end", st.Inputs)
		for _, name := range slices.Sorted(maps.Keys(st.Readers)) {
			line("read by", "%s: %s", name, count(st.Readers[name], "version"))
		}
		return nil
	})
}
