package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"isnad/internal/orth"
	"isnad/internal/store/sqlite"
	"isnad/lexicon"
)

// TestServed starts the commands that serve, asks each for a page, and ends it
// as an interrupt does.
func TestServed(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	db := filepath.Join(t.TempDir(), "isnad.db")
	s, err := sqlite.Open(t.Context(), db, sqlite.Options{Create: true, Fold: orth.Fold})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"demo", "--addr", "127.0.0.1:0"}, "composed for the demonstration"},
		{[]string{"--db", db, "serve", "--addr", "127.0.0.1:0"}, "The store is empty"},
	} {
		ctx, stop := context.WithCancel(t.Context())
		out, in := io.Pipe()
		var diagnostics bytes.Buffer
		env := environment{stdin: strings.NewReader(""), stdout: in, stderr: &diagnostics, newReader: func(*lexicon.Lexicon) (reader, error) { return scripted(""), nil }}
		code := make(chan int, 1)
		go func() { code <- run(ctx, c.args, env); in.Close() }()
		lines := bufio.NewScanner(out)
		if !lines.Scan() {
			stop()
			t.Fatalf("%v says nothing: %s", c.args, diagnostics.String())
		}
		address := regexp.MustCompile(`http://127\.0\.0\.1:\d+/`).FindString(lines.Text())
		res, err := http.Get(address)
		if err != nil {
			stop()
			t.Fatalf("%v: %q: %v", c.args, lines.Text(), err)
		}
		body, _ := io.ReadAll(res.Body)
		res.Body.Close()
		http.DefaultClient.CloseIdleConnections()
		if res.StatusCode != 200 || !strings.Contains(string(body), c.want) {
			t.Errorf("%v: %d\n%s", c.args, res.StatusCode, body)
		}
		stop()
		if got := <-code; got != exitDone {
			t.Errorf("%v ends with %d: %s", c.args, got, diagnostics.String())
		}
	}
	if left, err := os.ReadDir(tmp); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// certificate writes a certificate for this machine with its key, and returns who
// trusts it.
func certificate(t *testing.T, dir string) *x509.CertPool {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true}
	cert, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	for name, block := range map[string]*pem.Block{"cert.pem": {Type: "CERTIFICATE", Bytes: cert}, "key.pem": {Type: "PRIVATE KEY", Bytes: private}} {
		if err := os.WriteFile(filepath.Join(dir, name), pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert}))
	return pool
}

// TestServedToUsers serves over TLS, and lets in who has logged in.
func TestServedToUsers(t *testing.T) {
	dir := t.TempDir()
	pool := certificate(t, dir)
	db := filepath.Join(dir, "isnad.db")
	scriptedReader := func(*lexicon.Lexicon) (reader, error) { return scripted(""), nil }
	var diagnostics bytes.Buffer
	if code := run(t.Context(), []string{"--db", db, "users", "add", "bo"}, environment{stdin: strings.NewReader("four words of mine\n"), stdout: &diagnostics, stderr: &diagnostics, newReader: scriptedReader}); code != exitDone {
		t.Fatal(diagnostics.String())
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, in := io.Pipe()
	code := make(chan int, 1)
	go func() {
		code <- run(ctx, []string{"--db", db, "serve", "--addr", "127.0.0.1:0", "--tls-cert", filepath.Join(dir, "cert.pem"), "--tls-key", filepath.Join(dir, "key.pem")},
			environment{stdin: strings.NewReader(""), stdout: in, stderr: &diagnostics, newReader: scriptedReader})
		in.Close()
	}()
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		t.Fatalf("says nothing: %s", diagnostics.String())
	}
	address := regexp.MustCompile(`https://127\.0\.0\.1:\d+/`).FindString(lines.Text())
	jar, _ := cookiejar.New(nil)
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}
	client := &http.Client{Transport: transport, Jar: jar}
	read := func(res *http.Response, err error) string {
		t.Helper()
		if err != nil {
			t.Fatalf("%q: %v", lines.Text(), err)
		}
		defer res.Body.Close()
		b, _ := io.ReadAll(res.Body)
		return string(b)
	}
	if body := read(client.Get(address)); !strings.Contains(body, `name="password"`) || strings.Contains(body, "The store is empty") {
		t.Errorf("not asked to log in:\n%s", body)
	}
	if body := read(client.PostForm(address+"login", url.Values{"name": {"bo"}, "password": {"four words of mine"}, "to": {"/claims"}})); !strings.Contains(body, "No claim answers this") {
		t.Errorf("not let in:\n%s", body)
	}
	transport.CloseIdleConnections()
	stop()
	if got := <-code; got != exitDone {
		t.Errorf("ends with %d: %s", got, diagnostics.String())
	}
}
