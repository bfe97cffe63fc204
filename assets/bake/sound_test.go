package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"ionwake/assets/clip"
)

func TestStaleSoundIsFound(t *testing.T) {
	dir := t.TempDir()
	target := filepath.Join(dir, "one.pack")
	samples := make([]float32, 2000)
	samples[100] = 0.5
	pack, err := clip.Pack([]clip.Clip{{Name: "tick", Rate: 32000, Samples: [][]float32{samples}}}, 5)
	if err != nil {
		t.Fatal(err)
	}
	if err := bakePack(target, pack, true, io.Discard); !errors.Is(err, errStale) {
		t.Errorf("a pack that is not there: %v, want %v", err, errStale)
	}
	if err := bakePack(target, pack, false, io.Discard); err != nil {
		t.Fatal(err)
	}
	if err := bakePack(target, pack, true, io.Discard); err != nil {
		t.Errorf("a fresh pack: %v", err)
	}
	if err := writeWaves(dir, pack); err != nil {
		t.Fatal(err)
	}
	wav, err := os.ReadFile(filepath.Join(dir, "tick.wav"))
	if err != nil || len(wav) != 44+2*len(samples) || !bytes.HasPrefix(wav, []byte("RIFF")) {
		t.Errorf("tick.wav has %d bytes (%v), want %d", len(wav), err, 44+2*len(samples))
	}
}
