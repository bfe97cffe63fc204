package admin

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"ionwake/server/durable"
)

// Grant is what a secret stands for.
type Grant struct {
	Role  Role      `json:"role"`
	Name  string    `json:"name"` // of who has it, as the audit tells it
	Until time.Time `json:"until"`

	Began time.Time `json:"began,omitzero"` // of a session
	Page  string    `json:"page,omitempty"` // of a browser's session: hash of the half that only its page knows
}

const (
	tokenFolder   = "tokens"
	linkEnding    = ".link"
	sessionEnding = ".session"
	secretSize    = 32 // bytes, by chance: nobody guesses one

	// LinkLife is how long a link is good by default.
	LinkLife = 24 * time.Hour
	// MaxLinkLife is how long a link may be good.
	MaxLinkLife = 30 * 24 * time.Hour

	sessionLife = 14 * 24 * time.Hour
	maxSessions = 256
	maxWho      = 40 // bytes of a Grant's name
)

var (
	errNoLink   = errors.New("this link has been used, is too old, or was never one: ask for a new one")
	errSessions = errors.New("too many people are signed in: sign somebody out")
)

// vault keeps who may sign in and who has. It has no secret, only hashes of them: in
// files in the data folder, so that a restart signs nobody out, or in memory.
type vault struct {
	dir string // "": memory
	now func() time.Time

	mu       sync.Mutex
	links    map[string]Grant // of a vault in memory, by hash
	sessions map[string]Grant // by hash
}

// NewLink makes a secret by which one person can sign in to the server whose data is
// in the folder data, once, until g.Until. The server need not run. The secret comes
// after the # of the address of the host's page.
func NewLink(data string, g Grant) (secret string, err error) {
	v := &vault{dir: filepath.Join(data, tokenFolder)}
	if err := os.MkdirAll(v.dir, 0o700); err != nil {
		return "", fmt.Errorf("make the folder of tokens: %w", err)
	}
	return v.link(g)
}

// openVault opens the vault in a data folder, or one in memory without a folder.
func openVault(data string, now func() time.Time) (*vault, error) {
	v := &vault{now: now, links: make(map[string]Grant), sessions: make(map[string]Grant)}
	if data == "" {
		return v, nil
	}
	v.dir = filepath.Join(data, tokenFolder)
	if err := os.MkdirAll(v.dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of tokens: %w", err)
	}
	return v, v.sweep()
}

// sweep takes up the sessions in the folder and removes what is over.
func (v *vault) sweep() error {
	if v.dir == "" {
		return nil
	}
	files, err := os.ReadDir(v.dir)
	if err != nil {
		return fmt.Errorf("read the folder of tokens: %w", err)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, f := range files {
		hash, session := strings.CutSuffix(f.Name(), sessionEnding)
		if !session && !strings.HasSuffix(f.Name(), linkEnding) {
			continue
		}
		g, err := v.read(f.Name())
		if err != nil || !v.now().Before(g.Until) {
			_ = os.Remove(filepath.Join(v.dir, f.Name())) // what cannot be read opens nothing
			delete(v.sessions, hash)
			continue
		}
		if session && len(v.sessions) < maxSessions {
			v.sessions[hash] = g
		}
	}
	return nil
}

// newSecret returns a secret and its hash.
func newSecret() (secret, hash string) {
	raw := make([]byte, secretSize)
	_, _ = rand.Read(raw) // never fails (crypto/rand)
	secret = base64.RawURLEncoding.EncodeToString(raw)
	return secret, hashOf(secret)
}

func hashOf(secret string) string {
	sum := sha256.Sum256([]byte("ionwake host " + secret))
	return hex.EncodeToString(sum[:])
}

func (v *vault) link(g Grant) (secret string, err error) {
	if g.Name = clean(g.Name, maxWho); g.Name == "" {
		g.Name = g.Role.String()
	}
	secret, hash := newSecret()
	if v.dir != "" {
		return secret, v.write(hash+linkEnding, g)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.links[hash] = g
	return secret, nil
}

// redeem uses a link up. Of several that come at once one wins: who removes the file.
func (v *vault) redeem(secret string) (Grant, error) {
	hash := hashOf(secret)
	v.mu.Lock()
	defer v.mu.Unlock()
	g, ok := v.links[hash]
	delete(v.links, hash)
	if v.dir != "" {
		var err error
		if g, err = v.read(hash + linkEnding); errors.Is(err, fs.ErrNotExist) {
			return Grant{}, errNoLink
		} else if err != nil {
			return Grant{}, err
		}
		ok = os.Remove(filepath.Join(v.dir, hash+linkEnding)) == nil
	}
	if !ok || g.Role == Nobody || !v.now().Before(g.Until) {
		return Grant{}, errNoLink
	}
	return g, nil
}

// open begins a session of who has g. A browser's session has a second secret, which
// its page keeps: cookies go to every port of a machine, what a page keeps does not.
func (v *vault) open(g Grant, browser bool) (secret, page string, err error) {
	g.Began, g.Until = v.now(), v.now().Add(sessionLife)
	if browser {
		page, g.Page = newSecret()
	}
	secret, hash := newSecret()
	v.mu.Lock()
	defer v.mu.Unlock()
	if len(v.sessions) >= maxSessions {
		return "", "", errSessions
	}
	if v.dir != "" {
		if err := v.write(hash+sessionEnding, g); err != nil {
			return "", "", err
		}
	}
	v.sessions[hash] = g
	return secret, page, nil
}

// session returns what the secrets of a session stand for.
func (v *vault) session(secret, page string) (Grant, bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	// Looked up by its hash: how long that takes says nothing about the secret.
	g, ok := v.sessions[hashOf(secret)]
	if !ok || !v.now().Before(g.Until) || g.Page != "" && g.Page != hashOf(page) {
		return Grant{}, false
	}
	return g, true
}

// end ends a session by its hash, and reports whether there was one.
func (v *vault) end(hash string) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	_, ok := v.sessions[hash]
	delete(v.sessions, hash)
	if ok && v.dir != "" {
		_ = os.Remove(filepath.Join(v.dir, hash+sessionEnding))
	}
	return ok
}

// list returns the sessions there are, by their hashes.
func (v *vault) list() map[string]Grant {
	v.mu.Lock()
	defer v.mu.Unlock()
	all := make(map[string]Grant, len(v.sessions))
	for hash, g := range v.sessions {
		if v.now().Before(g.Until) {
			all[hash] = g
		}
	}
	return all
}

func (v *vault) read(name string) (g Grant, err error) {
	text, err := os.ReadFile(filepath.Join(v.dir, name))
	if err != nil {
		return g, fmt.Errorf("read a token: %w", err)
	}
	if err := json.Unmarshal(text, &g); err != nil {
		return g, fmt.Errorf("read the token %s: %w", name, err)
	}
	return g, nil
}

// write puts a file into place whole or not at all.
func (v *vault) write(name string, g Grant) error {
	text, err := json.Marshal(g)
	if err != nil {
		return fmt.Errorf("word a token: %w", err)
	}
	if err := durable.Replace(filepath.Join(v.dir, name), append(text, '\n')); err != nil {
		return fmt.Errorf("keep a token: %w", err)
	}
	return nil
}
