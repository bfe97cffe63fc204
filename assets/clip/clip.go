// Package clip keeps the game's sounds small: a pack of named clips, each coded
// by the transform codec below. The tool that makes the sounds encodes, the
// client decodes; there is no well-kept Go library that encodes any compressed
// sound with a decoder for browsers of all makes beside it.
//
// # The pack
//
// Numbers are little endian.
//
//	"IWC1"  count:u16  count x entry  count x body
//	entry = length:u8 name channels:u8 flags:u8 rate:u32 frames:u32 size:u32
//
// A frame is one sample of each channel. Bit 0 of flags: the clip goes round
// without a seam. size is the length of the body in bytes; the bodies follow each
// other without gaps.
//
// # The body
//
// One stream of the range coder (coder.go) with adaptive probabilities (model.go).
// Two channels are coded as their middle (l+r)/2 and side (l-r)/2. The sound is
// cut into Block samples, and each block is the modified discrete cosine transform
// (mdct.go) of itself and the next one, round the end: what ends with Block frames
// of silence or goes round anyway needs no lead-in. Per block and channel, band by
// band: is anything there; how coarse, as the change since the band last had
// something; the coefficients in units of 2^(coarse/4)/32768.
package clip

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// Block is how many frames are transformed at once.
const Block = 512

// What a pack may hold. It comes over the network, so sizes are checked before
// anything is made of them.
const (
	maxClips  = 256
	maxFrames = 1 << 22
	minRate   = 8000
	maxRate   = 96000
)

const magic = "IWC1"

// ErrBad is wrapped by what Parse returns for bytes that are no pack.
var ErrBad = errors.New("not a pack of sounds")

// Clip is a sound before it is coded or after: a slice of samples, -1..1, for
// each channel.
type Clip struct {
	Name    string
	Rate    int  // frames a second
	Loop    bool // goes round without a seam; its length is a multiple of Block
	Samples [][]float32
}

// Entry is a clip in a pack. It keeps the bytes it was parsed from.
type Entry struct {
	Name     string
	Rate     int // frames a second
	Channels int // 1 or 2
	Frames   int
	Loop     bool
	body     []byte
}

// Pack codes clips into one file. Quality is how far noise stays below what is
// likely to be heard, in decibels: 0 is audible to somebody who listens for it.
func Pack(clips []Clip, quality float64) ([]byte, error) {
	if len(clips) > maxClips {
		return nil, fmt.Errorf("%d clips, a pack has at most %d", len(clips), maxClips)
	}
	out := binary.LittleEndian.AppendUint16([]byte(magic), uint16(len(clips)))
	var bodies []byte
	for i := range clips {
		c := &clips[i]
		if err := c.check(); err != nil {
			return nil, fmt.Errorf("clip %s: %w", c.Name, err)
		}
		body := encode(c, quality)
		flags := byte(0)
		if c.Loop {
			flags = 1
		}
		out = append(out, byte(len(c.Name)))
		out = append(out, c.Name...)
		out = append(out, byte(len(c.Samples)), flags)
		out = binary.LittleEndian.AppendUint32(out, uint32(c.Rate))
		out = binary.LittleEndian.AppendUint32(out, uint32(len(c.Samples[0])))
		out = binary.LittleEndian.AppendUint32(out, uint32(len(body)))
		bodies = append(bodies, body...)
	}
	return append(out, bodies...), nil
}

func (c *Clip) check() error {
	switch {
	case c.Name == "" || len(c.Name) > math.MaxUint8:
		return errors.New("its name has no fitting length")
	case len(c.Samples) != 1 && len(c.Samples) != 2:
		return fmt.Errorf("it has %d channels, 1 or 2 are possible", len(c.Samples))
	case c.Rate < minRate || c.Rate > maxRate:
		return fmt.Errorf("its rate is %d a second, %d to %d are possible", c.Rate, minRate, maxRate)
	case len(c.Samples[0]) == 0 || len(c.Samples[0]) > maxFrames:
		return fmt.Errorf("it has %d frames, 1 to %d are possible", len(c.Samples[0]), maxFrames)
	case len(c.Samples[len(c.Samples)-1]) != len(c.Samples[0]):
		return errors.New("its channels differ in length")
	case c.Loop && len(c.Samples[0])%Block != 0:
		return fmt.Errorf("it goes round after %d frames, which is no multiple of %d", len(c.Samples[0]), Block)
	}
	return nil
}

// Parse lists what a pack holds. It decodes nothing yet. Errors wrap ErrBad.
func Parse(pack []byte) ([]Entry, error) {
	r := reader{rest: pack}
	if string(r.take(len(magic))) != magic {
		return nil, fmt.Errorf("%w: it does not begin with %s", ErrBad, magic)
	}
	count := int(binary.LittleEndian.Uint16(r.take(2)))
	if r.short || count > maxClips {
		return nil, fmt.Errorf("%w: it is cut off or lists %d clips", ErrBad, count)
	}
	entries, sizes := make([]Entry, count), make([]int, count)
	for i := range entries {
		if sizes[i] = entries[i].parse(&r); sizes[i] < 0 {
			return nil, fmt.Errorf("%w: entry %d is cut off or has numbers that no sound has", ErrBad, i)
		}
	}
	for i := range entries {
		if entries[i].body = r.take(sizes[i]); r.short {
			return nil, fmt.Errorf("%w: it ends within %s", ErrBad, entries[i].Name)
		}
	}
	if len(r.rest) > 0 {
		return nil, fmt.Errorf("%w: %d bytes follow its end", ErrBad, len(r.rest))
	}
	return entries, nil
}

// parse reads an entry and returns the length of its body, or -1.
func (e *Entry) parse(r *reader) int {
	e.Name = string(r.take(int(r.take(1)[0])))
	kind := r.take(2)
	e.Channels, e.Loop = int(kind[0]), kind[1]&1 != 0
	e.Rate = int(binary.LittleEndian.Uint32(r.take(4)))
	e.Frames = int(binary.LittleEndian.Uint32(r.take(4)))
	size := int(binary.LittleEndian.Uint32(r.take(4)))
	switch {
	case r.short, e.Name == "", e.Channels < 1, e.Channels > 2,
		e.Rate < minRate, e.Rate > maxRate, e.Frames < 1, e.Frames > maxFrames,
		e.Loop && e.Frames%Block != 0, size < 0, size > len(r.rest):
		return -1
	}
	return size
}

// reader hands out bytes, and zeros once they have run out.
type reader struct {
	rest  []byte
	short bool
}

var zeros [math.MaxUint8 + 1]byte

func (r *reader) take(n int) []byte {
	if n > len(r.rest) {
		r.short, r.rest = true, nil
		return zeros[:min(n, len(zeros))]
	}
	head := r.rest[:n:n]
	r.rest = r.rest[n:]
	return head
}

// blocks is how many blocks a clip of so many frames is coded in. What does not
// go round gets at least one block of silence behind it, see the package comment.
func blocks(frames int, loop bool) int {
	if loop {
		return frames / Block
	}
	return (frames+Block-1)/Block + 1
}
