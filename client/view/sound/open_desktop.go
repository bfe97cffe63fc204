//go:build !js

package sound

import (
	"fmt"
	"time"

	"github.com/ebitengine/oto/v3"
)

const (
	deviceRate = 48000
	// latency of the device and of what waits for it. Shorter ones crackle on busy
	// machines; longer ones are noticed between a key and its shot.
	latency = 30 * time.Millisecond
	waiting = 20 * time.Millisecond
)

// device is the sound device. Ebitengine's own audio package ends the whole game
// when there is none; the library below it does not.
type device struct {
	*mixer
	context *oto.Context
	player  *oto.Player
	err     error
}

func open() output {
	d := &device{mixer: newMixer(deviceRate)}
	context, _, err := oto.NewContext(&oto.NewContextOptions{
		SampleRate: deviceRate, ChannelCount: 2, Format: oto.FormatFloat32LE,
		BufferSize: latency, ApplicationName: "Ionwake",
	})
	if err != nil {
		d.err = fmt.Errorf("open the sound device: %w", err)
		return d
	}
	d.context = context
	d.player = context.NewPlayer(d.mixer)
	d.player.SetBufferSize(int(waiting.Seconds()*deviceRate) * 8)
	d.player.Play()
	return d
}

func (d *device) trouble() error {
	if d.err != nil {
		return d.err
	}
	if err := d.context.Err(); err != nil {
		return fmt.Errorf("use the sound device: %w", err)
	}
	return nil
}
