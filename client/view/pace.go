package view

const (
	slowAverage  = 0.0225 // seconds per frame: above, glow costs too much
	slowPatience = 3.0    // seconds of slow frames before bloom goes
	hiddenFrame  = 0.25   // a frame longer than this was not drawn: the window is hidden
	bloomLeast   = 700 * 400.0
)

// pace watches how long frames take and decides whether bloom can be afforded.
// Once it could not, it stays off: light that comes and goes is worse than less.
type pace struct {
	average float64
	slow    float64 // seconds of slowness so far
	gaveUp  bool
}

// step takes the length of a frame in seconds.
func (p *pace) step(dt float64) {
	if dt <= 0 || dt > hiddenFrame {
		return
	}
	if p.average == 0 {
		p.average = dt
	}
	p.average += (dt - p.average) * min(1, dt/0.5)
	if p.average <= slowAverage {
		p.slow = 0
		return
	}
	if p.slow += dt; p.slow > slowPatience {
		p.gaveUp = true
	}
}

// bloom reports whether to run the shader in a window of w x h pixels.
func (p *pace) bloom(g Glow, w, h float64) bool {
	switch g {
	case GlowBloom:
		return true
	case GlowPlain:
		return false
	default:
		return !p.gaveUp && w*h >= bloomLeast
	}
}
