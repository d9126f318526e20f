package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"sync/atomic"
	"time"

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
		t := &talk{in: e.stdin, out: e.stdout}
		err := mcp.New(s, engine.Version).Run(e.ctx, &sdk.IOTransport{Reader: io.NopCloser(t), Writer: t})
		if errors.Is(err, io.EOF) || errors.Is(err, context.Canceled) {
			return nil
		}
		return err
	})
}

// talk is a conversation a line a message. Its end is passed on when what was
// asked is answered: the library drops what is still open at the end of input.
type talk struct {
	in              io.Reader
	out             io.Writer
	asked, answered atomic.Int64
}

// lastWord bounds how long the end of input waits for answers.
const lastWord = 30 * time.Second

func (t *talk) Read(p []byte) (int, error) {
	n, err := t.in.Read(p)
	t.asked.Add(int64(bytes.Count(p[:n], []byte(`"id":`))))
	if n > 0 && errors.Is(err, io.EOF) {
		return n, nil // the end comes with the next call
	}
	for until := time.Now().Add(lastWord); errors.Is(err, io.EOF) && t.answered.Load() < t.asked.Load() && time.Now().Before(until); {
		time.Sleep(5 * time.Millisecond)
	}
	return n, err
}

func (t *talk) Write(p []byte) (int, error) {
	n, err := t.out.Write(p)
	t.answered.Add(int64(bytes.Count(p[:n], []byte(`"id":`))))
	return n, err
}

// Close keeps standard output open at the end of the conversation.
func (t *talk) Close() error { return nil }
