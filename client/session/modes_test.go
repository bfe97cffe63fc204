//go:build !js

package session_test

import (
	"testing"
	"testing/synctest"
	"time"

	"ionwake/client/replica"
	"ionwake/server/room"
	"ionwake/shared/bot"
	"ionwake/shared/lab"
	"ionwake/shared/sim"
)

// TestEveryModeAndHullIsForeseen lets a pilot fight bots for a minute and a half in every mode and in every
// hull: whatever happens to the own ship, what the rules alone say of it is what
// comes true, and what the client believes is what the server has.
func TestEveryModeAndHullIsForeseen(t *testing.T) {
	for _, name := range sim.ModeNames() {
		for hull := range sim.Hulls {
			t.Run(name+"/"+sim.Hulls[hull].Name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) { fight(t, name, sim.HullKind(hull)) })
			})
		}
	}
}

func fight(t *testing.T, name string, hull sim.HullKind) {
	mode, _ := sim.ModeByName(name)
	ground := "foundry"
	if mode.Teams() > 0 && hull == sim.Lancer {
		ground = "colossus" // of many cells
	}
	a, err := loadArena(ground)
	if err != nil {
		t.Fatal(err)
	}
	rules := sim.RulesOf(mode)
	rules.Warmup = 5 * sim.TickRate
	m := newMatch(t, room.Config{Arena: a, Mode: mode, Rules: &rules, Bots: 12, BotLevel: bot.Hard, Seed: uint64(hull) + 1})
	p := m.join("Ann", lab.Line{RTT: 60 * time.Millisecond, Jitter: 10 * time.Millisecond, Seed: uint64(hull) + 7}, hull)
	p.pilot = bot.New(uint64(hull)+3, bot.Hard)
	hits := 0
	for range 90 * sim.TickRate {
		time.Sleep(time.Second / sim.TickRate)
		p.think()
		s := p.frame()
		if s == nil {
			continue
		}
		for _, ship := range s.Ships {
			if ship.Own && ship.Hull != hull {
				t.Fatalf("flies a %s", sim.Hulls[ship.Hull].Name)
			}
		}
		for _, e := range s.Effects {
			if e.Kind == replica.ShotHit && e.Who == s.Self {
				hits++
			}
		}
	}
	v := p.net()
	t.Logf("%d hits, %d mispredictions, %d state mismatches, %d frames judged, %d bytes in", hits, v.Mispredictions, v.StateMismatches, v.Judged, v.BytesIn)
	if v.Mispredictions != 0 || v.StateMismatches != 0 || v.Judged < 600 {
		t.Errorf("the line: %+v", v)
	}
	if hits == 0 {
		t.Error("nothing happened: the test shows nothing")
	}
	m.end(p)
}

// think lets a pilot hold the controls, who knows what the player knows.
func (p *player) think() {
	p.ses.Inspect(func(r *replica.Replica) {
		if !r.Joined() {
			return
		}
		v := &p.view
		seen := v.Tick
		if r.View(v); v.Tick != seen && v.Ship(r.Self()) != nil {
			p.in = p.pilot.Think(v, r.Self())
		}
	})
}
