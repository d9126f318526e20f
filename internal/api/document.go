package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"reflect"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// document serves the OpenAPI document: 3.1 as JSON and YAML, and 3.0 for
// programs that make clients and know no later version. It is made when first
// asked for, when all operations are there.
func (a *API) document() {
	for path, form := range map[string]struct {
		kind string
		make func() ([]byte, error)
	}{
		"/api/openapi.json":     {"application/openapi+json", func() ([]byte, error) { return json.Marshal(a.OpenAPI()) }},
		"/api/openapi.yaml":     {"application/openapi+yaml", func() ([]byte, error) { return a.OpenAPI().YAML() }},
		"/api/openapi-3.0.json": {"application/openapi+json", func() ([]byte, error) { return a.OpenAPI().Downgrade() }},
	} {
		body := sync.OnceValues(form.make)
		a.mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
			b, err := body()
			if err != nil {
				a.Log.Error("request failed", "path", path, "err", err)
				a.write(w, huma.Error500InternalServerError("the server failed; its log says how"))
				return
			}
			w.Header().Set("Content-Type", form.kind)
			w.Header().Set("Cache-Control", cacheControl)
			sum := sha256.Sum256(b)
			w.Header().Set("ETag", `"`+hex.EncodeToString(sum[:8])+`"`)
			http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(b))
		})
	}
}

// OpenAPI is the document, once all operations are there. Its fields are
// described the first time.
func (a *API) OpenAPI() *huma.OpenAPI {
	a.once.Do(func() { describe(a.huma.OpenAPI()) })
	return a.huma.OpenAPI()
}

// schema is a reference to the schema of a type.
func schema[T any](a *API) *huma.Schema {
	return a.huma.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[T](), true, "")
}
