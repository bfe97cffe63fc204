package archive

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"ionwake/server/durable"
	"ionwake/shared/replay"
	"ionwake/shared/sim"
)

// ending ends the names of files that are whole, and partly of those being written.
const (
	ending = ".ionr"
	partly = ".part"
)

func (a *Archive) path(id string) string { return filepath.Join(a.cfg.Folder, id+ending) }

// keeper is the goroutine of an Archive.
type keeper struct {
	*Archive
	packer  replay.Packer
	scratch []byte
	failing bool
}

// volume is a replay that is being written: a file, or memory.
type volume struct {
	file  *os.File
	data  []byte
	begun bool
	done  bool // nothing more is written
	bytes int
	ticks int

	people   []person // that are in it
	noted    bool     // and where they are written down
	unwanted []person // with whom it is not kept
	dropped  bool
}

// carry appends a piece, or ends a replay.
func (k *keeper) carry(e errand) {
	v := &e.reel.volume
	was := v.done
	err := k.note(e.reel, e.people)
	if e.piece != nil {
		if err == nil {
			err = k.write(e.reel, e.piece)
		}
		e.reel.spare <- e.piece
	}
	if err != nil || !was && !v.dropped { // else nothing was tried
		k.report(err)
	}
	if e.end == nil {
		return
	}
	k.mu.Lock()
	delete(k.reels, e.reel)
	k.mu.Unlock()
	switch {
	case v.dropped:
	case v.ticks < shortest:
		k.drop(e.reel)
	default:
		k.report(k.finish(e.reel, e.end))
	}
}

// report says once that replays cannot be kept, and once that they can again.
func (k *keeper) report(err error) {
	switch {
	case err != nil && !k.failing:
		k.cfg.Log.Error("replays cannot be kept", "error", err)
	case err == nil && k.failing:
		k.cfg.Log.Info("replays are kept again")
	}
	k.failing = err != nil
}

// write appends a piece, after the head if it is the first.
func (k *keeper) write(r *Reel, p *replay.Piece) error {
	v := &r.volume
	if v.done {
		return nil
	}
	k.scratch = k.scratch[:0]
	if !v.begun {
		v.begun = true
		if k.cfg.Folder != "" {
			file, err := os.OpenFile(k.path(r.head.ID)+partly, os.O_WRONLY|os.O_CREATE|os.O_TRUNC|os.O_APPEND, 0o600)
			if err != nil {
				v.done = true
				return err
			}
			v.file = file
		}
		k.scratch = k.packer.AppendHead(k.scratch, &r.head)
	}
	k.scratch = k.packer.AppendPiece(k.scratch, p)
	if v.bytes+len(k.scratch) > replay.MaxFile-(1<<20) || k.cfg.Folder == "" && v.bytes+len(k.scratch) > mostBytesInRAM/4 {
		v.done = true // room for the end is left
		return nil
	}
	if err := k.append(v); err != nil {
		return err
	}
	v.ticks += p.Count
	return nil
}

// append appends what is in scratch: all of it or nothing, or what comes behind would not
// be read.
func (k *keeper) append(v *volume) error {
	if v.file == nil {
		v.data = append(v.data, k.scratch...)
	} else if _, err := v.file.Write(k.scratch); err != nil {
		v.done = true
		return errors.Join(err, v.file.Truncate(int64(v.bytes)))
	}
	v.bytes += len(k.scratch)
	return nil
}

// finish ends a replay and puts it into the list.
func (k *keeper) finish(r *Reel, end *replay.End) error {
	v := &r.volume
	entry := Entry{
		Head: r.head, Arena: r.head.Arena.Name, End: *end, Whole: true, Seconds: v.ticks / sim.TickRate,
	}
	if v.done {
		entry.End.Why = replay.Full
	}
	if entry.End.Why != replay.Over {
		entry.public = k.cfg.Now().Add(holdBack)
	}
	entry.Head.Arena = nil
	k.scratch = k.packer.AppendEnd(k.scratch[:0], &entry.End)
	err := k.append(v)
	entry.Bytes, entry.data = v.bytes, slices.Clip(v.data)
	if v.file != nil {
		err = errors.Join(err, v.file.Sync(), v.file.Close())
		if err == nil {
			err = os.Rename(k.path(r.head.ID)+partly, k.path(r.head.ID))
		}
		if err == nil {
			err = durable.Folder(k.cfg.Folder)
		}
	}
	if err == nil {
		k.keep(entry)
	}
	return err
}

// keep lists a replay and removes those that make way for it.
func (k *keeper) keep(e Entry) {
	for _, id := range k.add(e) {
		if k.cfg.Folder != "" {
			k.remove(id)
		}
	}
}

// remove removes a replay and who is in it, or what cannot be is found at the next start.
func (k *keeper) remove(id string) {
	if os.Remove(k.path(id)) == nil {
		_ = os.Remove(k.roll(id))
	}
}

// drop forgets a replay that is not worth keeping, or must not be.
func (k *keeper) drop(r *Reel) {
	v := &r.volume
	if v.dropped {
		return
	}
	v.done, v.dropped = true, true
	if v.file != nil {
		_ = v.file.Close()
		_ = os.Remove(v.file.Name())
	}
	if v.noted {
		_ = os.Remove(k.roll(r.head.ID))
	}
	v.data = nil
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.taken, r.head.ID)
}

// index lists what is in the folder. What was being written when the program died is as
// good as it goes, and removed if that is not worth keeping: programs may die often.
func (k *keeper) index() {
	if k.cfg.Folder == "" {
		return
	}
	files, err := os.ReadDir(k.cfg.Folder)
	k.report(err)
	for _, f := range files {
		name := f.Name()
		half, cut := strings.CutSuffix(name, ending+partly)
		if cut && validID(half) {
			if os.Rename(filepath.Join(k.cfg.Folder, name), k.path(half)) != nil {
				continue
			}
			name = half + ending
		}
		if id, ok := strings.CutSuffix(name, ending); ok && validID(id) && f.Type().IsRegular() {
			if worth := k.found(id); !worth && cut {
				k.remove(id)
			} else if !worth {
				k.hold(id)
			}
		}
	}
	for _, f := range files {
		if of, ok := strings.CutSuffix(f.Name(), ending+peopled); ok && validID(of) {
			if _, err := os.Lstat(k.path(of)); errors.Is(err, fs.ErrNotExist) && !k.recording(of) {
				_ = os.Remove(k.roll(of)) // or the next time
			}
		}
	}
}

// recording reports whether a replay is being written.
func (a *Archive) recording(id string) bool {
	return slices.ContainsFunc(a.running(), func(r *Reel) bool { return r.head.ID == id })
}

// hold keeps a file that is no replay for this version as long as one that is.
func (k *keeper) hold(id string) {
	info, err := os.Stat(k.path(id))
	if err != nil {
		return // it stays
	}
	e := Entry{other: true, Bytes: int(info.Size())}
	e.Head.ID, e.Head.Began = id, info.ModTime().UnixMilli()
	k.keep(e)
}

// found lists a file. It reports whether it is worth keeping, as far as it can be read.
func (k *keeper) found(id string) (worth bool) {
	f, err := os.Open(k.path(id))
	if err != nil {
		return true
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, replay.MaxFile+1))
	if err != nil {
		return true
	}
	rec, err := replay.Open(data)
	if err != nil || rec.Ticks() < shortest {
		k.cfg.Log.Debug("not a replay", "file", f.Name(), "error", err)
		if errors.Is(err, replay.ErrForeign) && len(data) > 0 { // of another version
			k.hold(id)
			return true
		}
		return false
	}
	e := Entry{Head: rec.Head, Arena: rec.Head.Arena.Name, End: rec.End, Whole: rec.Whole, Seconds: rec.Ticks() / sim.TickRate, Bytes: len(data)}
	e.Head.Arena, e.Head.ID = nil, id
	if !e.Whole || e.End.Why != replay.Over {
		e.public = k.cfg.Now().Add(holdBack)
	}
	k.mu.Lock()
	k.taken[id] = true
	k.mu.Unlock()
	k.keep(e)
	return true
}

// began says when a recording did.
func (e *Entry) began() time.Time { return time.UnixMilli(e.Head.Began).UTC() }
