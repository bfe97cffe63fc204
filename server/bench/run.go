//go:build linux && (amd64 || arm64)

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"time"
)

// runFlags are the flags of a run.
type runFlags struct {
	Seats       []int         `help:"Numbers of seats to measure the server and the yardsticks at." default:"64,128,400"`
	All         bool          `help:"Also 16, 256, 512 and 1000 seats, two repetitions each."`
	Repetitions int           `help:"Of each number of seats, in turns." default:"5"`
	Window      time.Duration `help:"Time that is measured, of each run." default:"5s"`
	Quick       bool          `help:"A smoke test: few players, short windows, one repetition. Its figures are worth nothing."`
	Profile     bool          `help:"One more run at each number of seats, with a profile of the server beside the result."`
	Procs       int           `help:"GOMAXPROCS of the server, and with it of the yardsticks (default: what the server takes)." placeholder:"N"`
	Only        []string      `help:"Parts of the run: arena, scale, micro, memory (default: all)." enum:"arena,scale,micro,memory" placeholder:"PART"`
	Out         string        `help:"Folder of results and traces." default:"bin/bench" placeholder:"DIR"`
	Server      string        `help:"The server's program (default: built from here)." placeholder:"FILE"`
	Swarm       string        `help:"The swarm's program (default: built from here)." placeholder:"FILE"`
	Go          string        `help:"The go command." default:"go" placeholder:"FILE"`
}

// programs are the files of what is started.
type programs struct {
	server, swarm, self string
	environment         []string // of the server, beside this program's
}

// bench is a run.
type bench struct {
	programs programs
	goTool   string
	out      string // folder
	began    time.Time
	stamp    string // of the files of this run
	window   time.Duration
	settle   time.Duration // of a server before its window
	book     book
	progress io.Writer
	failures []error // parts that could not be measured
}

func (f *runFlags) run(ctx context.Context, out, progress io.Writer) error {
	if f.Quick {
		f.Seats, f.Repetitions, f.Window, f.All = []int{4, 8}, 1, time.Second, false
	}
	if f.Repetitions < 1 || f.Window <= 0 || slices.ContainsFunc(f.Seats, func(n int) bool { return n < 1 || n > 1000 }) {
		return errors.New("there has to be a repetition, a window and numbers of seats from 1 to 1000")
	}
	now := time.Now()
	r := &bench{goTool: f.Go, out: f.Out, began: now, stamp: now.Format("2006-01-02-150405"), window: f.Window, settle: inMatch, progress: progress}
	if f.Quick {
		r.settle = 0
	}
	about := thisMachine(now)
	if err := os.MkdirAll(f.Out, 0o755); err != nil {
		return fmt.Errorf("make the folder of results: %w", err)
	}
	if err := r.build(ctx, f); err != nil {
		return err
	}
	err := r.parts(ctx, f)
	if err := r.save(out, about); err != nil {
		return err
	}
	return errors.Join(append(r.failures, err)...)
}

// build makes the programs that were not given.
func (r *bench) build(ctx context.Context, f *runFlags) error {
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("find this program: %w", err)
	}
	r.programs = programs{server: f.Server, swarm: f.Swarm, self: self}
	if f.Procs > 0 {
		r.programs.environment = []string{"GOMAXPROCS=" + strconv.Itoa(f.Procs)}
	}
	for _, p := range []struct {
		path *string
		name string
		pkg  string
	}{{&r.programs.server, "ionwake-server", "./server"}, {&r.programs.swarm, "ionwake-swarm", "./client/swarm"}} {
		if *p.path != "" {
			continue
		}
		*p.path = filepath.Join(f.Out, p.name)
		r.say("build %s", p.pkg)
		if out, err := exec.CommandContext(ctx, r.goTool, "build", "-trimpath", "-o", *p.path, p.pkg).CombinedOutput(); err != nil {
			return fmt.Errorf("build %s: %w: %s", p.pkg, err, out)
		}
	}
	return nil
}

// parts runs the parts that were asked for.
func (r *bench) parts(ctx context.Context, f *runFlags) error {
	asked := func(part string) bool { return len(f.Only) == 0 || slices.Contains(f.Only, part) }
	if asked("arena") {
		if err := r.arena(ctx, f); err != nil {
			return err
		}
	}
	if asked("scale") {
		if err := r.scale(ctx, f.Quick); err != nil {
			return err
		}
	}
	if asked("memory") && !f.Quick {
		if err := r.gather(ctx, matches); err != nil {
			return err
		}
	}
	if asked("micro") && !f.Quick {
		return r.gather(ctx, micro)
	}
	return nil
}

// arena runs the repetitions, all numbers of seats in turn, so that a slow minute of the machine does not meet one of them alone.
func (r *bench) arena(ctx context.Context, f *runFlags) error {
	for i := range f.Repetitions {
		seats := f.Seats
		if f.All && i < 2 {
			seats = append(slices.Clone(seats), 16, 256, 512, 1000)
		}
		r.say("arena, repetition %d of %d", i+1, f.Repetitions)
		before := r.counts(f.Seats)
		for _, n := range seats {
			if err := r.repeat(ctx, n, i); err != nil {
				if ctx.Err() != nil {
					return err
				}
				r.missed(err)
			}
		}
		r.growth(f.Seats, before)
	}
	if !f.Profile {
		return nil
	}
	for _, n := range f.Seats {
		path := filepath.Join(r.out, fmt.Sprintf("%s-n%d.pprof", r.stamp, n))
		r.say("profile of the server with %d players: %s", n, path)
		if _, err := r.programs.fight(ctx, battle{players: n, witnesses: 1, arena: arenaFor(n), window: max(r.window, profileTime), settle: r.settle, profile: path}); err != nil {
			return err
		}
	}
	return nil
}

// profileTime is how long a profile takes: a server of few players works a twentieth of the time, and is looked at a hundred times a second.
const profileTime = 20 * time.Second

// counts returns how often the server was measured at each number of seats.
func (r *bench) counts(seats []int) map[int]int {
	out := make(map[int]int)
	for _, n := range seats {
		out[n] = len(r.book.values(arenaName(n), "us/client-s"))
	}
	return out
}

// growth notes how much more the server takes for twice the players, of the repetition just done, before which there were so many measurements: one of a number of
// seats may have failed.
func (r *bench) growth(seats []int, before map[int]int) {
	for _, n := range seats {
		small := r.book.values(arenaName(n), "us/client-s")
		large := r.book.values(arenaName(2*n), "us/client-s")
		if was, asked := before[2*n]; asked && len(small) > before[n] && len(large) > was {
			r.book.add(fmt.Sprintf("Arena/growth/n=%d", n), value{2 * ratio(large[len(large)-1], small[len(small)-1]), "x"})
		}
	}
}

// Names of the crowds' lines.
const (
	crowdRoom  = "Crowd/room=1000"
	crowdRooms = "Crowd/rooms=16x64"
)

// scale runs the crowds: a thousand in one room, sixteen rooms of 64.
func (r *bench) scale(ctx context.Context, quick bool) error {
	crowds := []struct {
		name string
		battle
	}{
		{crowdRoom, battle{players: 1000, witnesses: 2, arena: "expanse", window: 10 * time.Second}},
		{crowdRooms, battle{players: 1024, witnesses: 2, rooms: 16, arena: "foundry", window: 10 * time.Second}},
	}
	for _, c := range crowds {
		if quick {
			c.rooms = min(c.rooms, 3)
			c.players, c.window = 2*max(c.rooms, 2), time.Second
		}
		c.settle = r.settle
		r.say("%s: %d players", c.name, c.players)
		f, err := r.programs.fight(ctx, c.battle)
		if ctx.Err() != nil {
			return err
		}
		if err != nil {
			r.missed(fmt.Errorf("%s: %w", c.name, err))
			continue
		}
		r.book.add(c.name, f.values()...)
	}
	return nil
}

// save writes the result and prints the table.
func (r *bench) save(out io.Writer, about []machine) error {
	path := filepath.Join(r.out, r.stamp+".txt")
	file, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("write the result: %w", err)
	}
	defer file.Close()
	if err := errors.Join(printMachine(file, about), r.book.write(file), file.Close()); err != nil {
		return err
	}
	listMachine(out, about)
	printTable(out, figures(), &r.book)
	fmt.Fprintf(out, "\nAll of it, for benchstat: %s\n", path)
	return nil
}

// say tells how far the run is.
func (r *bench) say(format string, args ...any) {
	fmt.Fprintf(r.progress, "%5.0f s  %s\n", time.Since(r.began).Seconds(), fmt.Sprintf(format, args...))
}

// missed notes a part that could not be measured; the others go on.
func (r *bench) missed(err error) {
	r.failures = append(r.failures, err)
	r.say("%v", err)
}
