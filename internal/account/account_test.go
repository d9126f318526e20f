package account

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

func TestPassword(t *testing.T) {
	const word = "أربع كلمات طويلة هنا"
	h, err := Hash(word)
	if err != nil || !strings.HasPrefix(h, "$argon2id$v=19$m=65536,t=3,p=4$") {
		t.Fatal(h, err)
	}
	if again, _ := Hash(word); again == h {
		t.Error("two hashes of one password are the same: no salt")
	}
	for _, c := range []struct {
		hash, password string
		want           bool
	}{
		{h, word, true}, {h, word + " ", false}, {h, "", false}, {"", word, false}, {nobody, word, false}, {"$argon2id$", word, false}, {"plain", "plain", false},
		{strings.Replace(h, "argon2id", "argon2i", 1), word, false}, {strings.Replace(h, "m=65536", "m=99999999", 1), word, false}, {strings.Replace(h, "t=3", "t=0", 1), word, false}, {h[:len(h)-4], word, false}, {h[:strings.LastIndex(h, "$")+1], word, false},
	} {
		if got, err := Verify(t.Context(), c.hash, c.password); got != c.want || err != nil {
			t.Errorf("%s with %q: %v, %v", c.hash, c.password, got, err)
		}
	}
	// A vector of the reference implementation's tests, with other figures than ours.
	if ok, err := Verify(t.Context(), "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4", "password"); !ok || err != nil {
		t.Errorf("reference: %v, %v", ok, err)
	}
	for _, bad := range []string{"", "elevenchars", strings.Repeat("x", 1025)} {
		if _, err := Hash(bad); !errors.Is(err, ErrPassword) {
			t.Errorf("%.20q: %v", bad, err)
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for range cap(atOnce) {
		atOnce <- struct{}{}
	}
	if _, err := Verify(ended, h, word); !errors.Is(err, context.Canceled) {
		t.Errorf("while others are under way: %v", err)
	}
	for range cap(atOnce) {
		<-atOnce
	}
}

func TestToken(t *testing.T) {
	a, hash := NewToken()
	b, _ := NewToken()
	if a == b || len(a) < 43 || HashToken(a) != hash || strings.Contains(hash, a) {
		t.Error(a, b, hash)
	}
}

func TestLimit(t *testing.T) {
	l := NewLimit(1, 3)
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	allowed := func(address string, n int) (yes int) {
		for range n {
			if l.Allow(address, now) {
				yes++
			}
		}
		return yes
	}
	for _, c := range []struct {
		address string
		want    int
	}{
		{"192.0.2.1", 3}, {"192.0.2.2", 3}, {"::ffff:192.0.2.1", 0}, {"2001:db8::1", 3}, {"2001:db8::2:3%eth0", 0}, {"2001:db8:0:1::1", 3}, {"nonsense", 3}, {"more nonsense", 0},
	} {
		if got := allowed(c.address, 5); got != c.want {
			t.Errorf("%s: %d; want %d", c.address, got, c.want)
		}
	}
	now = now.Add(2 * time.Second)
	if got := allowed("192.0.2.1", 5); got != 2 {
		t.Errorf("two seconds later: %d", got)
	}
	now = now.Add(time.Hour)
	allowed("192.0.2.9", 1)
	if len(l.of) != 1 {
		t.Errorf("%d addresses are kept after an hour", len(l.of))
	}
}
