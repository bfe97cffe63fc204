//go:build !js

// Command swarm plays Ionwake with many headless players from one process: to see what
// a server stands, what a player among so many notices, and whether what clients
// believe is true. They come over the same wire as people and have the same limits.
//
// # Players
//
// A player of the crowd is a session with a socket of its own, a replica that decodes
// every frame and checks the hash of its own ship in each, and a pilot. What a chunk
// does to a cell is worked out by the first player of the process that is told, and
// taken over by the others that are told the very same bytes about the very same
// state; see commons. A witness is a whole client: it shares nothing, follows its own
// ship through every send, counts mispredictions and makes the picture 60 times a
// second, only that nobody looks.
//
// # Aim
//
// Each pilot has a hand on a mouse (shared/bot, hand.go). With every frame, 30 times a
// second unless --think says less often, it is pulled towards where the pilot believes
// its target to be a reaction time ago, flown on; it gains speed, overshoots, comes
// back and trembles while it moves. The error that it corrects wanders off anew every
// third to two thirds of a second. It rests when it is within two degrees of its mark
// and slow, as a hand on a table does. The report tells in which share of the sends
// the aim was another than in the send before.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// Exit codes of the program.
const (
	exitFine    = 0
	exitNoticed = 1 // something that a player would notice, or nothing could be played
	exitUsage   = 2 // what was asked for cannot be
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run does what the command line says and returns the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	set, err := parse(args, stdout, stderr)
	if errors.Is(err, errHelped) {
		return exitFine
	}
	if err != nil {
		fmt.Fprintf(stderr, "ionwake-swarm: %v (ionwake-swarm --help tells what there is)\n", err)
		return exitUsage
	}
	fine, err := fly(ctx, set, stdout)
	if err != nil {
		fmt.Fprintf(stderr, "ionwake-swarm: %v\n", err)
	}
	if err != nil || !fine {
		return exitNoticed
	}
	return exitFine
}

// fly lets the swarm play, writes the report and says whether nobody noticed anything.
func fly(ctx context.Context, set settings, stdout io.Writer) (fine bool, err error) {
	s := newSwarm(set)
	if set.profile != "" {
		f, err := os.Create(set.profile)
		if err != nil {
			return false, fmt.Errorf("profile: %w", err)
		}
		defer f.Close()
		s.profile = f
	}
	s.play(ctx)
	r := s.report()
	if err := r.write(stdout, set.json); err != nil {
		return false, fmt.Errorf("write the report: %w", err)
	}
	return len(r.Noticed) == 0, nil
}

// errHelped says that --help was asked for and answered.
var errHelped = errors.New("helped")

// parse reads the command line.
func parse(args []string, stdout, stderr io.Writer) (settings, error) {
	var f flags
	helped := false
	parser, err := kong.New(&f,
		kong.Name("ionwake-swarm"),
		kong.Description(description),
		kong.Writers(stdout, stderr),
		kong.Exit(func(int) { helped = true }), // after --help only: errors come back from Parse
	)
	if err != nil {
		return settings{}, fmt.Errorf("set up the command line: %w", err)
	}
	_, err = parser.Parse(args)
	if helped {
		return settings{}, errHelped
	}
	if err != nil {
		return settings{}, err
	}
	return f.settings()
}
