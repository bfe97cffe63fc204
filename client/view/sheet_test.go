package view

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"ionwake/assets"
	"ionwake/client/replica"
	"ionwake/shared/sim"
)

func bakedSheet(zoom float64) *sheet {
	s := newSheet()
	s.bake(zoom)
	return s
}

// TestShapesLeaveRoom bakes at every size of the picture: the words need most of
// the sheet.
func TestShapesLeaveRoom(t *testing.T) {
	for _, zoom := range []float64{0.5, 1, 2, 3} {
		s := bakedSheet(zoom)
		for k, r := range s.sprites {
			if r.x1 < r.x0 || r.y1 <= r.y0 || r.w == 0 {
				t.Errorf("zoom %g: shape %d is %+v", zoom, k, r)
			}
		}
		if used := s.floor.y + s.floor.row; used > sheetSide/2 {
			t.Errorf("zoom %g: shapes take %d of %d rows", zoom, used, sheetSide)
		}
	}
}

// TestFullSheetBeginsAnew writes more words than fit.
func TestFullSheetBeginsAnew(t *testing.T) {
	s := bakedSheet(1)
	refused := false
	for i := range 3 * maxLabels {
		if _, ok := s.word(fmt.Sprintf("word %d", i), 30, bold); !ok {
			refused = true
			s.tidy()
			if _, ok := s.word("after", 30, bold); !ok {
				t.Fatal("no room after tidying")
			}
		}
		s.pending = s.pending[:0]
	}
	if !refused || len(s.words.words) > maxLabels {
		t.Errorf("refused %v, %d words kept", refused, len(s.words.words))
	}
}

// TestFontsHaveAccents looks for the letters of the languages that are planned.
func TestFontsHaveAccents(t *testing.T) {
	s := bakedSheet(1)
	for w := range s.words.fonts {
		for _, r := range "äéłżÅÑñçøßğşőūЖяΩ" {
			if i, err := s.words.fonts[w].GlyphIndex(nil, r); err != nil || i == 0 {
				t.Errorf("%s has no %q", fontFiles[w], r)
			}
		}
	}
}

// TestTilesFit compares the light on both sides of every seam of an arena.
func TestTilesFit(t *testing.T) {
	a := loadArena(t, "foundry")
	const px = 0.5
	rock := stoneOf(&palettes[0])
	worst := 0.0
	for y := range a.Height - 1 {
		for x := range a.Width - 1 {
			m, right := maskAt(a, x, y), maskAt(a, x+1, y)
			if solid := m&(1<<4) != 0; solid != (right&(1<<4) != 0) {
				continue // the wall's line runs here
			}
			for d := -15.5; d < 16; d += 4 {
				l := paintTile(m, dot2{15.999, d}, px, &rock)
				r := paintTile(right, dot2{-15.999, d}, px, &rock)
				worst = max(worst, math.Abs(float64(l.b-r.b)))
			}
		}
	}
	if worst > 0.02 {
		t.Errorf("neighbours differ by %g", worst)
	}
}

// TestShaderCompiles needs no screen.
func TestShaderCompiles(t *testing.T) {
	source, err := assets.Art.ReadFile("art/bloom.kage")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ebiten.NewShader(source); err != nil {
		t.Fatal(err)
	}
}

// TestWakeFades flies a ship, lets go, and waits.
func TestWakeFades(t *testing.T) {
	var w wakes
	s := &sparks{dice: 1}
	ship := []replica.ShipView{{ID: 3, Buttons: sim.Right}}
	now := time.Duration(0)
	fly := func(d time.Duration) {
		for end := now + d; now < end; {
			now += time.Second / 60
			ship[0].Pos.X += 5
			w.step(now, 1.0/60, ship, &livery{palette: palettes[0]}, s)
		}
	}
	fly(2 * time.Second)
	tr := &w.trails[w.byShip[3]-1]
	oldest := tr.points[tr.first]
	if age := now.Seconds() - oldest.born; tr.count < 30 || age < wakeSpan*0.8 || age > wakeSpan {
		t.Errorf("the wake has %d points, the oldest %.2f s old", tr.count, age)
	}
	ship[0].Buttons = sim.Right | sim.Left // opposite directions cancel: no thrust, no wake
	fly(2500 * time.Millisecond)
	if tr.count != 0 || w.byShip[3] != 0 {
		t.Errorf("two and a half seconds later %d points are left", tr.count)
	}
}

// TestWakesAreBounded has more ships thrust than there are trails.
func TestWakesAreBounded(t *testing.T) {
	var w wakes
	s := &sparks{dice: 1}
	ships := make([]replica.ShipView, 3*maxTrails)
	for step := range 200 {
		for i := range ships {
			ships[i] = replica.ShipView{ID: sim.PlayerID(i * 5), Buttons: sim.Down, Pos: replica.Point{Y: float64(step * 6)}}
		}
		w.step(time.Duration(step)*time.Second/60, 1.0/60, ships, &livery{palette: palettes[0]}, s)
	}
	owners := map[sim.PlayerID]bool{}
	for i := range w.trails {
		if tr := &w.trails[i]; owners[tr.owner] || w.byShip[tr.owner] != uint8(i+1) {
			t.Fatalf("trail %d of ship %d is not its only one", i, tr.owner)
		}
		owners[w.trails[i].owner] = true
	}
}

func BenchmarkBake(b *testing.B) {
	s := newSheet()
	for b.Loop() {
		s.bake(1)
		for s.ahead() {
		}
		s.pending = s.pending[:0]
	}
}

func BenchmarkSky(b *testing.B) {
	for b.Loop() {
		newSky(1)
	}
}
