package e2e

import (
	"bytes"
	"encoding/json"
	"math"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"ionwake/shared/sim"
)

// swarmBuild is the program of headless players.
var swarmBuild struct {
	once sync.Once
	err  error
}

// swarm is headless players, each of them a whole client.
type swarm struct {
	t    *testing.T
	cmd  *exec.Cmd
	told bytes.Buffer // its report
}

// posture is how one of them stood, and absence its way back; see client/swarm.
type posture struct {
	Seat   int     `json:"seat"`
	Match  int     `json:"match"`
	Score  int     `json:"score"`
	Deaths int     `json:"deaths"`
	Flying bool    `json:"flying"`
	X      float64 `json:"x"`
	Y      float64 `json:"y"`
	Tick   int     `json:"tick"`
}

type absence struct {
	Player int     `json:"player"`
	Away   float64 `json:"away_ms"`
	Before posture `json:"before"`
	After  posture `json:"after"`
}

// startSwarm lets n players join over a second. They play until stop.
func startSwarm(t *testing.T, url string, n int) *swarm {
	t.Helper()
	target := filepath.Join(programs.dir, "ionwake-swarm")
	swarmBuild.once.Do(func() { swarmBuild.err = goTool(t.Context(), nil, "build", "-o", target, "./client/swarm") })
	if swarmBuild.err != nil {
		t.Fatalf("build the swarm: %v", swarmBuild.err)
	}
	s := &swarm{t: t, cmd: exec.Command(target, "--join="+url, "--players=0", "--witness="+strconv.Itoa(n), "--ramp=1s", "--for=1h", "--think=10", "--report=json")}
	s.cmd.Stdout = &s.told
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if s.cmd.ProcessState == nil {
			_ = s.cmd.Process.Kill()
			_ = s.cmd.Wait()
		}
	})
	return s
}

// stop lets everybody leave and returns how they came back after each end of the server.
func (s *swarm) stop() (returns map[int][]absence) {
	s.t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		s.t.Fatal(err)
	}
	_ = s.cmd.Wait() // its code says that somebody noticed something, as they did
	var told struct {
		Groups []struct {
			Kind       string    `json:"kind"`
			Joined     int       `json:"joined"`
			Mismatches int       `json:"hash_mismatches"`
			Absences   []absence `json:"absences"`
		} `json:"groups"`
	}
	if err := json.Unmarshal(s.told.Bytes(), &told); err != nil || len(told.Groups) != 1 {
		s.t.Fatalf("the swarm's report: %v in %q", err, s.told.String())
	}
	if n := told.Groups[0].Mismatches; n > 0 {
		s.t.Errorf("%d times a belief was not the truth", n)
	}
	returns = map[int][]absence{}
	for _, a := range told.Groups[0].Absences {
		returns[a.Player] = append(returns[a.Player], a)
	}
	return returns
}

// moved is how far a ship is from where it was, in ticks at the speed that no ship
// exceeds; 0 where it was not flying both times, or has died in between.
func (a *absence) moved() float64 {
	if !a.Before.Flying || !a.After.Flying || a.Before.Deaths != a.After.Deaths {
		return 0
	}
	fastest := 0.0
	for _, h := range sim.Hulls {
		fastest = max(fastest, float64(h.MaxSpeed))
	}
	return math.Hypot(a.After.X-a.Before.X, a.After.Y-a.Before.Y) / fastest
}

// outage is an end of the server and its start again.
type outage struct {
	signal    syscall.Signal
	ended     time.Duration // from the signal to the end of the process
	started   time.Duration // from the start of the next one until it answers
	browser   time.Duration // from the signal until the page plays again
	lostTicks int           // that the match may go back
}

// breaks ends the server by a signal, starts it again and waits until the page plays.
func (s *server) breaks(p *tab, sig syscall.Signal, lostTicks int) outage {
	s.t.Helper()
	o := outage{signal: sig, lostTicks: lostTicks}
	before, begin := p.stats(), time.Now()
	if sig == syscall.SIGKILL {
		s.kill()
	} else if code := s.stop(); code != 0 {
		s.t.Errorf("the server ended with code %d", code)
	}
	o.ended = time.Since(begin)
	again := time.Now()
	s.start()
	o.started = time.Since(again)
	s.awaitStatus("everybody", func(got status) bool { return got.Players == restartPlayers+1 })
	p.await("the game", func(st stats) bool {
		return st.State == "playing" && st.Tick != before.Tick && st.Tick >= before.Tick-float64(lostTicks)
	})
	o.browser = time.Since(begin)
	after := p.stats()
	if after.Self != before.Self || after.Match != before.Match || after.Map != before.Map || after.Hull != before.Hull || after.Phase != before.Phase {
		s.t.Errorf("%v: the page came back to %+v, was in %+v", sig, after, before)
	}
	if is, was := after.line(), before.line(); is.Name != "Ada" || lostTicks == 0 && (is.Kills < was.Kills || is.Deaths < was.Deaths) {
		s.t.Errorf("%v: the page came back as %+v, was %+v", sig, is, was)
	}
	return o
}

// judge looks at how a player came back from an outage.
func (o *outage) judge(t *testing.T, a *absence) {
	t.Helper()
	was, is := &a.Before, &a.After
	if is.Seat != was.Seat || is.Match != was.Match {
		t.Errorf("%v: player %d came back to %+v, was %+v", o.signal, a.Player, *is, *was)
	}
	if is.Tick < was.Tick-o.lostTicks || o.lostTicks == 0 && (is.Score < was.Score || is.Score > was.Score+2 || is.Deaths < was.Deaths) {
		t.Errorf("%v: player %d went on from %+v, was %+v", o.signal, a.Player, *is, *was)
	}
	if far := a.moved(); far > math.Abs(float64(is.Tick-was.Tick))+1 {
		t.Errorf("%v: player %d came back %.0f ticks of flight away, in %d ticks of the match", o.signal, a.Player, far, is.Tick-was.Tick)
	}
	if most := o.ended + o.started + 2*time.Second; a.Away > float64(most.Milliseconds()) {
		t.Errorf("%v: player %d was away for %.0f ms, the server %v", o.signal, a.Player, a.Away, o.ended+o.started)
	}
}

const restartPlayers = 32

// Issue 5, and R13, R14, R26: 32 players and a browser are in the middle of a match when
// the server is told to stop, and again when it is killed. It is started again on its
// data; everybody has the same seat, ship and score within two seconds of its being there,
// after a kill those of a few seconds before it.
func TestFault_R14_RestartWithACrowd(t *testing.T) {
	s := startServer(t, "--bots", "0", "--map", "closet", "--data", t.TempDir(), "--no-discovery", "--exempt", "127.0.0.0/8")
	crowd := startSwarm(t, s.url(), restartPlayers)
	s.awaitStatus("the crowd", func(got status) bool { return got.Players == restartPlayers })
	p := enterGame(t, s.url()+"?name=Ada")
	p.await("a match with points", func(st stats) bool {
		points := 0
		for _, l := range st.Scoreboard {
			points += l.Kills
		}
		return st.Phase == "live" && points >= 8
	})
	outages := []outage{s.breaks(p, syscall.SIGTERM, 0)}
	time.Sleep(4 * time.Second) // more than passes between two copies of the room
	outages = append(outages, s.breaks(p, syscall.SIGKILL, 4*sim.TickRate))
	returns := crowd.stop()
	if len(returns) != restartPlayers {
		t.Errorf("%d players came back, want %d", len(returns), restartPlayers)
	}
	for i := range outages {
		o, longest, farthest, lost := &outages[i], 0.0, 0.0, 0
		for player, list := range returns {
			if len(list) != len(outages) {
				t.Fatalf("player %d came back %d times: %+v", player, len(list), list)
			}
			o.judge(t, &list[i])
			longest, farthest = max(longest, list[i].Away), max(farthest, list[i].moved())
			lost = max(lost, list[i].Before.Tick-list[i].After.Tick)
		}
		t.Logf("%v: ended in %v, answers after %v; players away %.0f ms at most, the page %v; ships within %.1f ticks of flight, the match %d ticks back at most",
			o.signal, o.ended.Round(time.Millisecond), o.started.Round(time.Millisecond), longest, o.browser.Round(time.Millisecond), farthest, lost)
	}
	p.screenshot("back.png")
	if st := s.status(); st.Players > restartPlayers+1 {
		t.Errorf("the server has %d players", st.Players)
	}
}
