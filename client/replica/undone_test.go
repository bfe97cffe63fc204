package replica

import (
	"testing"

	"ionwake/shared/sim"
)

// barrel shows what a gun of the own ship is foreseen to do.
type barrel struct{ effects }

// frame takes the news of one frame: the own gun has gone off in the ticks of did, and
// is foreseen to in those of will, up to now.
func (b *barrel) frame(tick, now sim.Tick, did, will []sim.Tick) {
	bolt := sim.Bolt{Owner: 3, Kind: sim.LightBolt}
	b.claims.doubt()
	for _, t := range did {
		b.holds(ShotFired, shotName(&bolt), t)
	}
	b.drop()
	for _, t := range will {
		if int32(t-now) <= 1 {
			b.foresee(Effect{Kind: ShotFired, Who: 3, Own: true}, shotName(&bolt), t)
		}
		if int32(t-now) <= 0 {
			b.commit()
		}
	}
	b.settle(tick)
}

// TestClaims_AShotThatSlipsIsOneShot pulls the trigger at a moment of which the server
// hears late: frame after frame the shot is foreseen a little later, until it is fired.
// It was seen once, at once. One that is never fired is taken back.
func TestClaims_AShotThatSlipsIsOneShot(t *testing.T) {
	reload := sim.Tick(sim.Overdriven(sim.Hulls[sim.Dart].Primary.Reload)) // as quickly as it ever fires
	for _, first := range []sim.Tick{1000, ^sim.Tick(0) - 12} {
		for _, slips := range []sim.Tick{0, 2, 12, 40} {
			for _, shots := range []sim.Tick{1, 4} {
				for _, fired := range []bool{true, false} {
					var b barrel
					ahead := shots*reload + 3
					at := func(slip sim.Tick) (list []sim.Tick) {
						for n := range shots {
							list = append(list, first+slip+n*reload)
						}
						return list
					}
					now := first + shots*reload
					b.frame(now-ahead, now, nil, at(0))
					slip := sim.Tick(0)
					for ; slip < slips; slip += 2 {
						now += 2
						b.frame(now-ahead, now, nil, at(slip+2))
					}
					now += 60
					if fired {
						b.frame(now-ahead, now, at(slip), nil)
					} else {
						b.frame(now-ahead, now, nil, nil)
					}
					seen, undone := 0, 0
					for _, x := range b.list {
						switch x.Kind {
						case ShotFired:
							seen++
						case ShotUndone:
							undone++
						}
					}
					want := 0
					if !fired {
						want = int(shots)
					}
					if seen != int(shots) || undone != want || len(b.claims.list) > 0 {
						t.Errorf("from %d, %d shots that slip by %d ticks, fired %t: %d seen, %d taken back, %d unsettled", first, shots, slips, fired, seen, undone, len(b.claims.list))
					}
				}
			}
		}
	}
}
