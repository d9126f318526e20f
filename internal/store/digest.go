package store

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"

	"isnad"
)

// Digest names a version by its content: the first 24 hex digits (96 bits) of
// the SHA-256 of the article's JSON without the time of fetching. Any other
// change makes another version: a corrected headline or byline changes what can
// be read from an article as much as its text does.
func Digest(a isnad.Article) (string, error) {
	a.Fetched, a.SHA256 = "", ""
	b, err := a.MarshalJSON()
	if err != nil {
		return "", fmt.Errorf("digest of article %s: %w", a.ID, err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:12]), nil
}

// TextSHA256 is what Article.SHA256 holds.
func TextSHA256(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// Page returns the URL as far as it says which article this is: "" for an empty
// URL and for one without path and query ("https://example.org/"), which data
// sets give for all articles of a site.
func Page(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	if (u.Path == "" || u.Path == "/") && u.RawQuery == "" && u.Opaque == "" {
		return ""
	}
	return address
}
