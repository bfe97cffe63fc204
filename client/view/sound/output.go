package sound

// What the desk wants to be heard and what makes it heard know each other through
// these few values: the desk says once a frame how everything should be, and an
// output works out what changed.

const (
	voices = 24 // sounds at once, the two humming ones included
	hums   = 2  // the last voices go round
)

// voice is one sound as it should be heard. A new serial number means a new sound
// in the place of the old one; no clip means silence.
type voice struct {
	serial int32
	clip   int16   // index of the clip, or noClip
	gain   float32 // with everything in it
	pan    float32 // -1 left .. 1 right
	rate   float32 // 1 as recorded, 2 an octave up
}

const noClip = -1

// state is everything as it should be heard.
type state struct {
	voices [voices]voice
	music  float32 // gain
}

// output makes sounds heard. All its calls but those of the loader come from the
// goroutine that runs the game.
type output interface {
	// show is told how everything should be now. It keeps nothing of s.
	show(s *state)
	// alone says whether the sound stops by itself while nobody looks at the game.
	alone(mute bool)
	// trouble is why nothing is heard, or nil.
	trouble() error
	loader
}

// loader takes clips from the goroutine that decodes them: begin, fill until all
// frames are there, done. Clips are counted from 0 in the order of Cue; the music
// is musicClip.
type loader interface {
	begin(clip, rate, channels, frames int)
	fill(clip, at int, samples [][]float32)
	done(clip int)
}

// musicClip is the index of the music.
const musicClip = int(cues)
