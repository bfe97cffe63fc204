package replica

import (
	"time"

	"ionwake/shared/wire"

	"ionwake/shared/sim"
)

// feed is the newest kills.
type feed struct{ kills []killLine }

type killLine struct {
	wire.Kill
	killer, victim string // as they were called then: seats change hands
	at             time.Duration
}

const (
	maxKills = 6
	killFor  = 8 * time.Second
)

func (f *feed) add(k killLine) {
	if len(f.kills) == maxKills {
		copy(f.kills, f.kills[1:])
		f.kills = f.kills[:maxKills-1]
	}
	f.kills = append(f.kills, k)
}

func (f *feed) draw(now time.Duration, self sim.PlayerID, s *Scene) {
	s.Kills = s.Kills[:0]
	for i := range f.kills {
		k := &f.kills[i]
		if age := now - k.at; age < killFor {
			s.Kills = append(s.Kills, KillView{
				Killer: k.killer, Victim: k.victim, KillerID: k.By, VictimID: k.Who,
				Weapon: k.With, Age: age, OwnKill: k.By == self, OwnDeath: k.Who == self,
			})
		}
	}
}
