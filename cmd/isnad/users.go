package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"isnad/internal/account"
	"isnad/internal/store"
)

type usersCmd struct {
	Add    usersAddCmd    `cmd:"" help:"Add a user."`
	List   usersListCmd   `cmd:"" help:"List the users."`
	Passwd usersPasswdCmd `cmd:"" help:"Give a user another password."`
	Remove usersRemoveCmd `cmd:"" help:"Forget users; their marks stay."`
	Log    usersLogCmd    `cmd:"" help:"Show who logged in, marked, and failed to log in."`
}

type usersAddCmd struct {
	Name string         `arg:"" help:"Name to log in with, and under which claims are marked."`
	Role store.UserRole `enum:"reader,reviewer" default:"reader" help:"reader: all pages; reviewer: marks claims, too (default: reader)."`
}

func (usersAddCmd) Help() string {
	return `The password is asked for, or is the first line of standard input. It has at least
twelve characters; kept is a hash (argon2id). Users are for "isnad serve" where
others can reach it; on this machine nobody needs one.

Examples:
  isnad users add reem --role reviewer
  pass show isnad/bo | isnad users add bo`
}

func (c *usersAddCmd) Run(e *environment) error {
	c.Name = strings.TrimSpace(c.Name)
	return e.withStore(true, func(s store.Store) error {
		us, err := s.Users(e.ctx)
		if err != nil {
			return err
		}
		for _, u := range us {
			if u.Name == c.Name {
				return usagef(`user %s is there; "isnad users passwd" changes the password, "remove" makes room`, c.Name)
			}
		}
		return e.putUser(s, store.User{Name: c.Name, Role: c.Role, Created: now()}, "added", string(c.Role))
	})
}

// putUser asks for a password and keeps the user with it.
func (e *environment) putUser(s store.Store, u store.User, what, detail string) error {
	password, err := e.password(u.Name)
	if err != nil {
		return err
	}
	if u.Hash, err = account.Hash(password); err != nil {
		return usageError{err}
	}
	if err := s.PutUser(e.ctx, u); err != nil {
		return err
	}
	return e.noteUser(s, u.Name, what, detail)
}

// noteUser writes into the log what was done to a user, and by whom.
func (e *environment) noteUser(s store.Store, name, what, detail string) error {
	return s.Note(e.ctx, store.Note{At: now(), Who: osUser(), What: what, Detail: strings.TrimSpace(name + " " + detail)})
}

// password asks for one twice at a terminal, and reads a line elsewhere.
func (e *environment) password(name string) (string, error) {
	in, ok := e.stdin.(*os.File)
	if !ok || !term.IsTerminal(int(in.Fd())) {
		line, err := bufio.NewReader(io.LimitReader(e.stdin, 1<<16)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", fmt.Errorf("read password: %w", err)
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	ask := func(prompt string) (string, error) {
		fmt.Fprint(e.stderr, prompt)
		p, err := term.ReadPassword(int(in.Fd()))
		fmt.Fprintln(e.stderr)
		return string(p), err
	}
	first, err := ask("Password for " + name + ": ")
	if err != nil {
		return "", fmt.Errorf("read password: %w", err)
	}
	second, err := ask("The same again: ")
	if err != nil {
		return "", fmt.Errorf("read password: %w", err)
	}
	if first != second {
		return "", usagef("the two passwords differ; nothing was kept")
	}
	return first, nil
}

type usersListCmd struct{}

func (c *usersListCmd) Run(e *environment) error {
	return e.withStore(false, func(s store.Store) error {
		us, err := s.Users(e.ctx)
		for _, u := range us {
			fmt.Fprintf(e.stdout, "%s\t%s\t%s\n", u.Name, u.Role, u.Created)
		}
		return err
	})
}

type usersPasswdCmd struct {
	Name string `arg:"" help:"Name of a user."`
}

func (usersPasswdCmd) Help() string {
	return `Asked for as in "isnad users add". Sessions that the old password began end.`
}

func (c *usersPasswdCmd) Run(e *environment) error {
	return e.withStore(false, func(s store.Store) error {
		us, err := s.Users(e.ctx)
		if err != nil {
			return err
		}
		for _, u := range us {
			if u.Name == c.Name {
				return e.putUser(s, u, "password", "")
			}
		}
		return fmt.Errorf("user %s: %w", c.Name, store.ErrNotFound)
	})
}

type usersRemoveCmd struct {
	Names []string `arg:"" name:"name" help:"Names of users."`
}

func (usersRemoveCmd) Help() string { return `Their sessions end at once.` }

func (c *usersRemoveCmd) Run(e *environment) error {
	return e.withStore(false, func(s store.Store) error {
		for _, name := range c.Names {
			if err := s.RemoveUser(e.ctx, name); err != nil {
				return err
			}
			if err := e.noteUser(s, name, "removed", ""); err != nil {
				return err
			}
		}
		return nil
	})
}

type usersLogCmd struct {
	Limit int `placeholder:"N" default:"100" help:"The last so many lines (default: 100); 0 for all."`
}

func (usersLogCmd) Help() string {
	return `Time, who, what, of what, from which address; oldest first. What: login, logout,
failed (a wrong password; a name that nobody has is not kept, it may be a
password in the wrong field), mark, rule, added, password, removed.`
}

func (c *usersLogCmd) Run(e *environment) error {
	return e.withStore(false, func(s store.Store) error {
		ns, err := s.Notes(e.ctx, c.Limit)
		for _, n := range ns {
			fmt.Fprintln(e.stdout, strings.Join([]string{n.At, n.Who, n.What, n.Detail, n.Address}, "\t"))
		}
		return err
	})
}
