package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// itself is a program whose notes are known: this test's.
func itself(t *testing.T) string {
	t.Helper()
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func TestBillOfPrograms(t *testing.T) {
	own, err := read(itself(t))
	if err != nil {
		t.Fatal(err)
	}
	if own.golang == "" || strings.HasPrefix(own.golang, "go") || len(own.sha256) != 64 {
		t.Errorf("of this program is known: %+v", own)
	}
	all := []program{
		{name: "server", version: "v1.2.3", golang: "1.26.8", sha256: strings.Repeat("a", 64), modules: []module{{"example.com/b", "v2.0.0", "h1:b"}, {"example.com/a", "v1.0.0", ""}}},
		{name: "client", version: "v1.2.3", golang: "1.26.8", modules: []module{{"example.com/a", "v1.0.0", ""}}},
	}
	text, err := billOf(all)
	if err != nil {
		t.Fatal(err)
	}
	again, _ := billOf(all)
	if !bytes.Equal(text, again) {
		t.Error("two bills of the same programs differ")
	}
	var doc document
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	refs := map[string]int{doc.Metadata.Component.Ref: 1}
	for _, c := range doc.Components {
		refs[c.Ref]++
		if c.Name == "" || c.Type == "library" && (c.PURL == "" || c.Version == "") {
			t.Errorf("component lacks something: %+v", c)
		}
	}
	for _, want := range []string{"program:server", "program:client", "pkg:golang/std@1.26.8", "pkg:golang/example.com/a@v1.0.0", "pkg:golang/example.com/b@v2.0.0"} {
		if refs[want] != 1 {
			t.Errorf("%s is there %d times, want once", want, refs[want])
		}
	}
	for _, d := range doc.Dependencies {
		for _, ref := range append(d.DependsOn, d.Ref) {
			if refs[ref] != 1 {
				t.Errorf("%s depends on %s, which is no component", d.Ref, ref)
			}
		}
	}
	i := slices.IndexFunc(doc.Dependencies, func(d dependency) bool { return d.Ref == "program:client" })
	if got := doc.Dependencies[i].DependsOn; !slices.Equal(got, []string{"pkg:golang/std@1.26.8", "pkg:golang/example.com/a@v1.0.0"}) {
		t.Errorf("the client depends on %v", got)
	}
}

func TestTermsAreFoundOrMissed(t *testing.T) {
	dir := t.TempDir()
	var out bytes.Buffer
	if err := terms(&out, "nameless", dir); err == nil {
		t.Error("a module without a licence passes")
	}
	for name, text := range map[string]string{"LICENSE": "Do what you want.\r\n", "NOTICE.txt": "Made by somebody.", "license.go": "package x", "readme.md": "Read me."} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := terms(&out, "named v1", dir); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{"named v1\n========\n": true, "Do what you want.\n": true, "Made by somebody.": true, "\r": false, "Read me": false, "package x": false} {
		if strings.Contains(out.String(), text) != want {
			t.Errorf("%q is there: %v, want %v; all:\n%s", text, !want, want, out.String())
		}
	}
}

func TestBadCommandLines(t *testing.T) {
	dir := t.TempDir()
	bill, licences := "-bill="+filepath.Join(dir, "bill"), "-licences="+filepath.Join(dir, "licences")
	cases := []struct {
		args []string
		code int
	}{
		{nil, 2},
		{[]string{bill, licences}, 2},
		{[]string{bill, itself(t)}, 2},
		{[]string{"-what", itself(t)}, 2},
		{[]string{bill, licences, filepath.Join(dir, "nothing")}, 1},
		{[]string{bill, licences, "main.go"}, 1},
	}
	for _, c := range cases {
		var trouble bytes.Buffer
		if code := run(c.args, &trouble); code != c.code || trouble.Len() == 0 {
			t.Errorf("%v: exit code %d, want %d; it says %q", c.args, code, c.code, trouble.String())
		}
	}
}
