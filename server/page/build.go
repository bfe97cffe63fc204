package page

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"html"
	"io"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"

	"ionwake/assets/dist"
)

// builder turns the files of web into assets, once, when the server starts.
type builder struct {
	web    fs.FS
	files  map[string]*asset
	hashed map[string]string // plain name of a static file -> its name with hash
}

// client is what pages are filled with.
type client struct {
	Name string // of the server
	// Wasm and Exec are the built client's file names, empty without a build;
	// Size is Wasm's length in bytes after unpacking.
	Wasm, Exec string
	Size       int64
}

// title is that of the window.
func (c client) title() string {
	if c.Name == "" || c.Name == "Ionwake" {
		return "Ionwake"
	}
	return c.Name + " · Ionwake"
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
		kept, err := small(plain, kind, cacheForever)
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
		pack := form{size: int64(len(plain)), open: func() (io.ReadCloser, error) { return packs.Open(name) }}
		b.files[b.hashed[name]] = asItIs(pack, digest(plain), "application/octet-stream", cacheForever)
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
		// Read from the built-in files for each request: megabytes that are in the
		// program already need no second copy on the heap.
		kept := form{size: f.Br, open: func() (io.ReadCloser, error) { return b.web.Open(dist.Dir + "/" + f.BrName()) }}
		b.files[f.Name] = packed(kept, f.Raw, f.SHA256[:min(tagLength, len(f.SHA256))], kind, cacheForever)
	}
	return client{Wasm: m.Wasm.Name, Exec: m.Exec.Name, Size: m.Wasm.Raw}, nil
}

// render fills in a page: ${title} is the window's title, ${wasm}, ${size} and ${exec}
// are the built client's, ${file NAME} the name with hash of a static file and
// ${sound NAME} that of a pack, or nothing, since a game without sounds is still one.
// A page that asks for something else or for a missing file fails here and not in a
// player's browser.
func (b *builder) render(name string, c client) (*asset, error) {
	text, err := fs.ReadFile(b.web, name)
	if err != nil {
		return nil, fmt.Errorf("read its text: %w", err)
	}
	values := map[string]string{"title": c.title(), "wasm": c.Wasm, "exec": c.Exec, "size": strconv.FormatInt(c.Size, 10)}
	var missing []string
	filled := os.Expand(string(text), func(asked string) string {
		kind, plain, _ := strings.Cut(asked, " ")
		value, ok := values[asked]
		switch kind {
		case "file":
			value, ok = b.hashed[plain]
		case "sound":
			value, ok = b.hashed[plain], true
		}
		if !ok {
			missing = append(missing, asked)
		}
		return html.EscapeString(value)
	})
	if len(missing) > 0 {
		return nil, fmt.Errorf("fill in %s: there is no %q", name, missing)
	}
	return small([]byte(filled), contentTypes[path.Ext(name)], cacheNever)
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
