package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"isnad/internal/escalation"
	"isnad/internal/store"
)

// explainValue opens a value to its events, and these to their claims' words.
func explainValue(e *environment, out *bufio.Writer, s store.Store, v escalation.Value) error {
	if v.Acts == nil {
		fmt.Fprintf(out, "  %s: no article was read, so there is no value\n\n", v.State)
		return nil
	}
	var volumes []string
	for _, l := range []string{"ar", "en", ""} {
		for lang, n := range v.Volumes {
			if string(lang) == l {
				volumes = append(volumes, fmt.Sprintf("%s %d", lang, n))
			}
		}
	}
	fmt.Fprintf(out, "  readable articles %d (%s), days of past %d, method %s\n", v.Volume, strings.Join(volumes, ", "), v.History, v.Method)
	if v.Ladder != nil {
		fmt.Fprintf(out, "  rung %q by event %s of %s (%d such since %s)\n", v.Ladder.NameEN, v.Ladder.Event, v.Ladder.Day, v.Ladder.Events, v.Ladder.Since)
	}
	for _, l := range v.Lines {
		if l.Events == 0 {
			continue
		}
		fmt.Fprintf(out, "  %s %s = %d events of %d origins; without %q %s; interval %s to %s\n", l.Line, l.Value, l.Events, l.Origins, l.Largest, l.WithoutLargest, l.Low, l.High)
		for _, c := range v.Contribs {
			if c.Line != l.Line {
				continue
			}
			h := c.Happening()
			fmt.Fprintf(out, "    %s  %s  %s %s → %s, %s, %s: weight %s, origins %s\n", c.Value, c.Event, h.Type, codeList(h.Actor), codeList(h.Recipient), h.Status, h.Factuality, c.Weight(), strings.Join(h.Origins, ", "))
			x, err := s.Event(e.ctx, c.Event)
			if errors.Is(err, store.ErrNotFound) {
				continue // known at that time, and another event now
			}
			if err != nil {
				return err
			}
			for _, claim := range x.Claims {
				a, err := s.Article(e.ctx, claim.Article)
				if err != nil {
					return err
				}
				text := []rune(a.Text)
				if claim.Field == "title" {
					text = []rune(a.Title)
				}
				if claim.Sentence.End > len(text) {
					continue
				}
				fmt.Fprintf(out, "      %s %s, claim %s: %s\n", claim.Outlet, claim.Published, claim.ID, strings.Join(strings.Fields(string(text[claim.Sentence.Start:claim.Sentence.End])), " "))
			}
		}
	}
	_, err := fmt.Fprintln(out)
	return err
}

// writeJSONLine writes a value that is none of isnad's own as a line.
func writeJSONLine(out *bufio.Writer, v any) error {
	j := json.NewEncoder(out)
	j.SetEscapeHTML(false)
	return j.Encode(v)
}
