package sound

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"syscall/js"
	"time"
)

// page is the browser's own mixer, behind assets/web/sound.js: it runs in a thread
// of its own, so that a slow frame is not heard. What is wanted goes over once a
// frame as an array of floats.
type page struct {
	api   js.Value
	line  js.Value // Uint8Array over what show reads
	bytes [4 * (1 + voices*fields)]byte
	block [4 * 512]byte // of samples, on their way
	carry js.Value      // Uint8Array for block
	err   error
}

// fields of a voice: serial, clip, gain, pan, rate.
const fields = 5

func open() output {
	p := &page{api: js.Global().Get("ionwakeSound")}
	if !p.api.Truthy() {
		p.err = errors.New("the page has no sound: sound.js did not run")
		return p
	}
	p.line = p.api.Call("open", voices, hums, musicClip)
	p.carry = js.Global().Get("Uint8Array").New(len(p.block))
	return p
}

func (p *page) show(s *state) {
	if p.err != nil {
		return
	}
	p.put(0, s.music)
	for i := range s.voices {
		v := &s.voices[i]
		at := 1 + i*fields
		p.put(at, float32(v.serial))
		p.put(at+1, float32(v.clip))
		p.put(at+2, v.gain)
		p.put(at+3, v.pan)
		p.put(at+4, v.rate)
	}
	js.CopyBytesToJS(p.line, p.bytes[:])
	p.api.Call("show")
}

func (p *page) put(at int, v float32) {
	binary.LittleEndian.PutUint32(p.bytes[4*at:], math.Float32bits(v))
}

func (p *page) alone(mute bool) {
	if p.err == nil {
		p.api.Call("muteHidden", mute)
	}
}

func (p *page) trouble() error {
	if p.err != nil {
		return p.err
	}
	if why := p.api.Call("trouble").String(); why != "" {
		return errors.New(why)
	}
	return nil
}

func (p *page) begin(clip, rate, channels, frames int) {
	if p.err == nil {
		p.api.Call("begin", clip, rate, channels, frames)
	}
}

func (p *page) fill(clip, at int, samples [][]float32) {
	if p.err != nil {
		return
	}
	for channel, lane := range samples {
		for i, v := range lane {
			binary.LittleEndian.PutUint32(p.block[4*i:], math.Float32bits(v))
		}
		js.CopyBytesToJS(p.carry, p.block[:4*len(lane)])
		p.api.Call("fill", clip, channel, at, p.carry, len(lane))
	}
}

func (p *page) done(clip int) {
	if p.err == nil {
		p.api.Call("done", clip)
	}
}

// read fetches a pack from where the page came from.
func read(name string) ([]byte, error) {
	api := js.Global().Get("ionwakeSound")
	if !api.Truthy() {
		return nil, errors.New("the page has no sound")
	}
	type answer struct {
		data []byte
		err  error
	}
	got := make(chan answer, 1)
	arrived := js.FuncOf(func(_ js.Value, args []js.Value) any {
		data := make([]byte, args[0].Get("length").Int())
		js.CopyBytesToGo(data, args[0])
		got <- answer{data: data}
		return nil
	})
	failed := js.FuncOf(func(_ js.Value, args []js.Value) any {
		got <- answer{err: fmt.Errorf("fetch it: %s", args[0].Call("toString").String())}
		return nil
	})
	defer arrived.Release()
	defer failed.Release()
	api.Call("fetch", name).Call("then", arrived, failed)
	a := <-got
	return a.data, a.err
}

// breathe lets the game go on.
func breathe() { time.Sleep(time.Millisecond) }
