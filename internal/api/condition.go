package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// cacheControl lets a client keep an answer and ask each time whether it holds;
// no shared cache keeps it.
const cacheControl = "private, no-cache"

type tagKey struct{}

// tagOf is the ETag of the answer under way, "" where it has none.
func tagOf(ctx context.Context) string {
	tag, _ := ctx.Value(tagKey{}).(string)
	return tag
}

// conditional gives answers an ETag of the store's revision and of the program
// and lexicon that answer, and says 304 without asking the store anything else
// where the client has that answer. The revision is read before the answer is
// made: an answer that a change overtakes is asked for once more than needed,
// never once less.
func (a *API) conditional(ctx huma.Context, next func(huma.Context)) {
	if volatile, _ := ctx.Operation().Metadata["volatile"].(bool); volatile {
		next(ctx)
		return
	}
	revision, err := a.Store.Revision(ctx.Context())
	if err != nil {
		a.refuse(ctx, err)
		return
	}
	sum := sha256.Sum256([]byte(a.Reader))
	tag := `W/"` + strconv.FormatInt(revision, 36) + "-" + hex.EncodeToString(sum[:6]) + `"`
	if matches(ctx.Header("If-None-Match"), tag) {
		ctx.SetHeader("ETag", tag)
		ctx.SetHeader("Cache-Control", cacheControl)
		ctx.SetStatus(http.StatusNotModified)
		return
	}
	next(huma.WithValue(ctx, tagKey{}, tag))
}

// refuse answers with an error's problem where no operation does.
func (a *API) refuse(ctx huma.Context, err error) {
	p, ok := a.fault(ctx.Context(), ctx.Operation().Path, err).(huma.StatusError)
	if !ok {
		p = huma.Error500InternalServerError("")
	}
	huma.WriteErr(a.huma, ctx, p.GetStatus(), p.Error())
}

// matches compares as RFC 9110 does for If-None-Match: weakly, any of a list.
// "*" is not looked into: nothing is known yet of whether there is an answer.
func matches(header, tag string) bool {
	for have := range strings.SplitSeq(header, ",") {
		if strings.TrimPrefix(strings.TrimSpace(have), "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}
