//go:build !js

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ionwake/client/identity"
	"ionwake/client/session"
)

// atHome gives the test a user of its own.
func atHome(t *testing.T) (home string) {
	t.Helper()
	home = t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	t.Setenv("XDG_DATA_HOME", filepath.Join(home, "data"))
	return home
}

// TestDeviceIsKept makes a device's key once, finds it again, and keeps another one in
// its place.
func TestDeviceIsKept(t *testing.T) {
	atHome(t)
	first, err := deviceKey()
	if err != nil || len(first) != identity.KeySize {
		t.Fatalf("%x, %v", first, err)
	}
	if again, err := deviceKey(); err != nil || !bytes.Equal(again, first) {
		t.Errorf("then %x, %v; it was %x", again, err, first)
	}
	p := newPlay("ws://127.0.0.1:9/play", session.Config{Device: first})
	id := newIdentity(p, loadFile)
	before := p.DeviceAt("ws://one.example/play")
	other := bytes.Repeat([]byte{5}, identity.KeySize)
	if err := id.Be(other); err != nil {
		t.Fatal(err)
	}
	if kept, err := deviceKey(); err != nil || !bytes.Equal(kept, other) || !bytes.Equal(id.Key(), other) {
		t.Errorf("kept is %x, %v; the page has %x", kept, err, id.Key())
	}
	if now := p.DeviceAt("ws://one.example/play"); bytes.Equal(now, before) {
		t.Error("servers are told the former device")
	}
}

// TestDeviceThatCannotBeKept plays all the same, as somebody new.
func TestDeviceThatCannotBeKept(t *testing.T) {
	home := atHome(t)
	if err := os.WriteFile(filepath.Join(home, "data"), nil, 0o600); err != nil { // where a folder should be
		t.Fatal(err)
	}
	key, err := deviceKey()
	if err == nil || len(key) != identity.KeySize {
		t.Errorf("%x, %v", key, err)
	}
}

// TestIdentityFile saves the key where only its owner reads it, and reads it back.
func TestIdentityFile(t *testing.T) {
	home := atHome(t)
	if _, err := loadFile(identityFile); err == nil {
		t.Error("there is a file already")
	}
	key := bytes.Repeat([]byte{7}, identity.KeySize)
	if err := os.WriteFile(filepath.Join(home, identityFile), []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	where, err := saveFile(identityFile, identity.File(key))
	if err != nil || !strings.HasPrefix(where, home) {
		t.Fatalf("%q, %v", where, err)
	}
	if info, err := os.Stat(where); err != nil || info.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/' {
		t.Errorf("others may read it: %v, %v", info.Mode(), err)
	}
	text, err := loadFile(identityFile)
	if got, wrong := identity.Parse(text); err != nil || wrong != nil || !bytes.Equal(got, key) {
		t.Errorf("%q, %v, %v", text, err, wrong)
	}
}
