//go:build !js

package main

import (
	"bytes"
	"testing"
)

func TestCutFrame(t *testing.T) {
	long := bytes.Repeat([]byte{7}, 300)
	huge := bytes.Repeat([]byte{9}, 70_000)
	for _, c := range []struct {
		name    string
		head    []byte
		payload []byte
		opcode  byte
	}{
		{"short", []byte{0x82, 3}, []byte("abc"), opBinary},
		{"empty", []byte{0x82, 0}, nil, opBinary},
		{"long", []byte{0x82, 126, 1, 44}, long, opBinary},
		{"huge", []byte{0x82, 127, 0, 0, 0, 0, 0, 1, 0x11, 0x70}, huge, opBinary},
		{"ping", []byte{0x89, 2}, []byte("hi"), opPing},
		{"close", []byte{0x88, 4}, []byte{0x0f, 0xa9, 'n', 'o'}, opClose},
	} {
		whole := append(append([]byte(nil), c.head...), c.payload...)
		for _, cut := range []int{0, 1, len(c.head) - 1, len(whole) - 1} {
			if opcode, _, rest, err := cutFrame(whole[:cut], 1<<20); cut < len(whole) && (opcode != 0 || err != nil || len(rest) != cut) {
				t.Errorf("%s: %d bytes of %d: opcode %x, %d left, %v", c.name, cut, len(whole), opcode, len(rest), err)
			}
		}
		opcode, payload, rest, err := cutFrame(append(whole, 1, 2), 1<<20)
		if opcode != c.opcode || !bytes.Equal(payload, c.payload) || len(rest) != 2 || err != nil {
			t.Errorf("%s: opcode %x, %d bytes, %d left, %v", c.name, opcode, len(payload), len(rest), err)
		}
	}
}

func TestCutFrameRefuses(t *testing.T) {
	for name, data := range map[string][]byte{
		"fragment":           {0x02, 1, 1},
		"masked":             {0x82, 0x81, 0, 0, 0, 0, 1},
		"text":               {0x81, 1, 'x'},
		"unknown":            {0x8b, 0},
		"reserved":           {0xc2, 0},
		"long ping":          {0x89, 126, 0, 200},
		"longer than may be": {0x82, 127, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},
		"over the limit":     {0x82, 126, 0x10, 1},
	} {
		if _, _, _, err := cutFrame(data, 4096); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

// A frame of ours, unmasked, is one that the same reader takes.
func TestAppendFrame(t *testing.T) {
	for _, n := range []int{0, 1, 125, 126, 4000, 65_535, 65_536} {
		payload := bytes.Repeat([]byte("ionwake"), n/7+1)[:n]
		frame := appendFrame(nil, opBinary, 0xdeadbeef, payload)
		head := len(frame) - n - 4
		mask := frame[head : head+4]
		plain := append([]byte(nil), frame[:head]...)
		if plain[1]&masked == 0 || !bytes.Equal(mask, []byte{0xde, 0xad, 0xbe, 0xef}) {
			t.Fatalf("%d bytes: not masked: %x", n, frame[:head+4])
		}
		plain[1] &^= masked
		for i, b := range frame[head+4:] {
			plain = append(plain, b^mask[i%4])
		}
		if opcode, got, rest, err := cutFrame(plain, 1<<20); opcode != opBinary || !bytes.Equal(got, payload) || len(rest) > 0 || err != nil {
			t.Errorf("%d bytes: opcode %x, %d bytes, %d left, %v", n, opcode, len(got), len(rest), err)
		}
	}
}

func TestClosing(t *testing.T) {
	if code, reason := closing([]byte{0x0f, 0xa9, 'n', 'o'}); code != 4009 || reason != "no" {
		t.Errorf("got %d %q", code, reason)
	}
	if code, _ := closing(nil); code != 1005 {
		t.Errorf("got %d of nothing", code)
	}
}
