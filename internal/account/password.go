// Package account is what logging in needs and knows nothing of pages or stores:
// passwords as hashes, tokens of sessions, and how often an address may ask.
package account

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// Argon2id as RFC 9106 recommends where memory is scarce (4: 64 MiB, 3 passes, 4
// lanes). A hash carries its own figures, so that these can be raised.
const (
	memory  = 64 << 10 // KiB
	passes  = 3
	lanes   = 4
	keyLen  = 32
	saltLen = 16
)

// The shortest password that is taken, in characters, and the longest, in bytes.
const (
	Shortest = 12
	longest  = 1024
)

// ErrPassword refuses a password.
var ErrPassword = errors.New("password refused")

// atOnce bounds how many hashes are worked out at the same time: each takes 64 MiB
// and a core for a moment, and who guesses must not take the machine.
var atOnce = make(chan struct{}, 2)

// Hash makes the hash of a password, in the form of the reference implementation:
// $argon2id$v=19$m=65536,t=3,p=4$salt$hash. ErrPassword for one that is too short
// or too long.
func Hash(password string) (string, error) {
	switch {
	case utf8.RuneCountInString(password) < Shortest:
		return "", fmt.Errorf("%w: it has fewer than %d characters; take several words", ErrPassword, Shortest)
	case len(password) > longest:
		return "", fmt.Errorf("%w: it has more than %d bytes", ErrPassword, longest)
	}
	salt := make([]byte, saltLen)
	rand.Read(salt) // never fails
	key := argon2.IDKey([]byte(password), salt, passes, memory, lanes, keyLen)
	enc := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, memory, passes, lanes, enc(salt), enc(key)), nil
}

// nobody is the hash that a password is held against where there is no such user,
// so that the time of an answer doesn't tell who there is.
const nobody = "$argon2id$v=19$m=65536,t=3,p=4$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// Verify says whether a password is the one of a hash; "" for no user is never.
// It waits its turn, and its error is that of the context.
func Verify(ctx context.Context, hash, password string) (bool, error) {
	select {
	case atOnce <- struct{}{}:
		defer func() { <-atOnce }()
	case <-ctx.Done():
		return false, ctx.Err()
	}
	known := hash != ""
	if !known {
		hash = nobody
	}
	f := strings.Split(hash, "$")
	var version, m, t, p int
	if len(f) != 6 || f[1] != "argon2id" || len(password) > longest {
		return false, nil
	}
	if n, err := fmt.Sscanf(f[2]+" "+f[3], "v=%d m=%d,t=%d,p=%d", &version, &m, &t, &p); err != nil || n != 4 || version != argon2.Version ||
		m < 8 || m > 1<<20 || t < 1 || t > 16 || p < 1 || p > 64 {
		return false, nil
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(f[4])
	want, err2 := base64.RawStdEncoding.DecodeString(f[5])
	if err1 != nil || err2 != nil || len(want) == 0 {
		return false, nil
	}
	got := argon2.IDKey([]byte(password), salt, uint32(t), uint32(m), uint8(p), uint32(len(want)))
	return subtle.ConstantTimeCompare(got, want) == 1 && known, nil
}

// NewToken makes the token of a session, 256 bits at random, and the hash that is
// kept of it.
func NewToken() (token, hash string) {
	token = rand.Text() + rand.Text() // 130 bits each
	return token, HashToken(token)
}

// HashToken is the hash of a token. The token is random, so that one pass is enough.
func HashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
