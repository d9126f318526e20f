package extract

// Source says where bytes come from, for the article and for errors.
type Source struct {
	Name        string // as shown in errors: a path, an address
	URL         string // where it was printed, if known
	ContentType string // as the server said, if it did
	Fetched     string // ISO 8601
}
