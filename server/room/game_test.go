package room

import (
	"testing"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// mirror follows pick-ups, objectives and the match from frames alone, as
// proto/ionwake/v1 says one has to.
type mirror struct {
	r          *Room
	t          *testing.T
	busy       bool
	skips      sim.Rand
	tick       sim.Tick
	interval   sim.Tick // of sends
	tempos     int      // Welcomes to another one
	match      sim.Match
	items      []sim.Item
	objectives [wire.MaxObjectives]sim.Objective
	deeds      map[sim.EventKind]int
	told       int // objectives and pick-ups
	compared   int
}

func (m *mirror) Ready() bool { return !m.busy }

func (m *mirror) Close(_ []byte, code uint16, _ string) { m.t.Fatalf("closed with %d", code) }

func (m *mirror) Send(data []byte) bool {
	var f wire.Frame
	if err := new(wire.Decoder).Decode(data, &f); err != nil {
		m.t.Fatal(err)
	}
	w := f.Welcome
	if w != nil {
		if m.interval = sim.Tick(w.SendInterval); w.Continues {
			m.tempos++
		}
	}
	tick := f.Tick
	if tick == 0 {
		tick = m.tick + m.interval
	}
	if w != nil && !w.Continues {
		m.items, m.objectives = make([]sim.Item, len(find(m.r, w).Items)), [wire.MaxObjectives]sim.Objective{}
	} else if m.match.Phase == sim.Live {
		for range tick - m.tick {
			for i := range m.objectives {
				m.objectives[i].Advance(m.r.ground().Arena)
			}
		}
	}
	m.take(&f, tick)
	m.compare()
	m.busy = m.skips.Intn(20) == 0
	return true
}

func (m *mirror) take(f *wire.Frame, tick sim.Tick) {
	m.tick = tick
	if f.HasMatch {
		m.match = f.Match
	}
	for _, o := range f.Objectives {
		m.objectives[o.Index] = o.Objective
	}
	for _, it := range f.Items {
		m.items[it.Index] = it.Item
	}
	for i := range m.items {
		if it := &m.items[i]; it.Back != 0 && tick >= it.Back {
			it.Back = 0
		}
	}
	m.told += len(f.Objectives) + len(f.Items)
	for _, d := range f.Deeds {
		m.deeds[d.Kind]++
	}
}

func (m *mirror) compare() {
	m.t.Helper()
	w := m.r.world
	if m.tick != w.Tick || m.match != w.Match {
		m.t.Fatalf("tick %d: believes tick %d, %+v, truth is %+v", w.Tick, m.tick, m.match, w.Match)
	}
	for i := range m.items {
		if m.items[i] != w.Items[i] {
			m.t.Fatalf("tick %d: believes pick-up %d to be %+v, truth is %+v", w.Tick, i, m.items[i], w.Items[i])
		}
		m.compared++
	}
	for i := range m.objectives {
		var truth sim.Objective
		if i < len(w.Objectives) {
			truth = w.Objectives[i]
		}
		if m.objectives[i] != truth {
			m.t.Fatalf("tick %d: believes objective %d to be %+v, truth is %+v", w.Tick, i, m.objectives[i], truth)
		}
		m.compared++
	}
}

// TestGameIsFollowed lets bots play every mode while lines stall and the room changes how
// often it sends: whoever follows the frames knows every pick-up and objective at every tick told, and is told
// little.
func TestGameIsFollowed(t *testing.T) {
	deeds := make(map[sim.EventKind]int)
	for interval := 1; interval <= 3; interval++ {
		rules := sim.Rules{Warmup: 120, Live: 3000, Results: 120, ScoreLimit: 30}
		r := New(Config{SendInterval: interval, Bots: 16, Seed: uint64(interval), Rotation: []Ground{
			{arena(t, "foundry"), sim.Relay{}, &rules}, {arena(t, "harbour"), sim.BeaconMode{}, &rules},
			{arena(t, "harbour"), sim.Squads{}, &rules}, {arena(t, "closet"), sim.Brawl{}, &rules},
		}})
		m := &mirror{r: r, t: t, skips: sim.Rand(interval), deeds: deeds}
		if _, ok := r.Enter(m, wire.Hello{Version: wire.Version, Spectate: true}); !ok {
			t.Fatal("the door is shut")
		}
		hold, meddle := 0, sim.Rand(7)
		for r.world.Match.Number < 5 {
			r.Tick()
			if m.busy {
				if hold++; hold > 40 || hold > 3 && m.skips.Intn(3) == 0 {
					m.busy, hold = false, 0
				}
			}
			stirCores(r, &meddle)
			if meddle.Intn(200) == 0 {
				r.tempo.wanted = interval + meddle.Intn(3)
			}
		}
		t.Logf("%d compared, %d told", m.compared, m.told)
		if m.told > m.compared/10 {
			t.Errorf("%d of %d were told", m.told, m.compared)
		}
		if m.tempos < 10 {
			t.Errorf("%d other tempos: too few to tell", m.tempos)
		}
	}
	for k := sim.ItemTaken; k <= sim.BeaconChanged; k++ {
		if deeds[k] == 0 {
			t.Errorf("no deed of kind %d: it is not tried", k)
		}
	}
}

// stirCores puts ships onto bases, cores and the beacon now and then, so that much
// happens even with bots that know nothing of it.
func stirCores(r *Room, rng *sim.Rand) {
	if len(r.world.Objectives) == 0 || rng.Intn(50) != 0 {
		return
	}
	ship := r.world.Ship(sim.PlayerID(rng.Intn(16)))
	if ship == nil {
		return
	}
	ship.Pos = r.world.Objectives[rng.Intn(len(r.world.Objectives))].Pos
	if ship.Carries {
		ship.Pos = r.ground().Arena.Bases[ship.Team-1]
	}
	if rng.Intn(6) == 0 && ship.Carries {
		p := &r.world.Players[ship.ID]
		p.Status, p.SpawnAt = sim.Waiting, r.world.Tick+60
	}
}
