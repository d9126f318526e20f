// Command isnad reads news, Arabic first and English too, into claims of who
// says what about whom, keeps them, and opens each to the words it was read
// from. "isnad --help" lists the commands; each has its file here.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"
)

// Exit codes, which scripts rely on.
const (
	exitDone   = 0
	exitFailed = 1 // some inputs failed, each named on stderr
	exitUsage  = 2
)

// errSome ends a command whose failures were each named already.
var errSome = errors.New("some inputs failed")

// usageError is a mistake in the command line that only the command can see.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// usagef makes a usageError.
func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// commands is the command line: the flags of every command, and the commands.
type commands struct {
	Flags

	Demo        demoCmd        `cmd:"" help:"Read bundled reports and look at them in the browser."`
	Read        readCmd        `cmd:"" help:"Read articles and print their claims; no store."`
	Ingest      ingestCmd      `cmd:"" help:"Read articles into the store."`
	Feeds       feedsCmd       `cmd:"" help:"The feeds that news is taken from, and how they do."`
	Reread      rereadCmd      `cmd:"" help:"Read again what an older reader or lexicon read."`
	Withdraw    withdrawCmd    `cmd:"" help:"Take an article back: what it said counts no more."`
	Claims      claimsCmd      `cmd:"" help:"Ask the store for claims."`
	Events      eventsCmd      `cmd:"" help:"Ask the store for events: what was said about one thing, and who says otherwise."`
	Agreements  agreementsCmd  `cmd:"" help:"Ask the store for pacts: parties, kind, life, obligations."`
	Obligations obligationsCmd `cmd:"" help:"Ask the store who owes whom what, and on which condition."`
	Transfers   transfersCmd   `cmd:"" help:"Ask the store what went from whom to whom."`
	Assessments assessmentsCmd `cmd:"" help:"Ask the store for judgements with a holder."`
	Escalation  escalationCmd  `cmd:"" help:"Reported intensity between states: acts, words, cooperation and the ladder."`
	Alerts      alertsCmd      `cmd:"" help:"What rose far above its own past, updated and withdrawn; also as a feed."`
	Export      exportCmd      `cmd:"" help:"Write claims or events in the formats that others read."`
	Explain     explainCmd     `cmd:"" help:"Show how a claim was read, or who had an event from whom."`
	Review      reviewCmd      `cmd:"" help:"What people found of the claims: right, wrong, changed."`
	Serve       serveCmd       `cmd:"" help:"Show the store in the browser, and as JSON."`
	Users       usersCmd       `cmd:"" help:"Who may log in to the pages over the network."`
	Versions    versionsCmd    `cmd:"" help:"Show what an outlet changed in an article after printing it."`
	MCP         mcpCmd         `cmd:"" name:"mcp" help:"Answer programs that speak the Model Context Protocol."`
	Status      statusCmd      `cmd:"" help:"Say what the store holds."`
	Lexicon     lexiconCmd     `cmd:"" help:"Check, format and try the lexicon's tables."`
	Eval        evalCmd        `cmd:"" help:"Score claims against a gold set."`
	Backtest    backtestCmd    `cmd:"" help:"Set the escalation series beside outside ones."`
	Doctor      doctorCmd      `cmd:"" help:"Check that everything isnad needs is in order."`
	Version     versionCmd     `cmd:"" help:"Print the version of program and lexicon."`
}

const description = `isnad reads news, Arabic first and English too, and keeps a ledger of who says what about whom.

  isnad demo                           bundled reports, in the browser
  isnad read article.txt               the claims of one article
  isnad ingest news/ && isnad claims --dyad RUS-PRK --stance denies
  isnad explain CLAIM                  the words and rules that made it`

func main() {
	env := environment{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, newReader: newReader}
	// The first interrupt ends the work in order, the second at once; SIGTERM is how
	// a service manager interrupts.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Args[1:], env))
}

// run is the program: a command line to an exit code.
func run(ctx context.Context, args []string, env environment) (code int) {
	var c commands
	exited := false
	parser, err := kong.New(&c, kong.Name("isnad"), kong.Description(description), kong.Writers(env.stdout, env.stderr),
		kong.Exit(func(n int) { exited, code = true, n }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true, WrapUpperBound: 110}),
		kong.Vars{"db": defaultDB()})
	if err != nil {
		panic(err) // the structs above are wrong
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	kc, err := parser.Parse(args)
	switch {
	case exited: // --help was asked for and printed
		return code
	case err != nil:
		return report(env.stderr, usageError{err}, commandOf(err))
	}
	env.ctx, env.flags = ctx, c.Flags
	return report(env.stderr, kc.Run(&env), kc.Command())
}

// report prints an error and returns the exit code that goes with it.
func report(stderr io.Writer, err error, command string) int {
	var usage usageError
	command, _, _ = strings.Cut(command, " <")
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errSome):
		return exitFailed
	case errors.As(err, &usage):
		fmt.Fprintf(stderr, "isnad: %v\nisnad: see \"isnad %s\"\n", err, strings.TrimSpace(command+" --help"))
		return exitUsage
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(stderr, "isnad: interrupted")
		return exitFailed
	}
	fmt.Fprintf(stderr, "isnad: %v\n", err)
	return exitFailed
}

// commandOf names the command that a command line went wrong in.
func commandOf(err error) string {
	var pe *kong.ParseError
	if errors.As(err, &pe) && pe.Context != nil {
		return pe.Context.Command()
	}
	return ""
}
