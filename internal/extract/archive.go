package extract

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// zip reads an archive entry by entry, in order of names. A zip file's
// directory stands at its end, so an archive that is not a file (standard
// input, an archive in an archive) is first held whole, up to the page limit
// in memory and beyond that in a temporary file.
func (r *Reader) zip(src Source, in io.Reader, br *bufio.Reader, s sink, depth int) error {
	if depth >= r.opt.Limits.Depth {
		return fmt.Errorf("read %s: %w: archives more than %d deep; unpack them first", src.Name, ErrTooLarge, r.opt.Limits.Depth)
	}
	at, size, done, err := r.readerAt(in, br)
	if err != nil {
		return readError(src.Name, err)
	}
	defer done()
	z, err := zip.NewReader(at, size)
	if err != nil {
		return fmt.Errorf("read %s: %w: a damaged zip archive (%v); get it again", src.Name, ErrFormat, err)
	}
	if len(z.File) > r.opt.Limits.Entries {
		return fmt.Errorf("read %s: %w: an archive of %d entries, over the limit of %d; split it", src.Name, ErrTooLarge, len(z.File), r.opt.Limits.Entries)
	}
	files := slices.Clone(z.File)
	slices.SortStableFunc(files, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	n := 0
	for _, f := range files {
		base := f.Name[strings.LastIndexByte(f.Name, '/')+1:]
		if base == "" || base[0] == '.' || strings.HasPrefix(f.Name, "__MACOSX/") { // folders, and what macOS adds
			continue
		}
		n++
		if err := s.end(r.entry(src, f, s, depth)); err != nil {
			return stop{err}
		}
	}
	if n == 0 {
		return fmt.Errorf("read %s: %w: no files in the archive; give one with articles", src.Name, ErrEmpty)
	}
	return nil
}

func (r *Reader) entry(src Source, f *zip.File, s sink, depth int) error {
	name := src.Name + ": " + cut(clean(strings.ToValidUTF8(f.Name, "\ufffd")), 200)
	if f.Flags&1 != 0 {
		return fmt.Errorf("read %s: %w: encrypted; unpack it first", name, ErrFormat)
	}
	in, err := f.Open()
	if err != nil {
		return fmt.Errorf("read %s: %w: damaged (%v); get the archive again", name, ErrFormat, err)
	}
	defer in.Close()
	b := &bomb{in: in, packed: int64(f.CompressedSize64), limits: r.opt.Limits}
	err = r.stream(Source{Name: name, Fetched: src.Fetched}, b, s, depth+1)
	if err != nil && !errors.Is(err, ErrTooLarge) && (errors.Is(err, zip.ErrChecksum) || errors.Is(err, zip.ErrFormat)) {
		return fmt.Errorf("read %s: %w: damaged (%v); get the archive again", name, ErrFormat, err)
	}
	return err
}

// gzip reads one packed input.
func (r *Reader) gzip(src Source, br *bufio.Reader, s sink, depth int) error {
	if depth >= r.opt.Limits.Depth {
		return fmt.Errorf("read %s: %w: archives more than %d deep; unpack them first", src.Name, ErrTooLarge, r.opt.Limits.Depth)
	}
	c := &counter{r: br}
	z, err := gzip.NewReader(c)
	if err != nil {
		return readError(src.Name, err)
	}
	return r.stream(src, &bomb{in: z, counted: c, limits: r.opt.Limits}, s, depth+1)
}

type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// bomb stops an unpacking that grows beyond any text: a zip bomb packs 1,000
// to 1 and more in one layer (deflate's limit is 1,032), Arabic JSON 4 to 1,
// a table of repeated rows perhaps 50 to 1.
type bomb struct {
	in      io.Reader
	packed  int64    // size in the archive, or
	counted *counter // bytes taken so far
	out     int64
	limits  Limits
}

func (b *bomb) Read(p []byte) (int, error) {
	n, err := b.in.Read(p)
	b.out += int64(n)
	packed := b.packed
	if b.counted != nil {
		packed = b.counted.n
	}
	if b.out > b.limits.Entry {
		return 0, fmt.Errorf("%w: unpacks to more than %s; split it", ErrTooLarge, mib(b.limits.Entry))
	}
	if b.out > 1<<20 && b.out > b.limits.Ratio*max(packed, 1) {
		return 0, fmt.Errorf("%w: unpacks to more than %d times its size, as no text does; unpack it by hand if you trust it", ErrTooLarge, b.limits.Ratio)
	}
	return n, err
}

// readerAt gives random access to an archive: the file itself, or a copy.
func (r *Reader) readerAt(in io.Reader, br *bufio.Reader) (io.ReaderAt, int64, func(), error) {
	nothing := func() {}
	switch in := in.(type) {
	case *os.File:
		if info, err := in.Stat(); err == nil && info.Mode().IsRegular() {
			return in, info.Size(), nothing, nil
		}
	case *bytes.Reader:
		return in, in.Size(), nothing, nil
	}
	data, err := io.ReadAll(io.LimitReader(br, r.opt.Limits.Page))
	if err != nil {
		return nil, 0, nothing, err
	}
	if int64(len(data)) < r.opt.Limits.Page {
		return bytes.NewReader(data), int64(len(data)), nothing, nil
	}
	f, err := os.CreateTemp("", "isnad-*.zip")
	if err != nil {
		return nil, 0, nothing, err
	}
	done := func() { f.Close(); os.Remove(f.Name()) }
	n, err := io.Copy(f, io.MultiReader(bytes.NewReader(data), io.LimitReader(br, r.opt.Limits.Entry)))
	if err != nil {
		done()
		return nil, 0, nothing, err
	}
	return f, n, done, nil
}
