//go:build linux && (amd64 || arm64)

package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// commands is the command line. All but run are what run starts beside the server.
type commands struct {
	Run   runFlags   `cmd:"" default:"withargs" help:"Measure and print the table (this is what happens without a command)."`
	Floor floorFlags `cmd:"" help:"Yardstick: the least a server can do. Reads all sockets once a tick, writes the bytes, no protocol."`
	Plain plainFlags `cmd:"" help:"Yardstick: a plain gws server. A goroutine for each connection, a Broadcaster for the frames."`
	Load  loadFlags  `cmd:"" help:"Clients of a yardstick: so many connections, messages and bytes."`
}

// Exit codes of the program.
const (
	exitOK     = 0
	exitFailed = 1 // something could not be measured; a target that is missed is no failure
	exitUsage  = 2
)

func main() {
	var cmd commands
	parser := kong.Must(&cmd, kong.Name("ionwake-bench"),
		kong.Description("Measures Ionwake's server beside two yardsticks, in one run on one machine, and prints what was to be reached and what was."),
		kong.Exit(func(code int) { os.Exit(min(code, exitUsage)) }))
	parsed, err := parser.Parse(os.Args[1:])
	if err != nil {
		fmt.Fprintf(os.Stderr, "ionwake-bench: %v\n", err)
		os.Exit(exitUsage)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	switch parsed.Command() {
	case "floor":
		err = cmd.Floor.run(os.Stdin, os.Stdout)
	case "plain":
		err = cmd.Plain.run(os.Stdin, os.Stdout)
	case "load":
		err = cmd.Load.run(os.Stdin, os.Stdout)
	default:
		err = cmd.Run.run(ctx, os.Stdout, os.Stderr)
	}
	stop()
	if err != nil {
		fmt.Fprintf(os.Stderr, "ionwake-bench: %v\n", err)
		os.Exit(exitFailed)
	}
}
