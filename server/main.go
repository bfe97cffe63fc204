// Command server runs Ionwake: the rooms, the page and its game for browsers, and
// the port for the host, in one program.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"ionwake/server/flags"
)

// Exit codes of the program.
const (
	exitOK     = 0
	exitFailed = 1 // something went wrong while running
	exitUsage  = 2 // what was asked for cannot be: flags, environment, addresses
)

func main() {
	stop := make(chan os.Signal, 2)
	signal.Notify(stop, syscall.SIGTERM, os.Interrupt)
	os.Exit(run(os.Args[1:], stop, os.Stdout, os.Stderr))
}

// run does what the command line says and returns the exit code. What goes wrong
// is told in one line on stderr.
func run(args []string, stop <-chan os.Signal, stdout, stderr io.Writer) int {
	err := execute(args, stop, stdout, stderr)
	if err == nil {
		return exitOK
	}
	fmt.Fprintf(stderr, "ionwake-server: %s\n", oneLine(err.Error()))
	if _, ok := errors.AsType[usageError](err); ok {
		return exitUsage
	}
	return exitFailed
}

func execute(args []string, stop <-chan os.Signal, stdout, stderr io.Writer) error {
	var cmd commands
	from := newOrigins(os.LookupEnv)
	err := cmd.parse(args, from, stop, stdout, stderr)
	if wrong, ok := errors.AsType[usageError](err); ok {
		return from.nameSource(wrong)
	}
	return err
}

// root describes the command line.
func (cmd *commands) root() *flags.Verb {
	return flags.Of("ionwake-server",
		"Ionwake's server. Without a command it serves. Every flag can be given as IONWAKE_NAME in the environment and as a key of the file of --config too.", cmd)
}

// parse reads the command line and does what it says.
func (cmd *commands) parse(args []string, from *origins, stop <-chan os.Signal, stdout, stderr io.Writer) error {
	root := cmd.root()
	chosen, err := root.Parse(args)
	if chosen.Help {
		return chosen.Named.PrintHelp(stdout, withVariable)
	}
	if err == nil {
		err = from.fill(chosen.Verb, root.Default)
	}
	if err != nil {
		return wordUsage(err, chosen.Named)
	}
	verb, below := chosen.Verb, ""
	if verb.Above != root {
		verb, below = verb.Above, verb.Name
	}
	if verb.Name == "version" {
		fmt.Fprintln(stdout, versionLine())
		return nil
	}
	if err := checkVariables(os.Environ(), root.Default.Flags); err != nil {
		return err
	}
	switch ctx := context.Background(); verb.Name {
	case "config":
		return cmd.Config.print(stdout, verb, from)
	case "doctor":
		return cmd.Doctor.examine(ctx, stdout, colorful(stdout))
	case "token":
		return cmd.Token.make(stdout)
	case "ticket":
		return cmd.Ticket.make(stdout)
	case "backup":
		return cmd.Backup.run(ctx, stdout, from)
	case "replay":
		if below == "info" {
			return cmd.Replay.Info.info(stdout)
		}
		return cmd.Replay.Verify.verify(stdout)
	case "healthcheck":
		return cmd.Healthcheck.run(ctx)
	}
	set, err := cmd.Serve.settings()
	if err != nil {
		return err
	}
	if err := set.missing(); err != nil {
		return err
	}
	log := newLogging(set, stderr)
	defer log.pipe.close()
	return serve(set, outside{stop, stdout, log, func() (settings, error) { return again(args) }})
}

// again reads the settings once more, as whoever started the program asked for them.
func again(args []string) (settings, error) {
	from := newOrigins(os.LookupEnv)
	var cmd commands
	root := cmd.root()
	chosen, err := root.Parse(args)
	if err == nil {
		err = from.fill(chosen.Verb, root.Default)
	}
	var set settings
	if err == nil {
		set, err = cmd.Serve.settings()
	}
	if err == nil {
		err = set.missing()
	}
	if wrong, ok := errors.AsType[usageError](err); ok {
		return settings{}, from.nameSource(wrong)
	}
	return set, err
}
