package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"

	"golang.org/x/term"

	"isnad"
	"isnad/engine"
	"isnad/internal/orth"
	"isnad/internal/store"
	"isnad/internal/store/sqlite"
	"isnad/lexicon"
)

// Flags are the flags of every command.
type Flags struct {
	DB      string `name:"db" placeholder:"PATH" default:"${db}" env:"ISNAD_DB" help:"Store to use (default: ${db})."`
	Lexicon string `placeholder:"DIR" env:"ISNAD_LEXICON" name:"lexicon" help:"Folder with tables to lay over the built-in lexicon."`
	Quiet   bool   `short:"q" help:"No progress and no summary on stderr; errors are still named."`
}

// reader reads one article. Implemented by *engine.Engine, and in tests by a
// reader whose claims are known beforehand.
type reader interface {
	Name() string
	Read(isnad.Article) engine.Reading
}

func newReader(lex *lexicon.Lexicon) (reader, error) { return engine.New(lex) }

// environment is what a command works with. Lexicon, reader and store are opened
// when asked for: "isnad --help" loads none of them.
type environment struct {
	ctx            context.Context
	stdin          io.Reader
	stdout, stderr io.Writer
	newReader      func(*lexicon.Lexicon) (reader, error)
	flags          Flags
}

func (e *environment) lexicon() (*lexicon.Lexicon, error) {
	if dir := e.flags.Lexicon; dir != "" {
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			return nil, usagef("lexicon %s: no such folder; name a folder with .tsv tables with --lexicon", dir)
		}
	}
	return lexicon.Load(e.flags.Lexicon)
}

// reader loads the lexicon and prepares the reader.
func (e *environment) reader() (reader, *lexicon.Lexicon, error) {
	// Next to nothing of what starting makes is garbage, and looking for it is a
	// fifth of the start.
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	lex, err := e.lexicon()
	if err != nil {
		return nil, nil, err
	}
	r, err := e.newReader(lex)
	return r, lex, err
}

// store opens the store; create makes it where there is none.
func (e *environment) store(create bool) (store.Store, error) {
	if strings.Contains(e.flags.DB, "://") {
		return nil, usagef("store %s: this isnad keeps its store in a file only; name one with --db", e.flags.DB)
	}
	return sqlite.Open(e.ctx, e.flags.DB, sqlite.Options{Create: create, Fold: orth.Fold})
}

// withStore opens the store, runs f and closes it.
func (e *environment) withStore(create bool, f func(store.Store) error) (err error) {
	s, err := e.store(create)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return f(s)
}

// terminal says whether a stream is one that a person looks at.
func terminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// colour says whether to mark words by terminal codes (https://no-color.org).
func (e *environment) colour() bool {
	return terminal(e.stdout) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// warn prints a line of diagnostics.
func (e *environment) warn(format string, args ...any) {
	fmt.Fprintf(e.stderr, "isnad: "+format+"\n", args...)
}

// defaultDB is isnad.db in the folder where this system keeps a user's data.
func defaultDB() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return "isnad.db"
	}
	dir := os.Getenv("XDG_DATA_HOME")
	switch {
	case dir != "":
	case runtime.GOOS == "darwin":
		dir = filepath.Join(home, "Library", "Application Support")
	case runtime.GOOS == "windows":
		if dir = os.Getenv("LOCALAPPDATA"); dir == "" {
			dir = filepath.Join(home, "AppData", "Local")
		}
	default:
		dir = filepath.Join(home, ".local", "share")
	}
	return filepath.Join(dir, "isnad", "isnad.db")
}
