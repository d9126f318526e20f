// Package demo holds the reports that "isnad demo" reads: composed for the
// demonstration, as README.md beside them says, and frozen.
package demo

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"isnad"
)

//go:embed reports.jsonl
var reports []byte

// Reports returns the articles in the order of the file.
func Reports() ([]isnad.Article, error) {
	var out []isnad.Article
	for d := json.NewDecoder(bytes.NewReader(reports)); ; {
		var a isnad.Article
		switch err := d.Decode(&a); {
		case errors.Is(err, io.EOF):
			return out, nil
		case err != nil:
			return nil, fmt.Errorf("read the bundled reports: report %d: %w", len(out)+1, err)
		}
		sum := sha256.Sum256([]byte(a.Text))
		a.SHA256 = hex.EncodeToString(sum[:])
		out = append(out, a)
	}
}
