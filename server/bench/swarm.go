//go:build linux && (amd64 || arm64)

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// swarm is the running players.
type swarm struct{ *child }

func (p *programs) startSwarm(s *ionwake, b battle) (*swarm, error) {
	args := []string{"--join", "http://" + s.game + "/", "--players", strconv.Itoa(b.players - b.witnesses), "--witness", strconv.Itoa(b.witnesses), "--report", "json",
		"--ramp", max(time.Duration(b.players)*8*time.Millisecond, time.Second).String(), "--for", "10m"}
	if b.rooms > 1 {
		args = append(args, "--rooms", strconv.Itoa(b.rooms))
	}
	c, err := start("the swarm", nil, p.swarm, args...)
	return &swarm{c}, err
}

// stop interrupts the swarm.
func (s *swarm) stop() error {
	if err := s.cmd.Process.Signal(os.Interrupt); err != nil {
		return fmt.Errorf("stop the swarm: %w", err)
	}
	return nil
}

// report ends the swarm and reads its report. That somebody noticed something is no failure of the run: it is what the figures tell.
func (s *swarm) report(into *swarmReport) error {
	if err := s.stop(); err != nil {
		return err
	}
	var text strings.Builder
	for s.lines.Scan() {
		text.WriteString(s.lines.Text())
	}
	err := s.wait()
	if exit, ok := errors.AsType[*exec.ExitError](err); err != nil && (!ok || exit.ExitCode() != 1) {
		return err
	}
	if err := json.Unmarshal([]byte(text.String()), into); err != nil {
		return fmt.Errorf("read the swarm's report: %w", err)
	}
	return nil
}

// swarmReport is what this program reads of the swarm's report; the names are client/swarm's.
type swarmReport struct {
	Groups []struct {
		Kind           string                `json:"kind"`
		Players        int                   `json:"players"`
		Joined         int                   `json:"joined"`
		Drops          []struct{ Count int } `json:"drops"`
		Join           quantiles             `json:"join_ms"`
		RTT            quantiles             `json:"rtt_ms"`
		Gap            quantiles             `json:"gap_ms"`
		In             quantiles             `json:"in_kbit_s"`
		AimTurned      float64               `json:"aim_turned"`
		Frames         int                   `json:"frames"`
		Mismatches     int                   `json:"hash_mismatches"`
		Judged         int                   `json:"judged"`
		Mispredictions int                   `json:"mispredictions"`
	} `json:"groups"`
	Own struct {
		CPUPerPlayer float64   `json:"cpu_us_per_player_s"`
		Late         quantiles `json:"late_ms"`
	} `json:"own"`
}

type quantiles struct {
	P50 float64 `json:"p50"`
	P99 float64 `json:"p99"`
	Max float64 `json:"max"`
}

// values tells what players went through: times and rates of the crowd, which comes first, and counts of all.
func (r *swarmReport) values() []value {
	var out []value
	failed, drops, mismatches, frames, mispredictions := 0, 0, 0, 0, 0
	for i, g := range r.Groups {
		if i == 0 {
			out = append(out, value{g.In.P50, "kbit/s-p50"}, value{g.In.P99, "kbit/s-p99"}, value{g.Gap.P99, "gap-p99-ms"}, value{g.Gap.Max, "gap-max-ms"},
				value{g.RTT.P50, "rtt-p50-ms"}, value{g.Join.P99, "join-p99-ms"}, value{g.AimTurned, "aims-turned/send"})
		}
		failed += g.Players - g.Joined
		for _, d := range g.Drops {
			drops += d.Count
		}
		mismatches, frames, mispredictions = mismatches+g.Mismatches, frames+g.Frames, mispredictions+g.Mispredictions
	}
	return append(out, value{float64(failed + drops + mismatches), "noticed"}, value{float64(failed), "joins-failed"}, value{float64(drops), "drops"}, value{float64(frames), "frames-checked"},
		value{float64(mismatches), "mismatches"}, value{float64(mispredictions), "mispredictions"}, value{r.Own.CPUPerPlayer, "swarm-us/client-s"})
}
