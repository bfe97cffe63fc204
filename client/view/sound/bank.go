package sound

import (
	"fmt"
	"sync"

	"ionwake/assets/clip"
)

// bank decodes the packs beside the game and says which sounds are there.
type bank struct {
	mu    sync.Mutex
	long  [cues]float32 // seconds
	fault error
}

// lengths fills in how long each sound is, 0 for those that are not there yet.
func (b *bank) lengths(to *[cues]float32) {
	b.mu.Lock()
	*to = b.long
	b.mu.Unlock()
}

func (b *bank) trouble() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.fault
}

// load gets everything: the effects, which are needed first, then the music. It
// returns when it is done or has failed.
func (b *bank) load(to loader) {
	for _, pack := range []string{"effects.pack", "music.pack"} {
		if err := b.unpack(pack, to); err != nil {
			b.mu.Lock()
			b.fault = fmt.Errorf("load %s: %w", pack, err)
			b.mu.Unlock()
			return
		}
	}
}

func (b *bank) unpack(name string, to loader) error {
	data, err := read(name)
	if err != nil {
		return err
	}
	entries, err := clip.Parse(data)
	if err != nil {
		return err
	}
	for i := range entries {
		e := &entries[i]
		index := indexOf(e.Name)
		if index < 0 {
			continue // made for something this game does not say
		}
		decode(e, index, to)
		if index < int(cues) {
			b.mu.Lock()
			b.long[index] = float32(e.Frames) / float32(e.Rate)
			b.mu.Unlock()
		}
	}
	return nil
}

// indexOf is the place of a clip by its name, or -1.
func indexOf(name string) int {
	if name == "music" {
		return musicClip
	}
	for c := range rows {
		if rows[c].clip == name {
			return c
		}
	}
	return -1
}

// breather is how many blocks are decoded in one go, some 2 ms in a browser: there
// the game stands still meanwhile.
const breather = 6

func decode(e *clip.Entry, index int, to loader) {
	to.begin(index, e.Rate, e.Channels, e.Frames)
	d := e.Decoder()
	for n := 1; ; n++ {
		at, samples := d.Next()
		if samples == nil {
			break
		}
		to.fill(index, at, samples)
		if n%breather == 0 {
			breathe()
		}
	}
	to.done(index)
}
