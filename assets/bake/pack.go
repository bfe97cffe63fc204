package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/andybalholm/brotli"

	"ionwake/assets/dist"
)

// hashDigits of a SHA-256 in a file name: enough to tell builds apart.
const hashDigits = 12

// pack writes the build, unless the one that is there is of the same bytes and
// packed as well or better. The manifest goes first and comes back last, so a
// build that was interrupted counts as no build.
func (b webBuild) pack(wasm, script []byte) (dist.Manifest, error) {
	wasmFile, scriptFile := describe("ionwake", ".wasm", wasm), describe("wasm_exec", ".js", script)
	old, err := dist.Read(os.DirFS(filepath.Dir(b.dir)))
	if err == nil && old.Wasm.SHA256 == wasmFile.SHA256 && old.Exec.SHA256 == scriptFile.SHA256 && old.Quality >= b.quality {
		fmt.Fprintf(b.out, "web: %s is unchanged\n", old.Wasm.Name)
		return old, b.tidy(old)
	}
	if err := empty(b.dir); err != nil {
		return dist.Manifest{}, fmt.Errorf("make room for the build: %w", err)
	}
	start := time.Now()
	m := dist.Manifest{Wasm: wasmFile, Exec: scriptFile, Quality: b.quality}
	if err := errors.Join(b.write(&m.Wasm, wasm), b.write(&m.Exec, script)); err != nil {
		return m, err
	}
	list, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return m, fmt.Errorf("list the build's files: %w", err)
	}
	if err := os.WriteFile(filepath.Join(b.dir, dist.ManifestName), append(list, '\n'), 0o644); err != nil {
		return m, fmt.Errorf("list the build's files: %w", err)
	}
	fmt.Fprintf(b.out, "web: %s  raw %s  brotli %s at quality %d  packed in %.1f s\n",
		m.Wasm.Name, megabytes(m.Wasm.Raw), megabytes(m.Wasm.Br), m.Quality, time.Since(start).Seconds())
	return m, nil
}

// tidy removes what does not belong to the build: all that lies in its folder ends up
// in every server.
func (b webBuild) tidy(m dist.Manifest) error {
	entries, err := os.ReadDir(b.dir)
	if err != nil {
		return fmt.Errorf("look through the build: %w", err)
	}
	for _, e := range entries {
		switch e.Name() {
		case dist.ManifestName, m.Wasm.BrName(), m.Exec.BrName():
			continue
		}
		if err := os.RemoveAll(filepath.Join(b.dir, e.Name())); err != nil {
			return fmt.Errorf("remove what does not belong to the build: %w", err)
		}
	}
	return nil
}

func describe(stem, ext string, content []byte) dist.File {
	sum := sha256.Sum256(content)
	hash := hex.EncodeToString(sum[:])
	return dist.File{Name: stem + "." + hash[:hashDigits] + ext, SHA256: hash, Raw: int64(len(content))}
}

// empty leaves dir there with nothing in it: only builds write there.
func empty(dir string) error {
	if err := os.Remove(filepath.Join(dir, dist.ManifestName)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	return os.MkdirAll(dir, 0o755)
}

// write packs content and notes the size in f.
func (b webBuild) write(f *dist.File, content []byte) error {
	var packed bytes.Buffer
	w := brotli.NewWriterOptions(&packed, brotli.WriterOptions{Quality: b.quality, LGWin: 24})
	if _, err := w.Write(content); err != nil {
		return fmt.Errorf("pack %s: %w", f.Name, err)
	}
	if err := w.Close(); err != nil {
		return fmt.Errorf("pack %s: %w", f.Name, err)
	}
	if err := os.WriteFile(filepath.Join(b.dir, f.BrName()), packed.Bytes(), 0o644); err != nil {
		return fmt.Errorf("write the build: %w", err)
	}
	f.Br = int64(packed.Len())
	return nil
}
