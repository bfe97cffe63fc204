package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"ionwake/assets/tmx"
	"ionwake/shared/sim"
)

// maps turns every DIR/NAME.tmx into DIR/NAME.arena. With -check it writes
// nothing and returns errStale where an arena is not what its drawing says. With
// -pictures it also draws each, as its maker should see it, into a folder.
func maps(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("maps", flag.ContinueOnError)
	flags.SetOutput(out)
	check := flags.Bool("check", false, "write nothing, fail where an arena is not what its drawing says")
	dir := flags.String("dir", filepath.Join("assets", "maps"), "where the drawings are")
	pictures := flags.String("pictures", "", "folder for a picture (NAME.png) of each")
	if err := flags.Parse(args); err != nil {
		return fmt.Errorf("%w: %w", errBad, err)
	}
	drawings, err := filepath.Glob(filepath.Join(*dir, "*.tmx")) // sorted
	if err != nil {
		return fmt.Errorf("list %s: %w", *dir, err)
	}
	if len(drawings) == 0 {
		return fmt.Errorf("%w: no drawing (*.tmx) in %s", errBad, *dir)
	}
	var failures []error
	for _, drawing := range drawings {
		a, err := readMap(drawing)
		if err != nil {
			failures = append(failures, err)
			continue
		}
		failures = append(failures, bakeMap(drawing, a, *check, out))
		if *pictures != "" {
			failures = append(failures, writePicture(filepath.Join(*pictures, a.Name+".png"), a))
		}
	}
	return errors.Join(failures...)
}

func readMap(drawing string) (*sim.Arena, error) {
	data, err := os.ReadFile(drawing)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errBad, err)
	}
	a, err := tmx.Read(strings.TrimSuffix(filepath.Base(drawing), ".tmx"), data)
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", errBad, drawing, err)
	}
	return a, nil
}

func bakeMap(drawing string, a *sim.Arena, check bool, out io.Writer) error {
	code, target := a.Encode(), strings.TrimSuffix(drawing, ".tmx")+".arena"
	old, err := os.ReadFile(target)
	if err == nil && bytes.Equal(old, code) {
		return nil
	}
	if check {
		return fmt.Errorf("%w: %s is not what %s says", errStale, target, drawing)
	}
	if err := os.WriteFile(target, code, 0o644); err != nil {
		return fmt.Errorf("write %s: %w", target, err)
	}
	_, err = fmt.Fprintf(out, "%s: %d x %d tiles, %d spawn points, %d pick-ups, %d wells, %d zones, %d beacon points, %d bytes\n",
		target, a.Width, a.Height, len(a.Spawns), len(a.Items), len(a.Wells), len(a.Zones), len(a.Path), len(code))
	return err
}
