package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"ionwake/server/archive"
	"ionwake/server/hall"
	"ionwake/server/room"
	plaintext "ionwake/shared/plain"
	"ionwake/shared/replay"
	"ionwake/shared/sim"
)

// openArchive opens where replays are kept: in the data folder, or the newest few in
// memory. private is why nobody is served them, if it is so.
func openArchive(data, private string, log *slog.Logger) (*archive.Archive, error) {
	cfg := archive.Config{Program: version(), Private: private, Log: log}
	if data != "" {
		cfg.Folder = filepath.Join(data, "replays")
	}
	a, err := archive.Open(cfg)
	if err != nil {
		return nil, badFlag("--data", data, "%v", err)
	}
	return a, nil
}

// privateReplays is why replays are not for everybody, as the game is not; "": they are.
func privateReplays(set *settings) string {
	const hosts = " Replays are for those who run it, on the host's port."
	switch {
	case set.password != "":
		return "This server asks for a password." + hosts
	case set.tokenKey != "":
		return "This server asks for a ticket." + hosts
	}
	return ""
}

// recorder is an Archive as rooms use it.
type recorder struct{ *archive.Archive }

// Begin implements room.Recorder.
func (r recorder) Begin(h replay.Head) room.Reel {
	if reel := r.Archive.Begin(h); reel != nil {
		return reel
	}
	return nil
}

// wrecked keeps how a room broke down.
func wrecked(a *archive.Archive) func(hall.Crash) {
	return func(c hall.Crash) {
		a.Crashed(archive.Crash{ID: c.ID, Room: c.Room.Name(), Cause: fmt.Sprint(c.Cause), Stack: string(c.Stack), State: c.Room.Wreck()})
	}
}

// replayFlags are what there is to do with a replay.
type replayFlags struct {
	Verify replayFile `cmd:"" help:"Play a replay again and compare; exit code 0 if it comes out as it was recorded."`
	Info   replayFile `cmd:"" help:"Tell what is in a replay."`
}

type replayFile struct {
	File string `arg:"" help:"Replay, as in the folder replays of --data or from /api/v1/replays/ID."`
}

// read reads the file.
func (f *replayFile) read() (*replay.Record, error) {
	file, err := os.Open(f.File)
	if err != nil {
		return nil, usage("%v", err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, replay.MaxFile+1))
	if err != nil {
		return nil, fmt.Errorf("read the replay: %w", err)
	}
	rec, err := replay.Open(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.File, err)
	}
	return rec, nil
}

// verify plays the replay again. The error names the first place where it comes out
// otherwise.
func (f *replayFile) verify(w io.Writer) error {
	rec, err := f.read()
	if err != nil {
		return err
	}
	ticks, err := replay.Verify(rec)
	switch {
	case errors.Is(err, replay.ErrEdition):
		return fmt.Errorf("%s: %w: verify it with that version", f.File, err)
	case err != nil:
		return fmt.Errorf("%s: %w", f.File, err)
	}
	fmt.Fprintf(w, "%s: %d ticks (%s) come out as they were recorded\n", f.File, ticks, ticksText(ticks))
	if !rec.Whole {
		fmt.Fprintf(w, "it was cut: it has no end\n")
	}
	return nil
}

// infoRunes is how much of what a replay says of itself is told: it may be anybody's.
const infoRunes = 200

// info tells what is in the replay.
func (f *replayFile) info(w io.Writer) error {
	rec, err := f.read()
	if err != nil {
		return err
	}
	h := &rec.Head
	playable := "yes"
	if h.Edition != sim.Edition {
		playable = "no: other rules"
	}
	ending := "cut"
	if rec.Whole {
		ending = archive.Endings[rec.End.Why]
	}
	for _, line := range [...][2]string{
		{"match", h.ID},
		{"server", h.Server + ", room " + h.Room},
		{"played", h.Mode.Name() + " on " + h.Arena.Name},
		{"began", time.UnixMilli(h.Began).UTC().Format("2006-01-02 15:04:05") + " UTC"},
		{"lasts", ticksText(rec.Ticks())},
		{"ended", ending},
		{"version", h.Program + fmt.Sprintf(", rules %016x", uint64(h.Edition))},
		{"playable", playable},
	} {
		fmt.Fprintf(w, "%-9s%s\n", line[0], plaintext.Text(line[1], infoRunes))
	}
	if h.Mode.Teams() > 0 {
		fmt.Fprintf(w, "%-9sTorus %d, Wedge %d\n", "points", rec.End.Scores[0], rec.End.Scores[1])
	}
	for i, l := range rec.End.Lines {
		kind := ""
		if l.Bot {
			kind = " (bot)"
		}
		fmt.Fprintf(w, "%3d. %-18s %4d points %4d kills %4d deaths  %016x%s\n", i+1, plaintext.Text(l.Name, infoRunes), l.Score, l.Kills, l.Deaths, l.Tag, kind)
	}
	return nil
}

// ticksText is how long so many ticks last, as minutes and seconds.
func ticksText(n int) string {
	s := n / sim.TickRate
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}
