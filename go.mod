module isnad

go 1.26.0

require (
	github.com/gogs/chardet v0.0.0-20211120154057-b7413eaefb8f
	github.com/hablullah/go-hijri v1.0.2
	github.com/kljensen/snowball v0.10.0
	golang.org/x/net v0.62.0
	golang.org/x/text v0.44.0
)

require github.com/hablullah/go-juliandays v1.0.0 // indirect
