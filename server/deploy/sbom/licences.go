package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// licenceFile is how files are named that say under which terms a module is given.
var licenceFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents|unlicense)([-._].*)?$`)

// licencesOf writes the terms of ours, of Go and of every module: most ask for that
// wherever their program goes.
func licencesOf(w io.Writer, all []program) error {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return fmt.Errorf("ask for Go's folder: %w", err)
	}
	if err := terms(w, "Ionwake", "."); err != nil {
		return err
	}
	if err := terms(w, "The fonts (assets/fonts)", filepath.Join("assets", "fonts")); err != nil {
		return err
	}
	if err := terms(w, "Go and its standard library", strings.TrimSpace(string(root))); err != nil {
		return err
	}
	modules := union(all)
	folders, err := foldersOf(modules)
	if err != nil {
		return err
	}
	for _, m := range modules {
		if err := terms(w, m.path+" "+m.version, folders[m.path]); err != nil {
			return err
		}
	}
	return nil
}

// foldersOf finds where the modules' sources are, which were there for the build.
func foldersOf(modules []module) (map[string]string, error) {
	args := []string{"list", "-m", "-json=Path,Dir"}
	for _, m := range modules {
		args = append(args, m.path)
	}
	list := exec.Command("go", args...)
	list.Stderr = os.Stderr
	out, err := list.Output()
	if err != nil {
		return nil, fmt.Errorf("ask for the modules' folders: %w", err)
	}
	folders := map[string]string{}
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var m struct{ Path, Dir string }
		if err := decoder.Decode(&m); errors.Is(err, io.EOF) {
			return folders, nil
		} else if err != nil {
			return nil, fmt.Errorf("ask for the modules' folders: %w", err)
		}
		folders[m.Path] = m.Dir
	}
}

// terms writes the files of dir that are about licences. That there is none is an error:
// what nobody has allowed is not released.
func terms(w io.Writer, name, dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("look for the licence of %s: %w", name, err)
	}
	entries = slices.DeleteFunc(entries, func(e os.DirEntry) bool {
		name := e.Name()
		return e.IsDir() || filepath.Ext(name) == ".go" || !licenceFile.MatchString(name) && name != "OFL.txt"
	})
	if len(entries) == 0 {
		return fmt.Errorf("%s says nothing of its licence in %s", name, dir)
	}
	fmt.Fprintf(w, "%s\n%s\n", name, strings.Repeat("=", len(name)))
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return fmt.Errorf("read the licence of %s: %w", name, err)
		}
		fmt.Fprintf(w, "\n%s\n\n", strings.TrimRight(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n"))
	}
	_, err = fmt.Fprintln(w)
	return err
}
