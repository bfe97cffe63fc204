package page

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"strings"

	"ionwake/assets/dist"
)

// builder turns the files of web into assets, once, when the server starts.
type builder struct {
	web    fs.FS
	files  map[string]*asset
	hashed map[string]string // plain name of a static file -> its name with hash
}

// client is what the templates are filled with.
type client struct {
	Name string
	// Wasm and Exec are the built client's file names, empty without a build;
	// Size is Wasm's length in bytes after unpacking.
	Wasm, Exec string
	Size       int64
}

// contentTypes has every kind of file the page consists of: the table of the
// operating system is not asked, because it differs from host to host.
var contentTypes = map[string]string{
	".css":         "text/css; charset=utf-8",
	".html":        "text/html; charset=utf-8",
	".js":          "text/javascript; charset=utf-8",
	".png":         "image/png",
	".svg":         "image/svg+xml",
	".wasm":        "application/wasm",
	".webmanifest": "application/manifest+json",
}

// addStatic serves each file beside index.html twice: under its name with a
// hash, kept for ever, and under its plain name, asked for again each time,
// for what cannot know the hash (the icon inside the web app's manifest).
func (b *builder) addStatic() error {
	entries, err := fs.ReadDir(b.web, ".")
	if err != nil {
		return fmt.Errorf("list its files: %w", err)
	}
	for _, e := range entries {
		name := e.Name()
		kind, known := contentTypes[path.Ext(name)]
		if e.IsDir() || !known || path.Ext(name) == ".html" {
			continue
		}
		plain, err := fs.ReadFile(b.web, name)
		if err != nil {
			return fmt.Errorf("read one of its files: %w", err)
		}
		kept, err := packed(plain, kind, cacheForever)
		if err != nil {
			return fmt.Errorf("pack %s: %w", name, err)
		}
		asked := *kept
		asked.cache = cacheAskAgain
		b.hashed[name] = withHash(name, plain)
		b.files[b.hashed[name]] = kept
		b.files[name] = &asked
	}
	return nil
}

// addSound serves the packs of sounds as they are: they are compressed already.
func (b *builder) addSound(packs fs.FS) error {
	if packs == nil {
		return nil
	}
	names, err := fs.Glob(packs, "*.pack")
	if err != nil {
		return fmt.Errorf("list its sounds: %w", err)
	}
	for _, name := range names {
		plain, err := fs.ReadFile(packs, name)
		if err != nil {
			return fmt.Errorf("read its sounds: %w", err)
		}
		b.hashed[name] = withHash(name, plain)
		b.files[b.hashed[name]] = &asset{
			contentType: "application/octet-stream",
			cache:       cacheForever,
			tag:         digest(plain),
			plainSize:   int64(len(plain)),
			plain:       form{size: int64(len(plain)), open: func() (io.ReadCloser, error) { return packs.Open(name) }},
		}
	}
	return nil
}

// addClient serves the built client, and returns an empty one if there is none.
func (b *builder) addClient() (client, error) {
	m, err := dist.Read(b.web)
	if errors.Is(err, dist.ErrNotBuilt) {
		return client{}, nil
	}
	if err != nil {
		return client{}, err
	}
	for _, f := range []dist.File{m.Wasm, m.Exec} {
		kind, known := contentTypes[path.Ext(f.Name)]
		if !known {
			return client{}, fmt.Errorf("the built client has a file of no known kind: %s", f.Name)
		}
		b.files[f.Name] = &asset{
			contentType: kind,
			cache:       cacheForever,
			tag:         f.SHA256[:min(tagLength, len(f.SHA256))],
			plainSize:   f.Raw,
			br:          b.distForm(f.BrName(), f.Br),
			gz:          b.distForm(f.GzName(), f.Gz),
		}
	}
	return client{Wasm: m.Wasm.Name, Exec: m.Exec.Name, Size: m.Wasm.Raw}, nil
}

// distForm is read from the built-in files for each request: megabytes that
// are in the program already need no second copy on the heap.
func (b *builder) distForm(name string, size int64) form {
	return form{size: size, open: func() (io.ReadCloser, error) { return b.web.Open(dist.Dir + "/" + name) }}
}

// render fills a template. Its function file gives the name with hash of a
// static file, so a page that names a missing one fails here and not in a
// player's browser. Its function sound gives that of a pack, or nothing: a game
// without sounds is still one.
func (b *builder) render(name string, c client) (*asset, error) {
	text, err := fs.ReadFile(b.web, name)
	if err != nil {
		return nil, fmt.Errorf("read its text: %w", err)
	}
	named := template.FuncMap{"file": func(plain string) (string, error) {
		hashed, ok := b.hashed[plain]
		if !ok {
			return "", fmt.Errorf("there is no file %s", plain)
		}
		return hashed, nil
	}, "sound": func(plain string) string { return b.hashed[plain] }}
	t, err := template.New(name).Funcs(named).Parse(string(text))
	if err != nil {
		return nil, fmt.Errorf("parse its text: %w", err)
	}
	var filled bytes.Buffer
	if err := t.Execute(&filled, c); err != nil {
		return nil, fmt.Errorf("fill in its text: %w", err)
	}
	return packed(filled.Bytes(), contentTypes[path.Ext(name)], cacheNever)
}

// tagLength is how many hexadecimal digits of a SHA-256 stand in names and
// tags: 48 bits tell the few files of a page apart for longer than anybody
// builds them.
const tagLength = 12

func digest(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])[:tagLength]
}

func withHash(name string, content []byte) string {
	ext := path.Ext(name)
	return strings.TrimSuffix(name, ext) + "." + digest(content) + ext
}
