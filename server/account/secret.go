package account

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"ionwake/server/durable"
)

const (
	// secretName is the file in the data folder that turns devices into persons.
	secretName = "account.secret"
	// MinSecret is how long a secret has to be, in bytes.
	MinSecret = 32
)

// readSecret returns the secret in folder, or ErrNoSecret.
func readSecret(folder string) ([]byte, error) {
	path := filepath.Join(folder, secretName)
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errNoSecret
	}
	if err != nil {
		return nil, fmt.Errorf("look at the secret: %w", err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("%s can be read by others (mode %04o): run chmod 600 %s", path, info.Mode().Perm(), path)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the secret: %w", err)
	}
	secret, err := hex.DecodeString(strings.TrimSpace(string(b)))
	if err != nil || len(secret) < MinSecret {
		return nil, fmt.Errorf("%s has to have at least %d hexadecimal digits, as from: openssl rand -hex %d", path, 2*MinSecret, MinSecret)
	}
	return secret, nil
}

var errNoSecret = errors.New("there is no secret yet")

// makeSecret writes a secret to folder: the given one, or by chance if it is nil.
func makeSecret(folder string, secret []byte) ([]byte, error) {
	if secret == nil {
		secret = make([]byte, MinSecret)
		_, _ = rand.Read(secret) // never fails (crypto/rand)
	}
	path := filepath.Join(folder, secretName)
	if err := durable.Replace(path, []byte(hex.EncodeToString(secret)+"\n")); err != nil {
		return nil, fmt.Errorf("write the secret: %w", err)
	}
	return secret, nil
}

// fingerprint says which secret it is without saying it.
func fingerprint(secret []byte) string {
	sum := sha256.Sum256(append([]byte("ionwake secret"), secret...))
	return hex.EncodeToString(sum[:8])
}
