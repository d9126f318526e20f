package api

import (
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// nameOf names the schema of a type, where two packages call theirs the same.
func nameOf(t reflect.Type, hint string) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch pkg := t.PkgPath(); {
	case t.Name() == "Value" && strings.HasSuffix(pkg, "/escalation"):
		return "Intensity"
	case t.Name() == "Article" && pkg == "isnad":
		return "FullArticle"
	case t.Name() == "ErrorModel":
		return "Problem"
	case t.Name() == "ErrorDetail":
		return "ProblemDetail"
	}
	return huma.DefaultSchemaNamer(t, hint)
}

func describe(*huma.OpenAPI) {}
