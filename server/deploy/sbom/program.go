package main

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
)

// program is what is known of one program.
type program struct {
	name    string
	version string // of ours
	golang  string // Go release without "go"
	sha256  string // hexadecimal; "" of what is inside another
	modules []module
}

// module is a library of a program, as go.mod names it.
type module struct{ path, version, sum string }

// read reads a program's own notes.
func read(path string) (program, error) {
	info, err := buildinfo.ReadFile(path)
	if err != nil {
		return program{}, fmt.Errorf("read what is in %s: %w", path, err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return program{}, fmt.Errorf("read a program: %w", err)
	}
	sum := sha256.Sum256(content)
	p := program{
		name: filepath.Base(path), version: info.Main.Version,
		golang: trimGo(info.GoVersion), sha256: hex.EncodeToString(sum[:]),
	}
	for _, m := range info.Deps {
		p.add(m)
	}
	return p, nil
}

func (p *program) add(m *debug.Module) {
	if m.Replace != nil {
		m = m.Replace
	}
	p.modules = append(p.modules, module{m.Path, m.Version, m.Sum})
}

// readWeb finds the modules of a package when it is built for browsers, whose programs
// have no notes that could be read.
func readWeb(pkg string) (program, error) {
	list := exec.Command("go", "list", "-deps", "-json=Module", pkg)
	list.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	list.Stderr = os.Stderr
	out, err := list.Output()
	if err != nil {
		return program{}, fmt.Errorf("list what is in %s: %w", pkg, err)
	}
	p := program{name: "ionwake.wasm", golang: trimGo(runtime.Version())}
	seen := map[string]bool{}
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var entry struct {
			Module *struct {
				Path, Version, Sum string
				Main               bool
			}
		}
		if err := decoder.Decode(&entry); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return program{}, fmt.Errorf("list what is in %s: %w", pkg, err)
		}
		if m := entry.Module; m != nil && !m.Main && !seen[m.Path] {
			seen[m.Path] = true
			p.modules = append(p.modules, module{m.Path, m.Version, m.Sum})
		}
	}
	slices.SortFunc(p.modules, compare)
	return p, nil
}

func compare(a, b module) int {
	return cmp.Or(cmp.Compare(a.path, b.path), cmp.Compare(a.version, b.version))
}

// trimGo makes 1.26.8 of go1.26.8.
func trimGo(version string) string {
	if len(version) > 2 && version[:2] == "go" {
		return version[2:]
	}
	return version
}

// union is all modules of all programs, each once, in order.
func union(all []program) []module {
	var list []module
	for _, p := range all {
		list = append(list, p.modules...)
	}
	slices.SortFunc(list, compare)
	return slices.CompactFunc(list, func(a, b module) bool { return compare(a, b) == 0 })
}
