package wire

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write testdata/golden.txt: a change of it is a change of the wire")

const goldenFile = "testdata/golden.txt"

// golden returns the kept bytes by name of sample.
func golden(t *testing.T) map[string][]byte {
	t.Helper()
	file, err := os.ReadFile(goldenFile)
	if err != nil {
		t.Fatal(err)
	}
	kept := make(map[string][]byte)
	for lines := bufio.NewScanner(bytes.NewReader(file)); lines.Scan(); {
		name, digits, _ := strings.Cut(lines.Text(), " ")
		if kept[name], err = hex.DecodeString(digits); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	return kept
}

// TestGolden demands that what this version has sent so far is still written and read
// the same: the bytes are those of an older build, not of this one.
func TestGolden(t *testing.T) {
	if *update {
		writeGolden(t)
	}
	kept := golden(t)
	for _, s := range clientSamples() {
		name := "client/" + s.name
		checkGolden(t, name, s.data, kept[name])
		var got Client
		if err := DecodeClient(kept[name], &got); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if diff := differ(got, s.want); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		delete(kept, name)
	}
	for _, s := range frameSamples() {
		name := "server/" + s.name
		checkGolden(t, name, frameBytes(&s.frame), kept[name])
		var d Decoder
		var got Frame
		if err := d.Decode(kept[name], &got); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if diff := differ(got, s.frame); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		delete(kept, name)
	}
	for name := range kept {
		t.Errorf("%s: in %s, but no sample", name, goldenFile)
	}
}

func checkGolden(t *testing.T, name string, got, want []byte) {
	t.Helper()
	if !bytes.Equal(got, want) {
		t.Errorf("%s: wrote\n% x, was\n% x", name, got, want)
	}
}

func writeGolden(t *testing.T) {
	t.Helper()
	var b bytes.Buffer
	for _, s := range clientSamples() {
		fmt.Fprintf(&b, "client/%s %x\n", s.name, s.data)
	}
	for _, s := range frameSamples() {
		fmt.Fprintf(&b, "server/%s %x\n", s.name, frameBytes(&s.frame))
	}
	if err := os.WriteFile(goldenFile, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}
