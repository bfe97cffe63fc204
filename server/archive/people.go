package archive

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"ionwake/server/durable"
)

// person is somebody who is in a replay, as the server knows them and the replay does not.
type person = [16]byte

// peopled ends the names of files that tell who is in the replay of the same ID: so many
// bytes each, and nobody is served them.
const peopled = ".people"

func (a *Archive) roll(id string) string { return a.path(id) + peopled }

var (
	errBusy   = errors.New("the disk is slow and much waits for it: try again")
	errClosed = errors.New("the server ends")
)

// forgetting is the wish to remove all that somebody is in.
type forgetting struct {
	who  person
	done chan<- forgotten
}

type forgotten struct {
	gone, unknown int
	err           error
}

// Forget removes the replays that somebody is in; a match under way in which they were or
// come to be will have none. It returns how many are gone, and of how many that are kept
// it is not known who is in them: they were made before this was noted, or elsewhere.
func (a *Archive) Forget(ctx context.Context, who [16]byte) (gone, unknown int, err error) {
	if a.cfg.Folder == "" {
		return 0, 0, nil // nobody can be told by what they are without a folder
	}
	done := make(chan forgotten, 1)
	if !a.hand(errand{forget: &forgetting{who, done}}) {
		return 0, 0, errBusy
	}
	select {
	case f := <-done:
		return f.gone, f.unknown, f.err
	case <-a.done: // with the answer, if it came to it
		select {
		case f := <-done:
			return f.gone, f.unknown, f.err
		default:
			return 0, 0, errClosed
		}
	case <-ctx.Done():
		return 0, 0, fmt.Errorf("remove replays: %w", ctx.Err())
	}
}

// forget removes what somebody is in.
func (k *keeper) forget(who person) (f forgotten) {
	for _, r := range k.running() {
		r.volume.unwanted = append(r.volume.unwanted, who)
		k.dropUnwanted(r)
	}
	for _, id := range k.ids() {
		people, err := readRoll(k.roll(id))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			f.unknown++
		case err != nil:
			f.err = errors.Join(f.err, err)
		case slices.Contains(people, who):
			if err := os.Remove(k.path(id)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				f.err = errors.Join(f.err, err)
				continue
			}
			f.gone++
			f.err = errors.Join(f.err, os.Remove(k.roll(id)))
			k.strike(id)
		}
	}
	f.err = errors.Join(f.err, durable.Folder(k.cfg.Folder))
	return f
}

// ids lists all that is kept.
func (a *Archive) ids() (list []string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for i := range a.entries {
		list = append(list, a.entries[i].Head.ID)
	}
	return list
}

// running lists what is being recorded.
func (a *Archive) running() (list []*Reel) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for r := range a.reels {
		list = append(list, r)
	}
	return list
}

// strike takes a replay out of the list.
func (a *Archive) strike(id string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.entries = slices.DeleteFunc(a.entries, func(e Entry) bool { return e.Head.ID == id })
	delete(a.taken, id)
}

// note writes down who else is in a replay, before what they do there is written: all
// there are known, or there is no replay.
func (k *keeper) note(r *Reel, seen []person) error {
	v := &r.volume
	if k.cfg.Folder == "" || v.dropped {
		return nil
	}
	var text []byte
	for _, who := range seen {
		if !slices.Contains(v.people, who) {
			v.people = append(v.people, who)
			text = append(text, who[:]...)
		}
	}
	if k.dropUnwanted(r) || len(text) == 0 && v.noted {
		return nil
	}
	file, err := os.OpenFile(k.roll(r.head.ID), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err == nil {
		_, err = file.Write(text)
		err = errors.Join(err, file.Sync(), file.Close())
	}
	if err != nil {
		k.drop(r)
		return err
	}
	v.noted = true
	return nil
}

// dropUnwanted drops a recording with somebody in it who is to be forgotten, and reports
// whether it did.
func (k *keeper) dropUnwanted(r *Reel) bool {
	v := &r.volume
	if !slices.ContainsFunc(v.unwanted, func(who person) bool { return slices.Contains(v.people, who) }) {
		return false
	}
	k.drop(r)
	return true
}

// readRoll reads who is in a replay.
func readRoll(path string) ([]person, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	people := make([]person, 0, len(data)/len(person{}))
	for chunk := range slices.Chunk(data, len(person{})) {
		if len(chunk) == len(person{}) { // else the program died in it, before what they did was written
			people = append(people, person(chunk))
		}
	}
	return people, nil
}
