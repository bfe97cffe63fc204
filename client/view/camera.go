package view

import (
	"math"

	"ionwake/client/replica"
	"ionwake/shared/sim"
)

// Nobody ever sees more of the world than a box of viewWidth x viewHeight
// units, whatever the shape of the window: other shapes see a part of it. The
// least sides keep a part worth playing in; beyond them the window gets bands.
const (
	viewWidth, viewHeight  = 1280.0, 720.0
	viewLeastX, viewLeastY = 640.0, 420.0
	lookReach              = 90.0 // units the camera looks ahead at most
	arenaRim               = 56.0 // units shown beyond the border of the arena
	followRate, lookRate   = 11.0, 4.0
	jumpDistance           = 1100.0 // further than this the camera cuts instead of flying
	velocityLead           = 0.12   // seconds of flight the camera is ahead
	leadRate               = 3.0    // of how that follows the speed: a dash does not tear the picture along
	respawnGlide           = 5.0    // rate while the ship is far from the middle
	farthest               = 1e6    // units: no arena is as large
)

// rectangle is an area of the screen in pixels.
type rectangle struct{ x, y, w, h float64 }

func (r rectangle) contains(x, y float64) bool {
	return x >= r.x && y >= r.y && x < r.x+r.w && y < r.y+r.h
}

// middle returns the centre of r.
func (r rectangle) middle() (x, y float64) { return r.x + r.w/2, r.y + r.h/2 }

// viewport returns where a window of w x h pixels shows the world, and how many
// pixels a world unit has there.
func viewport(w, h float64) (area rectangle, zoom float64) {
	zoom = max(w/viewWidth, h/viewHeight)
	if w/zoom < viewLeastX {
		zoom = w / viewLeastX
	}
	if h/zoom < viewLeastY {
		zoom = h / viewLeastY
	}
	aw, ah := min(w, viewWidth*zoom), min(h, viewHeight*zoom)
	return rectangle{(w - aw) / 2, (h - ah) / 2, aw, ah}, zoom
}

// camera maps the world to the screen.
type camera struct {
	x, y   float64 // the world point in the middle, without shake
	zoom   float64 // pixels per unit
	area   rectangle
	shakeX float64 // units
	shakeY float64

	baseX, baseY float64 // follows the ship
	lookX, lookY float64
	leadX, leadY float64 // units: where the ship will be soon
	placed       bool

	thumbs float64 // pixels at the sides and below that thumbs may cover
}

// resize tells the camera the window's size in pixels.
func (c *camera) resize(w, h float64) { c.area, c.zoom = viewport(w, h) }

// px returns where a world point is on the screen.
func (c *camera) px(x, y float64) (float64, float64) {
	mx, my := c.area.middle()
	return mx + (x-c.x+c.shakeX)*c.zoom, my + (y-c.y+c.shakeY)*c.zoom
}

// at is px of a point of the scene.
func (c *camera) at(p replica.Point) (float64, float64) { return c.px(p.X, p.Y) }

// half returns half the size of what is seen, in units.
func (c *camera) half() (w, h float64) { return c.area.w / c.zoom / 2, c.area.h / c.zoom / 2 }

// sees reports whether something of the given radius around p may show.
func (c *camera) sees(p replica.Point, radius float64) bool {
	hw, hh := c.half()
	return math.Abs(p.X-c.x) < hw+radius && math.Abs(p.Y-c.y) < hh+radius
}

// follow moves the camera for dt seconds towards a ship at p that flies at v and
// whose pilot looks at (lookX, lookY), each -1 to 1.
func (c *camera) follow(p, v replica.Point, lookX, lookY, dt float64) {
	if !(math.Abs(p.X)+math.Abs(v.X) < farthest && math.Abs(p.Y)+math.Abs(v.Y) < farthest) {
		return // not a number, or nowhere: whatever a server sends, the camera stays usable
	}
	l := 1 - math.Exp(-leadRate*dt)
	c.leadX += (v.X*velocityLead - c.leadX) * l
	c.leadY += (v.Y*velocityLead - c.leadY) * l
	tx, ty := p.X+c.leadX, p.Y+c.leadY
	if !c.placed || math.Hypot(tx-c.baseX, ty-c.baseY) > jumpDistance {
		c.baseX, c.baseY, c.placed = tx, ty, true
	}
	k := 1 - math.Exp(-followRate*dt)
	if math.Hypot(tx-c.baseX, ty-c.baseY) > 200 {
		k = 1 - math.Exp(-respawnGlide*dt)
	}
	c.baseX += (tx - c.baseX) * k
	c.baseY += (ty - c.baseY) * k
	l = 1 - math.Exp(-lookRate*dt)
	c.lookX += (lookX*lookReach - c.lookX) * l
	c.lookY += (lookY*lookReach - c.lookY) * l
	c.x, c.y = c.baseX+c.lookX, c.baseY+c.lookY
}

// confine keeps the camera over the arena, as far as the arena fills the view. Who
// flies along its border is not under a thumb there.
func (c *camera) confine(a *sim.Arena) {
	if a == nil {
		return
	}
	size := a.Size()
	hw, hh := c.half()
	rim := arenaRim + c.thumbs/c.zoom
	c.x = between(c.x, hw-rim, size.X.Float()-hw+rim)
	c.y = between(c.y, hh-arenaRim, size.Y.Float()-hh+rim)
}

// between returns v kept from lo to hi, or their middle if they are crossed.
func between(v, lo, hi float64) float64 {
	if lo > hi {
		return (lo + hi) / 2
	}
	return min(hi, max(lo, v))
}
