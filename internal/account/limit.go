package account

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limit bounds how often each address may do something: so many at once, and as
// many a second from then on. An IPv6 network of 64 bits is one address, because
// whoever has one has all of it. It is safe for use by many goroutines.
type Limit struct {
	rate  rate.Limit
	burst int

	mu    sync.Mutex
	of    map[netip.Addr]*rate.Limiter
	swept time.Time
}

// NewLimit makes a limit of so many a second, and so many at once.
func NewLimit(perSecond float64, burst int) *Limit {
	return &Limit{rate: rate.Limit(perSecond), burst: burst, of: map[netip.Addr]*rate.Limiter{}}
}

// sweepEvery is how often addresses that have been quiet are forgotten.
const sweepEvery = time.Minute

// Allow says whether an address may now, and counts it. What is no address is
// counted as one.
func (l *Limit) Allow(address string, now time.Time) bool {
	a, err := netip.ParseAddr(address)
	if err == nil {
		if a = a.Unmap().WithZone(""); a.Is6() {
			p, _ := a.Prefix(64)
			a = p.Addr()
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if now.Sub(l.swept) > sweepEvery || now.Before(l.swept) { // the clock may be set back
		for k, v := range l.of {
			if v.TokensAt(now) >= float64(l.burst) {
				delete(l.of, k)
			}
		}
		l.swept = now
	}
	x := l.of[a]
	if x == nil {
		x = rate.NewLimiter(l.rate, l.burst)
		l.of[a] = x
	}
	return x.AllowN(now, 1)
}
