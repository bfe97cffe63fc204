package view

// flashLimit says how much may light up at once.
type flashLimit uint8

// The limits, in the order of settings.Flashes. None of them lets a fourth large flash into a second.
const (
	flashFull flashLimit = iota // as many as WCAG 2.3.1 lets pass
	flashLess                   // one, and dim
	flashNone                   // none
)

// taste is what a player chose about the picture.
type taste struct {
	palette palette
	shake   float64    // 0..1: how much the picture shakes
	flash   flashLimit // what may light up
	still   bool       // reduced motion: the picture neither shakes nor looks ahead, and nothing rushes by
	noNames bool       // no names over ships
}

// plainTaste is that of who chose nothing, or with calm nothing that shakes or
// flashes.
func plainTaste(calm bool) taste {
	t := taste{palette: palettes[0], shake: 1}
	if calm {
		t.shake, t.flash, t.still = 0, flashNone, true
	}
	return t
}
