package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"

	"ionwake/assets/clip"
	"ionwake/assets/synth"
)

// soundPacks are the files: effects are wanted at once, the music may come later.
// The figures are the quality of clip.Pack.
var soundPacks = []struct {
	name    string
	quality float64
	make    func() []clip.Clip
}{
	{"effects.pack", 6, synth.Effects},
	{"music.pack", -2, func() []clip.Clip { return []clip.Clip{synth.Music()} }},
}

// sound makes the packs of sounds. With -check it writes nothing and returns
// errStale where a pack is not what the synthesiser makes; with -wav it also
// writes each sound as players of music read it.
func sound(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("sound", flag.ContinueOnError)
	flags.SetOutput(out)
	check := flags.Bool("check", false, "write nothing, fail where a pack is not what the synthesiser makes")
	dir := flags.String("dir", filepath.Join("assets", "sound"), "where the packs go")
	wav := flags.String("wav", "", "write each sound, as a player hears it, into this folder too")
	if err := flags.Parse(args); err != nil {
		return fmt.Errorf("%w: %w", errBad, err)
	}
	var failures []error
	for _, p := range soundPacks {
		pack, err := clip.Pack(p.make(), p.quality)
		if err != nil {
			return fmt.Errorf("pack the sounds of %s: %w", p.name, err)
		}
		failures = append(failures, bakePack(filepath.Join(*dir, p.name), pack, *check, out))
		if *wav != "" {
			failures = append(failures, writeWaves(*wav, pack))
		}
	}
	return errors.Join(failures...)
}

func bakePack(target string, pack []byte, check bool, out io.Writer) error {
	old, err := os.ReadFile(target)
	if err == nil && bytes.Equal(old, pack) {
		return nil
	}
	// Other processors round some sums otherwise, which is not heard: what they
	// find stale would be stale again here.
	if runtime.GOARCH != "amd64" && err == nil {
		_, err = fmt.Fprintf(out, "%s: made and compared on amd64 only, left as it is\n", target)
		return err
	}
	if check {
		return fmt.Errorf("%w: %s is not what the synthesiser makes", errStale, target)
	}
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return fmt.Errorf("make room for %s: %w", target, err)
	}
	if err := os.WriteFile(target, pack, 0o644); err != nil {
		return fmt.Errorf("write %s: %w", target, err)
	}
	_, err = fmt.Fprintf(out, "%s: %d bytes\n", target, len(pack))
	return err
}

// writeWaves decodes a pack into one file per sound: RIFF WAVE, 16 bits.
func writeWaves(dir string, pack []byte) error {
	entries, err := clip.Parse(pack)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("make room for the sounds: %w", err)
	}
	for i := range entries {
		c := entries[i].Decode()
		if err := os.WriteFile(filepath.Join(dir, c.Name+".wav"), wave(&c), 0o644); err != nil {
			return fmt.Errorf("write a sound: %w", err)
		}
	}
	return nil
}

func wave(c *clip.Clip) []byte {
	channels := len(c.Samples)
	size := len(c.Samples[0]) * channels * 2
	le := binary.LittleEndian
	out := le.AppendUint32([]byte("RIFF"), uint32(36+size))
	out = append(out, "WAVEfmt \x10\x00\x00\x00\x01\x00"...)
	out = le.AppendUint16(out, uint16(channels))
	out = le.AppendUint32(out, uint32(c.Rate))
	out = le.AppendUint32(out, uint32(c.Rate*channels*2))
	out = le.AppendUint16(out, uint16(channels*2))
	out = le.AppendUint16(out, 16)
	out = le.AppendUint32(append(out, "data"...), uint32(size))
	for i := range c.Samples[0] {
		for ch := range c.Samples {
			out = le.AppendUint16(out, uint16(int16(math.Round(float64(c.Samples[ch][i])*32767))))
		}
	}
	return out
}
