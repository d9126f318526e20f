package main

import (
	"context"
	"errors"
	"io"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"isnad/engine"
	"isnad/internal/mcp"
	"isnad/internal/store"
)

type mcpCmd struct{}

func (mcpCmd) Help() string {
	return `Speaks the Model Context Protocol on standard input and output, for a program that
starts it. Three tools, which only read: search (claims), events, explain.`
}

func (c *mcpCmd) Run(e *environment) error {
	return e.withStore(false, func(s store.Store) error {
		err := mcp.New(s, engine.Version).Run(e.ctx, &sdk.IOTransport{Reader: io.NopCloser(e.stdin), Writer: noClose{e.stdout}})
		if errors.Is(err, io.EOF) || errors.Is(err, context.Canceled) {
			return nil
		}
		return err
	})
}

// noClose keeps standard output open at the end of the conversation.
type noClose struct{ io.Writer }

func (noClose) Close() error { return nil }
