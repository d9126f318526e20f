package store

import "context"

// Accounts is who may use a store over the network, and what they did. On the
// machine itself nobody needs one.
type Accounts interface {
	// Users lists the users, by name.
	Users(ctx context.Context) ([]User, error)

	// PutUser keeps a user, in the place of the one with this name, whose sessions end.
	PutUser(ctx context.Context, u User) error

	// RemoveUser forgets a user and ends the sessions; marks and log stay.
	// ErrNotFound if there is none.
	RemoveUser(ctx context.Context, name string) error

	// PutSession keeps a session; those over by its time of making are forgotten.
	PutSession(ctx context.Context, s Session) error

	// Session returns a session that isn't over at a time (RFC 3339 in UTC) with its
	// user; ErrNotFound if there is none.
	Session(ctx context.Context, token, at string) (Session, User, error)

	// RemoveSession ends a session, if there is one.
	RemoveSession(ctx context.Context, token string) error

	// Note adds a line to the log, which is only ever added to.
	Note(ctx context.Context, n Note) error

	// Notes returns the last lines of the log, oldest first; all where limit is 0.
	Notes(ctx context.Context, limit int) ([]Note, error)
}

// UserRole is what a user may do.
type UserRole string

const (
	ReaderRole   UserRole = "reader"   // read all pages
	ReviewerRole UserRole = "reviewer" // and mark claims
)

// UserRoles lists them.
var UserRoles = []UserRole{ReaderRole, ReviewerRole}

// User is a person who may log in.
type User struct {
	Name    string   `json:"name"`
	Role    UserRole `json:"role"`
	Hash    string   `json:"-"` // of the password (package account)
	Created string   `json:"created"`
}

// Session is a log-in. Its token is kept as a hash, so that who reads the file
// can't log in with it.
type Session struct {
	Token   string // hash
	User    string
	Created string // RFC 3339 in UTC
	Expires string
}

// Note is a line of the log of what users did.
type Note struct {
	Seq     int64  `json:"seq"`
	At      string `json:"at"` // RFC 3339 in UTC
	Who     string `json:"who"`
	What    string `json:"what"` // login, failed, logout, mark, rule, added, removed, password
	Detail  string `json:"detail"`
	Address string `json:"address"` // "" for what was done on this machine
}
