package admin

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// clock is a time that a test turns.
type clock struct{ at atomic.Int64 }

func newClock() *clock {
	c := &clock{}
	c.at.Store(noon.UnixNano())
	return c
}

func (c *clock) now() time.Time       { return time.Unix(0, c.at.Load()).UTC() }
func (c *clock) turn(d time.Duration) { c.at.Add(int64(d)) }

func vaultIn(t *testing.T, dir string, c *clock) *vault {
	t.Helper()
	v, err := openVault(dir, c.now)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// eachVault runs a test with a vault in memory and with one in a folder.
func eachVault(t *testing.T, f func(t *testing.T, dir string)) {
	t.Run("memory", func(t *testing.T) { f(t, "") })
	t.Run("folder", func(t *testing.T) { f(t, t.TempDir()) })
}

func TestLinkIsGoodOnce(t *testing.T) {
	eachVault(t, func(t *testing.T, dir string) {
		c := newClock()
		v := vaultIn(t, dir, c)
		secret, err := v.link(Grant{Role: Moderator, Name: " Mia\u202e\n", Until: noon.Add(time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := v.redeem(secret + "x"); err == nil {
			t.Error("another secret opens")
		}
		if g, err := v.redeem(secret); err != nil || g.Role != Moderator || g.Name != "Mia" {
			t.Errorf("got %+v, %v", g, err)
		}
		if _, err := v.redeem(secret); err == nil {
			t.Error("a link is good twice")
		}
		old, err := v.link(Grant{Role: Host, Until: noon.Add(time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		c.turn(time.Hour)
		if _, err := v.redeem(old); err == nil {
			t.Error("a link does not get old")
		}
		if _, err := v.redeem(""); err == nil {
			t.Error("nothing opens")
		}
	})
}

func TestOfManyWithOneLinkOneGetsIn(t *testing.T) {
	dir := t.TempDir()
	secret, err := NewLink(dir, Grant{Role: Host, Until: noon.Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	// Each is a server of its own, as far as locks go.
	var in atomic.Int64
	var all sync.WaitGroup
	for range 8 {
		v := vaultIn(t, dir, newClock())
		all.Go(func() {
			if _, err := v.redeem(secret); err == nil {
				in.Add(1)
			}
		})
	}
	all.Wait()
	if in.Load() != 1 {
		t.Errorf("%d got in", in.Load())
	}
}

func TestSessionHasTwoHalves(t *testing.T) {
	eachVault(t, func(t *testing.T, dir string) {
		c := newClock()
		v := vaultIn(t, dir, c)
		secret, page, err := v.open(Grant{Role: Helper, Name: "Hal"}, true)
		if err != nil {
			t.Fatal(err)
		}
		for _, try := range []struct {
			secret, page string
			want         bool
		}{{secret, page, true}, {secret, "", false}, {secret, secret, false}, {page, page, false}, {"", page, false}, {"", "", false}} {
			if g, ok := v.session(try.secret, try.page); ok != try.want || ok && (g.Role != Helper || g.Name != "Hal") {
				t.Errorf("%v: got %+v, %v", try, g, ok)
			}
		}
		c.turn(sessionLife)
		if _, ok := v.session(secret, page); ok {
			t.Error("a session lasts for ever")
		}
	})
}

func TestSessionOutlivesTheServer(t *testing.T) {
	dir, c := t.TempDir(), newClock()
	v := vaultIn(t, dir, c)
	secret, page, _ := v.open(Grant{Role: Host, Name: "Ann"}, true)
	bearer, _, _ := v.open(Grant{Role: Host, Name: "Script"}, false)
	broken := filepath.Join(dir, tokenFolder, strings.Repeat("0", 64)+sessionEnding)
	if err := os.WriteFile(broken, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	v = vaultIn(t, dir, c)
	if _, ok := v.session(secret, page); !ok {
		t.Error("signed out by a restart")
	}
	if _, ok := v.session(bearer, ""); !ok || len(v.list()) != 2 {
		t.Errorf("of a program: %v, %d sessions", ok, len(v.list()))
	}
	if _, err := os.Stat(broken); err == nil {
		t.Error("what cannot be read stays")
	}
	v.end(hashOf(secret))
	if _, ok := v.session(secret, page); ok {
		t.Error("still signed in")
	}
	if _, ok := vaultIn(t, dir, c).session(secret, page); ok {
		t.Error("signed in again by a restart")
	}
	c.turn(sessionLife)
	if v = vaultIn(t, dir, c); len(v.list()) != 0 {
		t.Error("old sessions stay")
	}
	if files, _ := os.ReadDir(filepath.Join(dir, tokenFolder)); len(files) != 0 {
		t.Errorf("%d old files stay", len(files))
	}
}

// Who reads the data folder cannot sign in by what is there.
func TestSecretsAreNotKept(t *testing.T) {
	dir := t.TempDir()
	link, _ := NewLink(dir, Grant{Role: Host, Until: noon.Add(time.Hour)})
	v := vaultIn(t, dir, newClock())
	secret, page, _ := v.open(Grant{Role: Host}, true)
	files, err := os.ReadDir(filepath.Join(dir, tokenFolder))
	if err != nil || len(files) != 2 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, f := range files {
		text, err := os.ReadFile(filepath.Join(dir, tokenFolder, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range []string{link, secret, page} {
			if bytes.Contains(text, []byte(s)) || strings.Contains(f.Name(), s) {
				t.Errorf("a secret is in %s", f.Name())
			}
		}
		if info, err := f.Info(); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", f.Name(), info.Mode(), err)
		}
	}
	if len(link) < 43 || link == secret || secret == page {
		t.Errorf("secrets %q, %q, %q", link, secret, page)
	}
}

func TestRoles(t *testing.T) {
	for _, r := range []Role{Helper, Moderator, Host} {
		if got, err := ParseRole(r.String()); err != nil || got != r {
			t.Errorf("%v: got %v, %v", r, got, err)
		}
	}
	for _, text := range []string{"", "nobody", "Admin", "root"} {
		if r, err := ParseRole(text); err == nil {
			t.Errorf("%q is the role %v", text, r)
		}
	}
}
