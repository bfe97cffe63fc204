// Command bake makes what assets holds from its sources. Each subcommand makes
// one kind:
//
//	bake maps [-check] [-dir DIR] [-pictures DIR]   maps/NAME.tmx -> maps/NAME.arena
//	bake sound [-check] [-dir DIR] [-wav DIR]
//	                                nothing -> sound/effects.pack and sound/music.pack
//	bake web [-quality Q]                           ../client -> web/dist, the client for browsers
//	bake size [-quality Q]                          the same, and fails when browsers must fetch too much
//
// It runs from the top of the tree and exits with 0 when all is as it should be,
// 1 when something is stale or cannot be written, and 2 when a source is bad or
// the command line is.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
)

// What a subcommand's error wraps decides the exit code.
var (
	errBad   = errors.New("refused")
	errStale = errors.New("stale")
)

type subcommand func(args []string, out io.Writer) error

var subcommands = map[string]subcommand{
	"maps":  maps,
	"size":  size,
	"sound": sound,
	"web":   web,
}

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is main without the process: it returns the exit code.
func run(args []string, out, trouble io.Writer) int {
	if len(args) == 0 || subcommands[args[0]] == nil {
		fmt.Fprintln(trouble, "usage: bake KIND [flags]; the kinds are in the package comment")
		return 2
	}
	err := subcommands[args[0]](args[1:], out)
	if err == nil {
		return 0
	}
	fmt.Fprintln(trouble, err)
	if errors.Is(err, errBad) {
		return 2
	}
	return 1
}
