package fetch

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"
)

func TestPage(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/page", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=windows-1256")
		w.Write([]byte("<p>page"))
	})
	mux.Handle("/moved", http.RedirectHandler("/page", http.StatusFound))
	mux.Handle("/round", http.RedirectHandler("/round", http.StatusFound))
	mux.HandleFunc("/large", func(w http.ResponseWriter, r *http.Request) { w.Write(make([]byte, 1001)) })
	mux.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	srv := httptest.NewServer(mux)
	defer srv.Close()
	other := httptest.NewServer(http.RedirectHandler(srv.URL+"/page", http.StatusFound))
	defer other.Close()
	host := strings.TrimPrefix(srv.URL, "http://")
	o := Options{AllowHosts: []string{host}, MaxBytes: 1000, Timeout: time.Second / 2}

	got, err := Page(t.Context(), srv.URL+"/moved", o)
	if err != nil || string(got.Body) != "<p>page" || got.URL != srv.URL+"/page" || got.ContentType != "text/html; charset=windows-1256" {
		t.Errorf("%+v, %v", got, err)
	}
	for _, c := range []struct {
		address string
		o       Options
		want    error
		say     string
	}{
		{srv.URL + "/page", Options{}, ErrPrivate, "--allow-host"},
		{other.URL, Options{AllowHosts: []string{strings.TrimPrefix(other.URL, "http://")}}, ErrPrivate, "--allow-host"}, // a redirect inwards
		{srv.URL + "/none", o, ErrStatus, "404"},
		{srv.URL + "/large", o, ErrTooLarge, "save it"},
		{srv.URL + "/slow", o, nil, "check the address and the network"},
		{srv.URL + "/round", o, nil, "ten times"},
		{"file:///etc/passwd", o, ErrAddress, "https://"},
		{"https://", o, ErrAddress, "https://"},
		{"://", o, ErrAddress, "https://"},
	} {
		_, err := Page(t.Context(), c.address, c.o)
		if err == nil || (c.want != nil && !errors.Is(err, c.want)) || !strings.Contains(err.Error(), c.say) || !strings.Contains(err.Error(), c.address) {
			t.Errorf("%s: %v", c.address, err)
		}
	}
}

func TestPublic(t *testing.T) {
	for a, want := range map[string]bool{
		"8.8.8.8": true, "2001:4860:4860::8888": true,
		"127.0.0.1": false, "10.1.2.3": false, "192.168.1.1": false, "172.16.0.1": false, "169.254.169.254": false, "100.64.1.1": false, "0.0.0.0": false, "224.0.0.1": false,
		"255.255.255.255": false, "::1": false, "fe80::1": false, "fd00::1": false, "::ffff:127.0.0.1": false, "64:ff9b::7f00:1": false, "::": false,
	} {
		if public(netip.MustParseAddr(a)) != want {
			t.Errorf("%s is public: %v", a, !want)
		}
	}
}
