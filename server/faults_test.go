package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// series are the rows that faults has, by letter: H handshake and identity, F
// frames, B protobuf, G game protocol and cheating, R resources and faults of the
// server, N network, O mistakes of hosts, C hostile servers.
var series = []struct {
	letter string
	rows   int
}{{"H", 21}, {"F", 22}, {"B", 14}, {"G", 24}, {"R", 28}, {"N", 16}, {"O", 11}, {"C", 12}}

// TestFaults keeps the table and the tests together: every row has a test or says
// why not, every test that is named exists, and every test named after a row has
// that row. With -v it prints which test is for which row.
func TestFaults(t *testing.T) {
	tests := testsInTheTree(t)
	named := make(map[string][]string) // by row
	for _, name := range tests {
		if id, ok := rowOf(name); ok {
			named[id] = append(named[id], name)
		}
	}
	seen := make(map[string]bool)
	for _, f := range faults {
		if seen[f.id] {
			t.Errorf("%s is in the table twice", f.id)
		}
		seen[f.id] = true
		for _, name := range f.also {
			if !slices.Contains(tests, name) {
				t.Errorf("%s: there is no test %s", f.id, name)
			}
		}
		have := append(slices.Clone(named[f.id]), f.also...)
		if len(have) == 0 && f.missing == "" {
			t.Errorf("%s (%s) has neither a test nor a reason", f.id, f.what)
		}
		t.Logf("%-3s %s: %s; missing: %s", f.id, f.what, strings.Join(have, " "), f.missing)
		delete(named, f.id)
	}
	for id, names := range named {
		t.Errorf("%v are tests of row %s, which the table does not have", names, id)
	}
	for _, s := range series {
		for n := 1; n <= s.rows; n++ {
			if id := s.letter + strconv.Itoa(n); !seen[id] {
				t.Errorf("row %s is not in the table", id)
			}
		}
	}
}

// Each of these rows is held by a test of its own, whatever else may wait.
func TestFaultsThatMayNotWait(t *testing.T) {
	tests := testsInTheTree(t)
	for letter, rows := range map[string][]int{
		"F": {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 17, 19}, "B": {1, 2, 3, 4, 5}, "H": {1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14}, "R": {14, 16},
	} {
		for _, n := range rows {
			prefix := "TestFault_" + letter + strconv.Itoa(n) + "_"
			if !slices.ContainsFunc(tests, func(name string) bool { return strings.HasPrefix(name, prefix) }) {
				t.Errorf("there is no test %s...", prefix)
			}
		}
	}
}

var faultName = regexp.MustCompile(`^TestFault_([A-Z][0-9]+)_`)

func rowOf(name string) (string, bool) {
	m := faultName.FindStringSubmatch(name)
	if m == nil {
		return "", false
	}
	return m[1], true
}

// eachGoFile parses the Go files of the whole project.
func eachGoFile(t *testing.T, do func(path string, file *ast.File)) {
	t.Helper()
	files := token.NewFileSet()
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && strings.HasPrefix(d.Name(), ".") && d.Name() != "..":
			return filepath.SkipDir
		case d.IsDir() || filepath.Ext(path) != ".go":
			return nil
		}
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		do(filepath.ToSlash(path), file)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// testsInTheTree returns the names of all tests and fuzz targets of the project.
func testsInTheTree(t *testing.T) (names []string) {
	t.Helper()
	eachGoFile(t, func(path string, file *ast.File) {
		if !strings.HasSuffix(path, "_test.go") {
			return
		}
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if ok && f.Recv == nil && (strings.HasPrefix(f.Name.Name, "Test") || strings.HasPrefix(f.Name.Name, "Fuzz")) {
				names = append(names, f.Name.Name)
			}
		}
	})
	if len(names) < 100 {
		t.Fatalf("found %d tests, want those of the whole project", len(names))
	}
	return names
}

// B12: none of our code speaks protobuf's text forms or its Any, which take what
// the sender likes.
func TestFault_B12_NoTextForms(t *testing.T) {
	files := 0
	eachGoFile(t, func(path string, file *ast.File) {
		files++
		for _, spec := range file.Imports {
			switch name, _ := strconv.Unquote(spec.Path.Value); name {
			case "google.golang.org/protobuf/encoding/protojson", "google.golang.org/protobuf/encoding/prototext",
				"google.golang.org/protobuf/types/known/anypb", "google.golang.org/protobuf/types/known/structpb":
				if !strings.HasSuffix(path, "_test.go") {
					t.Errorf("%s imports %s", path, name)
				}
			}
		}
	})
	if files < 100 {
		t.Fatalf("looked at %d files, want the whole project", files)
	}
}
