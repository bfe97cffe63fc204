package tmx

// floor is the open ground of a drawing. Its methods take places in pixels at
// least half a tile inside the map.
type floor struct {
	width   int
	solid   []bool
	reached []bool // what can be flown to from the first place asked about
}

// fits reports whether a ship, which is a tile wide, can stand at (x, y).
func (f *floor) fits(x, y int) bool {
	const half = tilePixels / 2
	left, right := (x-half)/tilePixels, (x+half-1)/tilePixels
	top, bottom := (y-half)/tilePixels, (y+half-1)/tilePixels
	return !f.solid[top*f.width+left] && !f.solid[top*f.width+right] &&
		!f.solid[bottom*f.width+left] && !f.solid[bottom*f.width+right]
}

// joined reports whether (x, y) can be reached from the first place that joined
// was asked about.
func (f *floor) joined(x, y int) bool {
	at := y/tilePixels*f.width + x/tilePixels
	if f.reached == nil {
		f.flood(at)
	}
	return f.reached[at]
}

// flood marks what is reached from tile at; the border is closed, so no step
// leaves the map.
func (f *floor) flood(at int) {
	f.reached = make([]bool, len(f.solid))
	for open := []int{at}; len(open) > 0; {
		at, open = open[len(open)-1], open[:len(open)-1]
		if f.solid[at] || f.reached[at] {
			continue
		}
		f.reached[at] = true
		open = append(open, at-1, at+1, at-f.width, at+f.width)
	}
}

// solidAt reports whether the tile at (x, y) is a wall.
func (f *floor) solidAt(x, y int) bool { return f.solid[y/tilePixels*f.width+x/tilePixels] }
